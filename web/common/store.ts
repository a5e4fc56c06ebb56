// The one place where a page's state changes; it follows the address and the address follows it.
import { type Readers, readState, writeState } from './address.js';

type Listener<State> = (state: State, before: State | undefined) => void;

/** `push` makes an entry of the history to come back to; `replace` does not (sliders). */
type Manner = 'push' | 'replace';

export interface Store<State> {
  get(): State;
  set(change: Partial<State>, manner?: Manner): void;
  /** Calls at once, and then on every change. */
  subscribe(listener: Listener<State>): void;
}

// Browsers allow some hundred changes of the address in half a minute.
const settleMs = 250;

export function createStore<State extends object>(defaults: State, readers: Readers<State>): Store<State> {
  let state = readState(location.search, defaults, readers);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners: Listener<State>[] = [];

  const become = (next: State) => {
    const before = state;
    state = next;
    for (const listener of listeners) listener(state, before);
  };
  const address = () => location.pathname + writeState(state, location.search, defaults);
  const settle = () => {
    clearTimeout(timer);
    timer = undefined;
    history.replaceState(null, '', address());
  };

  addEventListener('popstate', () => {
    clearTimeout(timer);
    become(readState(location.search, defaults, readers));
  });
  return {
    get: () => state,
    set(change, manner = 'push') {
      if (Object.entries(change).every(([key, value]) => state[key as keyof State] === value)) return;
      if (manner === 'push' && timer !== undefined) settle();
      become({ ...state, ...change });
      if (manner === 'push') history.pushState(null, '', address());
      else {
        clearTimeout(timer);
        timer = setTimeout(settle, settleMs);
      }
    },
    subscribe(listener) {
      listeners.push(listener);
      listener(state, undefined);
    },
  };
}
