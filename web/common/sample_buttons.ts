// Buttons of the sample photos, and their credits; beneath them the user's own that this browser keeps.
import { byId, make } from './dom.js';
import { forgetPhotos } from './own_photos.js';
import { createOwnStrip } from './own_strip.js';
import { wholeName } from './part.js';
import { credits, findSample, samples, samplesOf } from './sample_photos.js';

/**
 * Fills the list and `#credits`; `chosen` is told a photo's name, `mark` says which one is in view: the samples are of its kind.
 * Where the page has one, `#kept` says that photos are kept, and forgets them.
 */
export function createSamples(chosen: (photo: string) => void, list = byId('samples')): { mark: (photo: string) => void } {
  let kind = '';
  let inView = '';
  let buttons: { name: string; button: HTMLButtonElement }[] = [];
  const kept = document.getElementById('kept');

  const mark = () => {
    for (const { name, button } of buttons) button.setAttribute('aria-pressed', String(name === wholeName(inView)));
  };
  function show() {
    buttons = samplesOf(kind).map(({ name, title, alt, small }) => {
      const picture = make('img', { src: small, alt, width: 48, height: 48, decoding: 'async' });
      const button = make('button', { type: 'button', title }, picture);
      button.addEventListener('click', () => chosen(name));
      return { name, button };
    });
    list.replaceChildren(...buttons.map(({ button }) => make('li', {}, button)));
  }
  const own = createOwnStrip(list, chosen, (count) => {
    if (kept) kept.hidden = count === 0;
  });
  async function forget() {
    await forgetPhotos();
    if (findSample(inView) === undefined) chosen((samples[0] as (typeof samples)[number]).name);
  }

  byId('credits').textContent = credits();
  kept?.querySelector('button')?.addEventListener('click', () => void forget());
  return {
    mark(photo) {
      inView = photo;
      const kindBefore = kind;
      kind = findSample(photo)?.kind ?? (kind || 'photos');
      if (kind !== kindBefore) show();
      mark();
      own.mark(photo);
    },
  };
}
