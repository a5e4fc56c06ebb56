// What is the same in all cells: a field for each choice, hidden while an axis or a convention decides it.
import type { Convention, Engine } from 'smoothgrad';
import { byId, fillSelect } from '../common/dom.js';
import { connectMenu, connectOption, connectSeed, type Slider, toPercent } from '../common/fields.js';
import { showNumber } from '../common/numbers.js';
import { named, text } from '../common/texts.js';
import { type Context, findAxis, sampleCounts } from './axes.js';
import { decidedBy } from './plan.js';
import type { State, Store } from './state.js';

const sliders: readonly Slider<'noise' | 'window' | 'percentile'>[] = [
  { key: 'noise', unit: 0.01, words: toPercent },
  {
    key: 'window',
    unit: 1,
    words: (pixels) => (pixels === 0 ? text('fields.nothing') : text('fields.pixels', { count: pixels })),
  },
  { key: 'percentile', unit: 1, words: String },
];

/** Choices that the fields do not decide. */
export function decided({ rows, columns, convention }: State, conventions: readonly Convention[]): Set<string> {
  const varied: string[] = [findAxis(rows).key, findAxis(columns).key];
  const followed = varied.includes('convention') ? conventions : conventions.filter(({ name }) => name === convention);
  return new Set([...varied, ...decidedBy(followed)]);
}

export function createFields(store: Store, engine: Engine) {
  for (const slider of sliders) connectOption(store, slider);
  connectMenu(store, 'method', 'method', named('method', engine.methods));
  connectMenu(store, 'convention', 'convention', [
    { name: '', title: text('fields.convention') },
    ...named('convention', engine.conventions),
  ]);
  connectMenu(store, 'reduction', 'reduction', [
    { name: '', title: text('fields.reduction') },
    ...named('reduction', engine.reductions),
  ]);
  connectMenu(store, 'magnitude', 'magnitude', named('magnitude', engine.magnitudes));
  connectMenu(store, 'colours', 'colours', named('colours', engine.colours));
  const counts = sampleCounts.map((count) => ({ name: String(count), title: showNumber(count) }));
  connectMenu(store, 'samples-count', 'samples', counts, Number);

  connectSeed(store);
  const fields = [...document.querySelectorAll<HTMLElement>('[data-choice]')];
  store.subscribe((state) => {
    const gone = decided(state, engine.conventions);
    for (const field of fields) field.hidden = gone.has(field.dataset.choice as string);
  });
}

/** The menu of classes: the most probable ones of the photo, and the one that is chosen. */
export function createClassMenu(store: Store): (context: Context) => void {
  const select = byId<HTMLSelectElement>('target');
  select.addEventListener('change', () => {
    store.set({ target: select.value === '' ? undefined : Number(select.value) });
  });
  return ({ top, classNames }) => {
    const { target } = store.get();
    const indices = top.map(({ index }) => index);
    const extra = target === undefined || indices.includes(target) ? [] : [target];
    const classes = [...indices, ...extra].map((index) => ({
      name: String(index),
      title: classNames[index] ?? text('class', { index }),
    }));
    fillSelect(select, [{ name: '', title: text('fields.class') }, ...classes]);
    select.value = target === undefined ? '' : String(target);
  };
}
