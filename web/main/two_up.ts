// Two maps on the same spot, with a divide that a pointer or the arrow keys move: a native slider lies over both, unseen.
import { byId } from '../shared/dom.js';
import type { Store } from './store.js';
import { twoUp } from './views.js';

export function createTwoUp(store: Store) {
  const box = byId('two-up');
  const divide = byId<HTMLInputElement>('divide');
  const place = () => {
    box.style.setProperty('--divide', `${divide.value}%`);
    divide.setAttribute('aria-valuetext', `${divide.value} % plain gradient`);
  };
  divide.addEventListener('input', () => store.set({ divide: divide.valueAsNumber }, 'replace'));
  store.subscribe((state) => {
    divide.valueAsNumber = state.divide;
    place();
    box.classList.toggle('comparing', state.view === twoUp.name);
  });
}
