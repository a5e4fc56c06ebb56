// A button at each block of code that copies it.
import { make } from '../common/dom.js';

export function copyButton(textOf: () => string): HTMLButtonElement {
  const button = make('button', { type: 'button', className: 'copy', textContent: 'Copy' });
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(textOf());
      button.textContent = 'Copied';
    } catch {
      // The browser may forbid it, and the text can be marked by hand.
      button.textContent = 'Not allowed here';
    }
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 2000);
  });
  return button;
}

export function createCopying() {
  for (const figure of document.querySelectorAll('figure.code')) {
    const code = figure.querySelector('pre');
    if (code) figure.append(copyButton(() => code.textContent ?? ''));
  }
}
