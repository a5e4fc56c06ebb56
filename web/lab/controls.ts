// Which class is explained, how maps are drawn, how many samples, from which noise; each shows one value of the state.
import { byId, make } from '../common/dom.js';
import { connectMenu, connectSeed, connectSlider, toPercent } from '../common/fields.js';
import { showNumber } from '../common/numbers.js';
import { text } from '../common/texts.js';
import type { Store } from './state.js';

const stops = [1, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];
const nearestStop = (samples: number) => {
  const away = (stop: number) => Math.abs(Math.log(stop / samples));
  return stops.reduce((best, stop, i) => (away(stop) < away(stops[best] as number) ? i : best), 0);
};

const manners = [
  { name: 'signed-sum', title: text('lab.signed') },
  { name: 'sum-abs', title: text('lab.size') },
];

/** What the colours mean, for each manner. */
const legends: Record<string, string> = {
  'signed-sum': text('lab.signed.legend'),
  'sum-abs': text('lab.size.legend'),
};

function createManners(store: Store): { next: () => void } {
  const inputs = manners.map(({ name }) => make('input', { type: 'radio', name: 'channels', value: name }));
  byId('channels').replaceChildren(
    ...manners.map(({ title }, i) => make('label', {}, inputs[i] as HTMLInputElement, make('span', { textContent: title }))),
  );
  for (const input of inputs) input.addEventListener('change', () => store.set({ channels: input.value }));
  store.subscribe(({ channels }) => {
    for (const input of inputs) input.checked = input.value === channels;
    byId('legend').textContent = legends[channels] ?? '';
    document.body.dataset.channels = channels;
  });
  return {
    next() {
      const at = manners.findIndex(({ name }) => name === store.get().channels);
      store.set({ channels: (manners[(at + 1) % manners.length] as (typeof manners)[number]).name });
    },
  };
}

function connectTarget(store: Store) {
  const digits = Array.from({ length: 10 }, (_, digit) => ({
    name: String(digit),
    title: text('lab.target.digit', { digit }),
  }));
  const entries = [{ name: 'undefined', title: text('lab.target.own') }, ...digits];
  connectMenu(store, 'target', 'target', entries, (name) => (name === 'undefined' ? undefined : Number(name)));
}

function connectSamples(store: Store) {
  const input = byId<HTMLInputElement>('samples');
  input.max = String(stops.length - 1);
  input.addEventListener('input', () => store.set({ samples: stops[input.valueAsNumber] as number }, 'replace'));
  store.subscribe(({ samples }) => {
    const words = showNumber(samples);
    input.valueAsNumber = nearestStop(samples);
    input.setAttribute('aria-valuetext', words);
    byId('samples-value').textContent = words;
  });
}

function connectOutline(store: Store) {
  const input = byId<HTMLInputElement>('outlined');
  input.addEventListener('change', () => store.set({ outline: Number(input.checked) }, 'replace'));
  store.subscribe(({ outline }) => {
    input.checked = outline === 1;
  });
}

export function createControls(store: Store): { nextManner: () => void } {
  connectTarget(store);
  connectSamples(store);
  connectOutline(store);
  connectSeed(store);
  connectSlider(store, { key: 'noise', unit: 0.01, words: toPercent });
  return { nextManner: createManners(store).next };
}
