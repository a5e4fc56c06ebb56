// Buttons of the sample photos, and their credits; beside them the user's own that this browser keeps.
import { byId, make } from './dom.js';
import { forgetPhotos, keptPhotos } from './own_photos.js';
import { credits, findSample, samples, samplesOf } from './sample_photos.js';

interface Choice {
  name: string;
  title: string;
  alt: string;
  url: string;
}

const ownChoices = async (): Promise<Choice[]> =>
  (await keptPhotos()).map(({ name, file }) => ({
    ...{ name, title: 'One of your photos', alt: 'One of your photos' },
    url: URL.createObjectURL(file),
  }));

/**
 * Fills the list and `#credits`; `chosen` is told a photo's name, `mark` says which one is in view: the samples are of its kind.
 * Where the page has one, `#kept` says that photos are kept, and forgets them.
 */
export function createSamples(chosen: (photo: string) => void, list = byId('samples')): { mark: (photo: string) => void } {
  let kind = '';
  let own: Choice[] = [];
  let inView = '';
  let buttons: { name: string; button: HTMLButtonElement }[] = [];
  const kept = document.getElementById('kept');

  const mark = () => {
    for (const { name, button } of buttons) button.setAttribute('aria-pressed', String(name === inView));
  };
  function show() {
    buttons = [...samplesOf(kind), ...own].map(({ name, title, alt, url }) => {
      const picture = make('img', { src: url, alt, width: 48, height: 48, decoding: 'async' });
      const button = make('button', { type: 'button', title }, picture);
      button.addEventListener('click', () => chosen(name));
      return { name, button };
    });
    list.replaceChildren(...buttons.map(({ button }) => make('li', {}, button)));
    if (kept) kept.hidden = own.length === 0;
    mark();
  }
  async function showOwn() {
    const latest = await ownChoices();
    // Also those of another call that was under way.
    for (const { url } of own) URL.revokeObjectURL(url);
    own = latest;
    show();
  }
  async function forget() {
    await forgetPhotos();
    await showOwn();
    if (findSample(inView) === undefined) chosen((samples[0] as Choice).name);
  }

  void showOwn();
  byId('credits').textContent = credits();
  kept?.querySelector('button')?.addEventListener('click', () => void forget());
  return {
    mark(photo) {
      inView = photo;
      const sample = findSample(photo);
      const kindBefore = kind;
      kind = sample?.kind ?? (kind || 'photos');
      if (kind !== kindBefore) show();
      else mark();
      if (!sample && !own.some(({ name }) => name === photo)) void showOwn();
    },
  };
}
