// The three settings that everybody sees: method, noise, samples.
import type { Engine, NamedEntry } from 'smoothgrad';
import { byId, make } from '../common/dom.js';
import { toPercent } from '../common/fields.js';
import { showNumber } from '../common/numbers.js';
import { giveRange } from '../common/option_rows.js';
import { named, text } from '../common/texts.js';
import { connectMenu, connectSlider } from './controls.js';
import type { Store } from './store.js';

/** The stops of the samples slider: even steps for the eye, since the error falls with the root. */
const stops = [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 2000, 5000, 10000];

const nearestStop = (samples: number) =>
  stops.reduce(
    (best, stop, i) => (Math.abs(Math.log(stop / samples)) < Math.abs(Math.log((stops[best] as number) / samples)) ? i : best),
    0,
  );

/** One step of the slider is one percent. */
const percent = 0.01;

export function createSettings(store: Store) {
  giveRange(byId<HTMLInputElement>('noise'), 'noise', percent);
  connectSlider(store, {
    id: 'noise',
    key: 'noise',
    position: (noise) => noise / percent,
    value: (at) => Number((at * percent).toFixed(4)),
    words: (noise, { sigma }) => (sigma === undefined ? toPercent(noise) : `σ = ${sigma}`),
    also: () => ({ sigma: undefined }),
  });
  byId<HTMLInputElement>('goal').max = String(stops.length - 1);
  connectSlider(store, {
    id: 'goal',
    key: 'samples',
    position: nearestStop,
    value: (at) => stops[at] as number,
    words: showNumber,
  });
}

export function createMethods(store: Store, engine: Engine) {
  connectMenu(store, 'method', named('method', [...engine.methods, ...engine.references]));
  const select = byId<HTMLSelectElement>('method');
  const group = (label: string, names: readonly NamedEntry[]) => {
    const options = [...select.options].filter(({ value }) => names.some(({ name }) => name === value));
    select.append(make('optgroup', { label }, ...options));
  };
  group(text('methods.gradients'), engine.methods);
  group(text('methods.references'), engine.references);
  select.value = store.get().method;
}
