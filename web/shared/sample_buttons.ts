// Buttons of the sample photos, and their credits.
import { byId, make } from './dom.js';
import { credits, samples } from './sample_photos.js';

/** Fills the list and `#credits`; `chosen` is told a photo's name, `mark` says which one is in view. */
export function createSamples(chosen: (photo: string) => void, list = byId('samples')): { mark: (photo: string) => void } {
  const buttons = samples.map(({ name, title, alt, url }) => {
    const picture = make('img', { src: url, alt, width: 48, height: 48, decoding: 'async' });
    const button = make('button', { type: 'button', title }, picture);
    button.addEventListener('click', () => chosen(name));
    return button;
  });
  list.append(...buttons.map((button) => make('li', {}, button)));
  byId('credits').textContent = credits();
  return {
    mark(photo) {
      for (const [i, button] of buttons.entries()) button.setAttribute('aria-pressed', String(samples[i]?.name === photo));
    },
  };
}
