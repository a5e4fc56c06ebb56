// What the state asks for is computed: the map, and beside it the plain gradient.
import type { Prepared } from 'smoothgrad';
import { session } from '../shared/session.js';
import type { LiveMap } from './live.js';
import { explainOptions, plainOptions, plainRenderOptions, renderOptions } from './options.js';
import type { Pace } from './pace.js';
import { affected, type State } from './state.js';
import type { Store } from './store.js';

export interface Explainer {
  /** Another photo is in view. */
  see(photo: Prepared): void;
  /** From the first sample again. */
  restart(): void;
}

export function createExplainer(
  store: Store,
  maps: { map: LiveMap; plain: LiveMap },
  pace: Pace,
  failed: (error: unknown) => void,
): Explainer {
  const { map, plain } = maps;
  let photo: Prepared | undefined;
  let turns = 0;

  async function restart() {
    const turn = ++turns;
    try {
      const { model } = await session();
      if (turn !== turns || !photo) return;
      const state = store.get();
      pace.set('enough', false);
      pace.set('user', false);
      plain.start(model, photo, plainOptions(state), plainRenderOptions(state));
      map.start(model, photo, { ...explainOptions(state), paused: pace.paused }, renderOptions(state));
    } catch (error) {
      if (turn === turns) failed(error);
    }
  }

  function extend({ samples, cleanLast }: State) {
    const progress = map.progress;
    // Fewer than there are, or another last sample: they have to be made anew.
    if (!progress || cleanLast || samples < progress.samples) return restart();
    pace.set('user', false);
    map.extend(samples);
  }

  function draw(state: State) {
    plain.draw(plainRenderOptions(state));
    map.draw(renderOptions(state));
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
  };
}
