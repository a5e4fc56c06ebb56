// For class: the projector's mode, and the handout with every figure on it.
import { byId } from '../common/dom.js';
import { text } from '../common/texts.js';
import type { Chapters } from './chapters.js';
import { copies, type Store } from './state.js';

export function createProjector(store: Store): { toggle: () => void } {
  const button = byId('projector');
  const toggle = () => {
    const at = document.activeElement?.closest('.chapter');
    store.set({ projector: !store.get().projector });
    at?.scrollIntoView({ behavior: 'instant' });
  };
  button.addEventListener('click', toggle);
  store.subscribe(({ projector }) => {
    document.documentElement.toggleAttribute('data-projector', projector);
    button.setAttribute('aria-pressed', String(projector));
  });
  return { toggle };
}

/** The button waits until every figure is there. */
export function createHandout(store: Store, chapters: Chapters) {
  const words = byId('print-words');
  byId('print').addEventListener('click', async () => {
    const before = words.textContent;
    words.textContent = text('guide.printing');
    if (store.get().copy === 1) store.set({ copy: copies }, 'replace');
    await chapters.all();
    words.textContent = before;
    print();
  });
}
