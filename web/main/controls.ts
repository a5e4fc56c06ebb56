// Sliders, menus, switches and numbers: each shows one value of the state and changes it at once.
import { byId, fillSelect } from '../common/dom.js';
import type { State } from './state.js';
import type { Store } from './store.js';

type KeysOf<T> = { [Key in keyof State]: State[Key] extends T ? Key : never }[keyof State];
type NumberKey = KeysOf<number>;
type FlagKey = KeysOf<boolean>;
type NameKey = KeysOf<string | undefined>;

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
}

const same = (value: number) => value;

/** `<input type=range id>` and `<output id="<id>-value">`. */
export function connectSlider(store: Store, { id, key, position = same, value = same, words = String, also, settled }: Slider) {
  const input = byId<HTMLInputElement>(id);
  input.addEventListener(settled ? 'change' : 'input', () =>
    store.set({ ...also?.(), [key]: value(input.valueAsNumber) }, 'replace'),
  );
  if (settled) {
    input.addEventListener('input', () => {
      byId(`${id}-value`).textContent = words(value(input.valueAsNumber), store.get());
    });
  }
  store.subscribe((state) => {
    const said = words(state[key], state);
    input.valueAsNumber = position(state[key]);
    input.setAttribute('aria-valuetext', said);
    byId(`${id}-value`).textContent = said;
  });
}

/** `<select id="<key>">` from one of the engine's tables; `own`: the title of an undefined value; `also`: what else
 * a choice changes. */
export function connectMenu(
  store: Store,
  key: NameKey,
  entries: readonly { name: string; title: string }[],
  { own, also }: { own?: string; also?: (name: string) => Partial<State> } = {},
) {
  const select = byId<HTMLSelectElement>(key);
  fillSelect(select, own === undefined ? entries : [{ name: '', title: own }, ...entries]);
  select.addEventListener('change', () =>
    store.set({ ...also?.(select.value), [key]: select.value === '' ? undefined : select.value }),
  );
  store.subscribe((state) => {
    select.value = state[key] ?? '';
  });
}

/** `<input type=checkbox id="<key>">` */
export function connectSwitch(store: Store, key: FlagKey) {
  const input = byId<HTMLInputElement>(key);
  input.addEventListener('change', () => store.set({ [key]: input.checked }));
  store.subscribe((state) => {
    input.checked = state[key];
  });
}

/** `<input type=number id="<key>">`; what its limits forbid changes nothing. */
export function connectNumber(store: Store, key: NumberKey) {
  const input = byId<HTMLInputElement>(key);
  input.addEventListener('change', () => {
    if (input.value !== '' && input.checkValidity()) store.set({ [key]: input.valueAsNumber });
  });
  store.subscribe((state) => {
    input.valueAsNumber = state[key];
  });
}
