// Beneath each figure: the same with a photo of one's own, and the same on the page that goes on from there.
import { byId, make } from '../common/dom.js';
import { defaultModel, modelName } from '../common/session.js';
import { text } from '../common/texts.js';
import { asCopies } from './deck.js';
import type { State, Store } from './state.js';

type Values = Readonly<Record<string, string | number | boolean | undefined>>;

/** What a chapter's figure is on the first page: parameters of its address beside photo and class. */
const pages: Readonly<Record<string, { title: string; values: (state: State) => Values }>> = {
  answer: { title: text('guide.open'), values: () => ({ method: 'gradient', view: 'map' }) },
  line: { title: text('guide.open'), values: () => ({ method: 'gradient', view: 'map' }) },
  copies: {
    title: text('guide.open'),
    values: ({ noise, seed, copy }) => ({ noise, seed, samples: copy, ...asCopies, until: 'never', view: 'map' }),
  },
  settle: { title: text('guide.converge'), values: ({ noise, seed }) => ({ noise, seed, view: 'map' }) },
  path: { title: text('guide.open'), values: () => ({ method: 'integrated-gradients', steps: 128, view: 'map' }) },
  illusion: {
    title: text('guide.open'),
    values: ({ layers }) => ({ method: 'guided-backprop', randomised: layers, view: 'map' }),
  },
};

/** The address of the first page with this photo, this class and what the chapter shows. */
export function addressOf(chapter: string, state: State): string {
  const model = modelName === defaultModel ? undefined : modelName;
  const { photo, target } = state;
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries<Values[string]>({ model, photo, target, ...pages[chapter]?.values(state) })) {
    if (value !== undefined) parameters.set(key, String(value));
  }
  return `./?${parameters}`;
}

/** `choose` opens the dialog for a photo. */
export function createTryLinks(store: Store, choose: (button: HTMLElement) => void) {
  for (const [chapter, { title }] of Object.entries(pages)) {
    const button = make('button', { type: 'button', className: 'link', textContent: text('guide.try') });
    button.addEventListener('click', () => choose(button));
    // In a tab of its own: the reader keeps the place, and a photo of the reader's can be asked for.
    const link = make('a', { target: '_blank', textContent: title });
    const box = byId(chapter);
    (box.matches('.live') ? box : box.querySelector('.live'))?.append(make('p', { className: 'try' }, button, link));
    store.subscribe((state) => {
      link.href = addressOf(chapter, state);
    });
  }
}
