// The user's own photos as a strip to choose from: a stop of the Tab key, and arrow keys from there on.
import { make } from './dom.js';
import { keptPhotos, type OwnPhoto, watchOwnPhotos } from './own_photos.js';
import { nameWith, wholeName } from './part.js';
import { text } from './texts.js';

interface Button {
  name: string;
  button: HTMLButtonElement;
  url: string;
}

/** How far each key goes; Home and End as far as there are photos. */
const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** Beneath `list`; `chosen` is told a name, with the part that was last chosen, `mark` the one that is in view. `changed` hears how many there are. */
export function createOwnStrip(list: HTMLElement, chosen: (photo: string) => void, changed: (count: number) => void) {
  const strip = make('div', { className: 'samples strip', hidden: true, ariaLabel: text('photo.strip') });
  strip.role = 'toolbar';
  list.after(strip);
  let buttons: Button[] = [];
  let inView = '';
  let turn = 0;

  function mark() {
    const stop = buttons.find(({ name }) => name === inView) ?? buttons[0];
    for (const each of buttons) {
      each.button.ariaPressed = String(each.name === inView);
      each.button.tabIndex = each === stop ? 0 : -1;
    }
  }
  function buttonOf({ name, file, thumb, part }: OwnPhoto): Button {
    const alt = file instanceof File ? text('photo.own-named', { name: file.name }) : text('photo.own');
    const url = URL.createObjectURL(thumb ?? file);
    const picture = make('img', { src: url, alt, width: 48, height: 48, decoding: 'async', draggable: false });
    const button = make('button', { type: 'button', title: alt }, picture);
    button.addEventListener('click', () => chosen(nameWith(name, part)));
    return { name, button, url };
  }
  async function show() {
    const mine = ++turn;
    const photos = await keptPhotos();
    if (mine !== turn) return;
    const focused = buttons.find(({ button }) => button === document.activeElement)?.name;
    for (const { url } of buttons) URL.revokeObjectURL(url);
    buttons = photos.map(buttonOf);
    strip.replaceChildren(...buttons.map(({ button }) => button));
    strip.hidden = buttons.length === 0;
    mark();
    buttons.find(({ name }) => name === focused)?.button.focus();
    changed(buttons.length);
  }

  strip.addEventListener('keydown', (event) => {
    const step = steps[event.key];
    const at = buttons.findIndex(({ button }) => button === document.activeElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    const next = Math.min(Math.max(at + step, 0), buttons.length - 1);
    buttons[next]?.button.focus();
  });
  watchOwnPhotos(() => void show());
  void show();
  return {
    mark(photo: string) {
      inView = wholeName(photo);
      mark();
      // Another tab may have kept it.
      if (/^(own|link)-/.test(photo) && !buttons.some(({ name }) => name === inView)) void show();
    },
  };
}
