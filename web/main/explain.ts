// What the state asks for is computed: the map, and beside it the plain gradient.
import type { Model, Prepared, Progress } from 'smoothgrad';
import { modelWith } from '../common/session.js';
import type { LiveMap } from './live.js';
import { ownSamples, plainOf } from './options.js';
import type { Pace } from './pace.js';
import { affected, type State } from './state.js';
import type { Store } from './store.js';
import { twoUp } from './views.js';

export interface Explainer {
  /** Another photo is in view. */
  see(photo: Prepared): void;
  /** From the first sample again. */
  restart(): void;
  progressed(progress: Progress): void;
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
  let model: Model | undefined;
  let turns = 0;
  /** What the plain gradient on the stage answers. */
  let asked: unknown[] = [];

  /** The plain gradient where it is in view, unless it is there already. */
  function startPlain(model: Model, seen: Prepared, state: State) {
    if (state.view !== twoUp.name) return;
    const { target, versus, difference } = state;
    const question = [model, seen, target, versus, difference];
    if (plain.progress && question.every((part, i) => part === asked[i])) return plain.draw(plainOf(state));
    asked = question;
    plain.start(model, seen, plainOf(state), false);
  }

  async function restart() {
    const turn = ++turns;
    try {
      model = await modelWith(store.get().randomised);
      if (turn !== turns || !photo) return;
      const state = store.get();
      for (const reason of ['enough', 'user', 'photo'] as const) pace.set(reason, false);
      startPlain(model, photo, state);
      map.start(model, photo, state, pace.paused);
    } catch (error) {
      if (turn === turns) failed(error);
    }
  }

  function extend(state: State) {
    const { samples, cleanLast } = state;
    // Fewer than there are, or another last sample: they have to be made anew.
    if (!map.progress || cleanLast || samples < ownSamples(map.progress, state)) return restart();
    map.extend(samples);
    pace.set('user', false);
  }

  function draw(state: State) {
    map.draw(state);
    if (model && photo) startPlain(model, photo, state);
  }

  store.subscribe((state, before) => {
    if (!before) return;
    const changes = affected(state, before);
    if (changes.has('photo')) return;
    if (changes.has('run')) return void restart();
    if (changes.has('picture')) draw(state);
    if (changes.has('goal')) void extend(state);
  });
  return {
    see(seen) {
      photo = seen;
      void restart();
    },
    restart,
    progressed(progress) {
      // A smaller goal came too late: the map of exactly that many samples has to be made anew.
      if (map.explanation && ownSamples(progress, store.get()) > progress.goal) void restart();
    },
    get photo() {
      return photo;
    },
  };
}
