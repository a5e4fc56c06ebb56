// Fields of a form, each for one value of a page's state.
import type { OptionName } from 'smoothgrad';
import { byId, fillSelect } from './dom.js';
import { percentFormat } from './numbers.js';
import { giveRange } from './option_rows.js';
import type { Store } from './store.js';

export interface Slider<Key extends string> {
  key: Key;
  /** Of one step of `<input type="range" id="<key>">`. */
  unit: number;
  /** What `#<key>-value` says. */
  words: (value: number) => string;
}

export const toPercent = percentFormat(0);

/** The state changes when the slider is let go; until then only the words follow. */
export function connectSlider<Key extends string, State extends Record<Key, number>>(
  store: Store<State>,
  { key, unit, words }: Slider<Key>,
) {
  const input = byId<HTMLInputElement>(key);
  const value = () => Number((input.valueAsNumber * unit).toFixed(4));
  const show = (now: number) => {
    input.setAttribute('aria-valuetext', words(now));
    byId(`${key}-value`).textContent = words(now);
  };
  input.addEventListener('input', () => show(value()));
  input.addEventListener('change', () => store.set({ [key]: value() } as Partial<State>));
  store.subscribe((state) => {
    input.valueAsNumber = state[key] / unit;
    show(state[key]);
  });
}

/** As far as the table of options has it. */
export function connectOption<Key extends OptionName, State extends Record<Key, number>>(
  store: Store<State>,
  slider: Slider<Key>,
) {
  giveRange(byId<HTMLInputElement>(slider.key), slider.key, slider.unit);
  connectSlider(store, slider);
}

/** `<select id="<id>">` of these entries; `read` makes the state's value of an entry's name. */
export function connectMenu<State extends object>(
  store: Store<State>,
  id: string,
  key: keyof State,
  entries: readonly { name: string; title: string }[],
  read: (name: string) => unknown = String,
) {
  const select = byId<HTMLSelectElement>(id);
  fillSelect(select, entries);
  select.addEventListener('change', () => store.set({ [key]: read(select.value) } as Partial<State>));
  store.subscribe((state) => {
    select.value = String(state[key]);
  });
}

/** `<input type="number" id="seed">`. */
export function connectSeed<State extends { seed: number }>(store: Store<State>) {
  const seed = byId<HTMLInputElement>('seed');
  seed.addEventListener('change', () => {
    if (seed.value !== '' && seed.checkValidity()) store.set({ seed: seed.valueAsNumber } as Partial<State>);
  });
  store.subscribe((state) => {
    seed.valueAsNumber = state.seed;
  });
}
