// What the state asks for is computed: the map, and beside it the plain gradient.
import type { PreparedPhoto } from 'smoothgrad';
import { prepareOnce, release } from '../common/photos.js';
import { modelWith, type Session, session } from '../common/session.js';
import type { LiveMap } from './live.js';
import { plainOf } from './options.js';
import type { Pace } from './pace.js';
import { affected, type State } from './state.js';
import type { Store } from './store.js';
import { twoUp } from './views.js';

export interface Explainer {
  /** Another photo is in view. */
  see(photo: Blob): void;
  /** From the first sample again. */
  restart(): void;
  /** The photo in view, as the network has it. */
  photo(): Promise<PreparedPhoto> | undefined;
}

export function createExplainer(
  store: Store,
  maps: { map: LiveMap; plain: LiveMap },
  pace: Pace,
  failed: (error: unknown) => void,
): Explainer {
  const { map, plain } = maps;
  let photo: Blob | undefined;
  let shown: { photo: Blob; prepared: PreparedPhoto; network: Session } | undefined;
  let turns = 0;

  function show(state: State) {
    if (!shown) return;
    const { network, prepared } = shown;
    if (state.view === twoUp.name) plain.show(network, prepared, plainOf(state));
    map.show(network, prepared, state);
  }

  const prepare = async (photo: Blob) => prepareOnce(photo, (await session()).model);

  async function restart() {
    const turn = ++turns;
    const seen = photo;
    if (!seen) return;
    try {
      // The engine may be another than that of the last time.
      const { engine, model: trained } = await session();
      const [prepared, model] = await Promise.all([prepareOnce(seen, trained), modelWith(store.get().randomised)]);
      if (turn !== turns) return;
      const before = shown?.photo;
      shown = { photo: seen, prepared, network: { engine, model } };
      show(store.get());
      map.restart();
      for (const reason of ['enough', 'user', 'photo'] as const) pace.set(reason, false);
      if (before && before !== seen) release(before, trained);
    } catch (error) {
      if (turn === turns) failed(error);
    }
  }

  store.subscribe((state, before) => {
    if (!before) return;
    const changes = affected(state, before);
    if (changes.has('photo')) return;
    if (changes.has('samples')) return void restart();
    if (changes.has('goal') || changes.has('map') || changes.has('drawing')) show(state);
    if (changes.has('goal')) pace.set('user', false);
  });
  return {
    see(seen) {
      photo = seen;
      void restart();
    },
    restart,
    photo: () => photo && prepare(photo),
  };
}
