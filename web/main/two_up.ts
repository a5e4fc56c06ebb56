// Two maps on the same spot, with a divide that a pointer or the arrow keys move: a native slider lies over both, unseen.
import { byId } from '../shared/dom.js';

export function createTwoUp() {
  const box = byId('two-up');
  const divide = byId<HTMLInputElement>('divide');
  const place = () => {
    box.style.setProperty('--divide', `${divide.value}%`);
    divide.setAttribute('aria-valuetext', `${divide.value} % plain gradient`);
  };
  divide.addEventListener('input', place);
  place();
}
