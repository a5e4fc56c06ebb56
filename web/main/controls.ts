// Sliders, menus, switches and numbers: each shows one value of the state and changes it at once.
import { byId, make } from '../common/dom.js';
import type { State } from './state.js';
import type { Store } from './store.js';

type KeysOf<T> = { [Key in keyof State]: State[Key] extends T ? Key : never }[keyof State];
export type NumberKey = KeysOf<number | undefined>;
export type FlagKey = KeysOf<boolean | undefined>;
export type NameKey = KeysOf<string | undefined>;

export interface Slider {
  id: string;
  key: NumberKey;
  position?: (value: number) => number;
  value?: (position: number) => number;
  words?: (value: number, state: State) => string;
  /** What else a move changes. */
  also?: () => Partial<State>;
  /** Waits until it is let go: what it changes is not done in a moment. */
  settled?: boolean;
  /** What an undefined value stands for. */
  otherwise?: number | undefined;
}

const connected = new WeakSet<HTMLElement>();

/** Whether what the control shows and changes has been said. */
export const isConnected = (control: HTMLElement) => connected.has(control);

function take<T extends HTMLElement>(id: string): T {
  const control = byId<T>(id);
  connected.add(control);
  return control;
}

const same = (value: number) => value;

/** `<input type=range id>` and `<output id="<id>-value">`. */
export function connectSlider(
  store: Store,
  { id, key, position = same, value = same, words = String, also, settled, otherwise }: Slider,
) {
  const input = take<HTMLInputElement>(id);
  const now = () => value(input.valueAsNumber);
  input.addEventListener(settled ? 'change' : 'input', () =>
    store.set({ ...also?.(), [key]: now() === otherwise ? undefined : now() }, 'replace'),
  );
  if (settled) {
    input.addEventListener('input', () => {
      byId(`${id}-value`).textContent = words(now(), store.get());
    });
  }
  store.subscribe((state) => {
    const shown = state[key] ?? otherwise ?? 0;
    const said = words(shown, state);
    input.valueAsNumber = position(shown);
    input.setAttribute('aria-valuetext', said);
    byId(`${id}-value`).textContent = said;
  });
}

/** `<select id="<key>">` of these entries, after what it has already; `also`: what else a choice changes. */
export function connectMenu(
  store: Store,
  key: NameKey,
  entries: readonly { name: string; title: string }[],
  also?: (name: string) => Partial<State>,
) {
  const select = take<HTMLSelectElement>(key);
  select.append(...entries.map(({ name, title }) => make('option', { value: name, textContent: title })));
  select.addEventListener('change', () =>
    store.set({ ...also?.(select.value), [key]: select.value === '' ? undefined : select.value }),
  );
  store.subscribe((state) => {
    select.value = state[key] ?? '';
  });
}

/** `<input type=checkbox id="<key>">`; `otherwise`: what an undefined value stands for. */
export function connectSwitch(store: Store, key: FlagKey, otherwise: (state: State) => boolean = () => false) {
  const input = take<HTMLInputElement>(key);
  input.addEventListener('change', () => store.set({ [key]: input.checked }));
  store.subscribe((state) => {
    input.checked = state[key] ?? otherwise(state);
  });
}

/** `<input type=number id="<key>">`; what its limits forbid changes nothing. */
export function connectNumber(store: Store, key: NumberKey) {
  const input = take<HTMLInputElement>(key);
  input.addEventListener('change', () => {
    if (input.value !== '' && input.checkValidity()) store.set({ [key]: input.valueAsNumber });
  });
  store.subscribe((state) => {
    input.valueAsNumber = state[key] ?? Number.NaN;
  });
}
