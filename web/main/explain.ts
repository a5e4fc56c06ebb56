// What the state asks for is computed: the map, and beside it the plain gradient.
import type { Prepared } from 'smoothgrad';
import { modelWith, type Session, session } from '../common/session.js';
import type { LiveMap } from './live.js';
import { plainOf } from './options.js';
import type { Pace } from './pace.js';
import { affected, type State } from './state.js';
import type { Store } from './store.js';
import { twoUp } from './views.js';

export interface Explainer {
  /** Another photo is in view. */
  see(photo: Prepared): void;
  /** From the first sample again. */
  restart(): void;
  /** The photo in view. */
  readonly photo: Prepared | undefined;
}

export function createExplainer(
  store: Store,
  maps: { map: LiveMap; plain: LiveMap },
  pace: Pace,
  failed: (error: unknown) => void,
): Explainer {
  const { map, plain } = maps;
  let photo: Prepared | undefined;
  let network: Session | undefined;
  let turns = 0;

  function show(state: State) {
    if (!network || !photo) return;
    if (state.view === twoUp.name) plain.show(network, photo, plainOf(state));
    map.show(network, photo, state);
  }

  async function restart() {
    const turn = ++turns;
    try {
      const { engine } = await session();
      const model = await modelWith(store.get().randomised);
      if (turn !== turns || !photo) return;
      network = { engine, model };
      for (const reason of ['enough', 'user', 'photo'] as const) pace.set(reason, false);
      show(store.get());
      map.restart();
    } catch (error) {
      if (turn === turns) failed(error);
    }
  }

  store.subscribe((state, before) => {
    if (!before) return;
    const changes = affected(state, before);
    if (changes.has('photo')) return;
    if (changes.has('run')) return void restart();
    if (changes.has('picture') || changes.has('goal')) show(state);
    if (changes.has('goal')) pace.set('user', false);
  });
  return {
    see(seen) {
      photo = seen;
      void restart();
    },
    restart,
    get photo() {
      return photo;
    },
  };
}
