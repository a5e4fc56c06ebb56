// Buttons of the sample photos, and their credits.
import { byId, make } from '../shared/dom.js';
import { credits, samples } from '../shared/sample_photos.js';
import type { Store } from './store.js';

export function createSamples(store: Store) {
  const buttons = samples.map(({ name, title, alt, url }) => {
    const picture = make('img', { src: url, alt, width: 48, height: 48, decoding: 'async' });
    const button = make('button', { type: 'button', title }, picture);
    button.addEventListener('click', () => store.set({ photo: name, target: undefined }));
    return button;
  });
  byId('samples').append(...buttons.map((button) => make('li', {}, button)));
  store.subscribe(({ photo }) => {
    for (const [i, button] of buttons.entries()) button.setAttribute('aria-pressed', String(samples[i]?.name === photo));
  });

  byId('credits').textContent = credits();
}
