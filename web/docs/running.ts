// Examples of JavaScript that run where they stand: what they print appears below them.
import { make } from '../common/dom.js';

/** `docs/NAME-0.js`: made by the build of the first such example of a page. */
type Example = { default: (console: { log: (...words: unknown[]) => void }) => Promise<void> };

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

export function createRunning() {
  const page = document.querySelector<HTMLElement>('main')?.dataset.page;
  for (const place of document.querySelectorAll<HTMLElement>('.run')) {
    const button = make('button', { type: 'button', textContent: 'Run' });
    const output = make('output', { className: 'printed' });
    place.append(button, output);
    button.addEventListener('click', async () => {
      button.disabled = true;
      output.textContent = '';
      const log = (...words: unknown[]) => output.append(`${words.map(asText).join(' ')}\n`);
      try {
        const address = new URL(`docs/${page}-${place.dataset.script}.js`, document.baseURI).href;
        const { default: example } = (await import(/* @vite-ignore */ address)) as Example;
        await example({ log });
      } catch (error) {
        log(String(error));
      }
      button.disabled = false;
    });
  }
}
