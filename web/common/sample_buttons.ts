// Buttons of the sample photos, and their credits.
import { byId, make } from './dom.js';
import { credits, findSample, samplesOf } from './sample_photos.js';

/** Fills the list and `#credits`; `chosen` is told a photo's name, `mark` says which one is in view: the list is of its kind. */
export function createSamples(chosen: (photo: string) => void, list = byId('samples')): { mark: (photo: string) => void } {
  let kind = '';
  let shown: { name: string; button: HTMLButtonElement }[] = [];
  const show = (other: string) => {
    if (other === kind) return;
    kind = other;
    shown = samplesOf(kind).map(({ name, title, alt, url }) => {
      const picture = make('img', { src: url, alt, width: 48, height: 48, decoding: 'async' });
      const button = make('button', { type: 'button', title }, picture);
      button.addEventListener('click', () => chosen(name));
      return { name, button };
    });
    list.replaceChildren(...shown.map(({ button }) => make('li', {}, button)));
  };
  show('photos');
  byId('credits').textContent = credits();
  return {
    mark(photo) {
      show(findSample(photo)?.kind ?? kind);
      for (const { name, button } of shown) button.setAttribute('aria-pressed', String(name === photo));
    },
  };
}
