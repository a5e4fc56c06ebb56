// Two maps on the same spot, with a divide: a native slider, unseen, moves it by the arrow keys.
import { byId } from '../common/dom.js';
import { toPercent } from '../common/fields.js';
import { text } from '../common/texts.js';
import type { Store } from './store.js';
import { twoUp } from './views.js';

export function createTwoUp(store: Store) {
  const box = byId('two-up');
  const input = byId<HTMLInputElement>('divide');
  input.addEventListener('input', () => store.set({ divide: input.valueAsNumber }, 'replace'));
  store.subscribe(({ divide, view }) => {
    input.valueAsNumber = divide;
    input.setAttribute('aria-valuetext', text('two-up.divide', { share: toPercent(divide / 100) }));
    box.style.setProperty('--divide', `${divide}%`);
    box.classList.toggle('comparing', view === twoUp.name);
  });
}
