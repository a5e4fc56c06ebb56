// Parameter randomisation (Adebayo et al. 2018): how far the map of a network with random layers is still the trained one's.
import { affectsOf, type RawMap } from 'smoothgrad';
import { byId } from '../common/dom.js';
import { type Session, session } from '../common/session.js';
import { text } from '../common/texts.js';
import { connectSlider } from './controls.js';
import type { LiveMap } from './live.js';
import { attributesOf } from './options.js';
import { type State, stateOptions } from './state.js';
import type { Store } from './store.js';
import { magnitudeDrawn } from './words.js';

const asked = stateOptions.filter((name) => ['samples', 'map'].includes(affectsOf(name)));

/** Maps may be compared where nothing but the weights and the number of samples differs. */
function questionOf(state: State, target: number, network: Session): string {
  const attributes = { ...attributesOf(state, network), target };
  return JSON.stringify([state.photo, ...asked.map((name) => attributes[name])]);
}

/** Comparing takes the worker some hundredths of a second: not at every frame. */
const growth = 1.3;

export interface Sanity {
  /** Another map is on the stage. */
  drawn(): void;
}

export function createSanity(store: Store, map: LiveMap, network: Session): Sanity {
  const { weightedLayers } = network.model;
  const words = byId('sanity');
  let trained: { question: string; magnitude: string; raw: RawMap } | undefined;
  let compared = { question: '', samples: 0 };

  byId<HTMLInputElement>('randomised').max = String(weightedLayers);
  connectSlider(store, {
    id: 'randomised',
    key: 'randomised',
    settled: true,
    words: (layers) =>
      layers < 2 ? text(layers === 0 ? 'sanity.none' : 'sanity.last') : text('sanity.layers', { layers, all: weightedLayers }),
    // The class stays the one that the trained network named.
    also: () => (map.progress ? { target: map.progress.target } : {}),
  });
  store.subscribe(({ randomised }) => {
    if (randomised === 0) words.textContent = '';
  });

  async function compare(question: string, raw: RawMap, samples: number) {
    compared = { question, samples };
    // Not the engine that the page began with, which may have been lost since.
    const { engine } = await session();
    const { rankCorrelation } = await engine.compare((trained as { raw: RawMap }).raw, raw);
    if (compared.question !== question) return;
    words.textContent = Number.isNaN(rankCorrelation)
      ? text('sanity.nothing')
      : text('sanity.words', { correlation: rankCorrelation.toFixed(2) });
  }

  return {
    drawn() {
      const { raw, progress } = map;
      const state = store.get();
      if (!raw || !progress) return;
      const question = questionOf(state, progress.target, network);
      const magnitude = magnitudeDrawn(state, network.engine, progress);
      if (state.randomised === 0) {
        trained = { question, magnitude, raw };
        return;
      }
      if (trained?.question !== question) {
        words.textContent = '';
        return;
      }
      // The denoised map with the plain one that stands where nothing can be told from the noise: they are two things.
      if (trained.magnitude !== magnitude) {
        words.textContent = progress.state === 'done' && magnitude === 'plain' ? text('sanity.nothing') : '';
        return;
      }
      const comparison = `${question} ${state.randomised}`;
      if (comparison !== compared.question || progress.done >= compared.samples * growth) {
        void compare(comparison, raw, progress.done).catch(() => {});
      }
    },
  };
}
