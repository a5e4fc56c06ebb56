// Sliders, menus and the seed: each shows one value of the state and changes it at once.
import type { Engine } from 'smoothgrad/element';
import { byId, fillSelect } from '../shared/dom.js';
import type { State } from './state.js';
import type { Store } from './store.js';

/** The stops of the samples slider: even steps for the eye, since the error falls with the root. */
const stops = [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1000];

const nearestStop = (samples: number) =>
  stops.reduce(
    (best, stop, i) => (Math.abs(Math.log(stop / samples)) < Math.abs(Math.log((stops[best] as number) / samples)) ? i : best),
    0,
  );

interface Slider {
  id: string;
  key: 'noise' | 'samples' | 'percentile';
  position: (value: number) => number;
  value: (position: number) => number;
  words: (value: number) => string;
}

const sliders: readonly Slider[] = [
  {
    id: 'noise',
    key: 'noise',
    position: (noise) => noise * 100,
    value: (at) => at / 100,
    words: (noise) => `${Math.round(noise * 100)} %`,
  },
  {
    id: 'goal',
    key: 'samples',
    position: nearestStop,
    value: (at) => stops[at] as number,
    words: (samples) => samples.toLocaleString('en'),
  },
  { id: 'percentile', key: 'percentile', position: (value) => value, value: (at) => at, words: (value) => `${value}` },
];

function connectSlider(store: Store, { id, key, position, value, words }: Slider) {
  const input = byId<HTMLInputElement>(id);
  input.addEventListener('input', () => store.set({ [key]: value(input.valueAsNumber) }, 'replace'));
  store.subscribe((state) => {
    input.valueAsNumber = position(state[key]);
    input.setAttribute('aria-valuetext', words(state[key]));
    byId(`${id}-value`).textContent = words(state[key]);
  });
}

function connectMenu(store: Store, key: 'method' | 'colours', entries: Engine['methods']) {
  const select = byId<HTMLSelectElement>(key);
  fillSelect(select, entries);
  select.addEventListener('change', () => store.set({ [key]: select.value } as Partial<State>));
  store.subscribe((state) => {
    select.value = state[key];
  });
}

export function createControls(store: Store) {
  byId<HTMLInputElement>('goal').max = String(stops.length - 1);
  for (const slider of sliders) connectSlider(store, slider);

  const seed = byId<HTMLInputElement>('seed');
  seed.addEventListener('change', () => {
    if (seed.value !== '' && seed.checkValidity()) store.set({ seed: seed.valueAsNumber });
  });
  store.subscribe((state) => {
    seed.valueAsNumber = state.seed;
  });
}

export function createMenus(store: Store, engine: Engine) {
  connectMenu(store, 'method', engine.methods);
  connectMenu(store, 'colours', engine.colours);
}
