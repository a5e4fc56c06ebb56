// The sample photos: buttons, credits, and where their files are.
import list from '../photos/photos.json' with { type: 'json' };
import { byId, make } from './dom.js';
import type { Store } from './store.js';

export const samples = list.map((photo) => ({ ...photo, name: photo.file.replace(/\.\w+$/, ''), url: `photos/${photo.file}` }));

export const findSample = (name: string) => samples.find((sample) => sample.name === name);

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

  const credits = samples.map(({ title, credit, licence }) => `${title.toLowerCase()} by ${credit} (${licence})`);
  byId('credits').textContent = `Sample photos: ${credits.join('; ')}.`;
}
