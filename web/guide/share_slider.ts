// A slider for a share of 0 to 1 that figures follow while it moves; the address when it is let go.
import { byId } from '../common/dom.js';
import type { State, Store } from './state.js';

type ShareKey = 'along' | 'faded';

/** `<input type="range" id="<key>">` from 0 to 100, and `#<key>-value` that says it in words. */
export function connectShare(store: Store, key: ShareKey, words: (share: number) => string) {
  const input = byId<HTMLInputElement>(key);
  input.addEventListener('input', () => store.set({ [key]: input.valueAsNumber / 100 } as Partial<State>, 'replace'));
  store.subscribe(({ [key]: share }) => {
    input.valueAsNumber = share * 100;
    const said = words(share);
    input.setAttribute('aria-valuetext', said);
    byId(`${key}-value`).textContent = said;
  });
}
