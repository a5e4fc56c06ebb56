// Plays the copies one after the other: slowly first, that each can be followed, then faster.
import { byId } from '../common/dom.js';
import { text } from '../common/texts.js';
import { copies, type Store } from './state.js';

const slowest = 900;
const fastest = 60;

/** How long copy k stays before the next one comes, in milliseconds. */
export const staysMs = (copy: number) => Math.max(fastest, slowest * 0.8 ** (copy - 1));

export interface Player {
  /** Plays from the first copy on, where motion is welcome and nobody has chosen a copy. */
  begin(): void;
  pause(): void;
  /** The copy in view is done: goes on to the next where it plays. Resolves to whether there is one. */
  advance(): Promise<boolean>;
}

export function createPlayer(store: Store, box: Element, wake: () => void): Player {
  const button = byId<HTMLButtonElement>('copies-play');
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  let playing = false;
  let visible = false;
  const isLast = () => store.get().copy >= copies;
  const show = () => {
    button.textContent = text(playing ? 'guide.pause' : isLast() ? 'guide.again' : 'guide.play');
  };
  const set = (next: boolean) => {
    playing = next;
    show();
    if (playing) wake();
  };
  const step = (by: number) => {
    set(false);
    store.set({ copy: Math.min(Math.max(store.get().copy + by, 1), copies) }, 'replace');
  };
  button.addEventListener('click', () => {
    if (!playing && isLast()) store.set({ copy: 1 }, 'replace');
    set(!playing);
  });
  byId('copies-back').addEventListener('click', () => step(-1));
  byId('copies-next').addEventListener('click', () => step(1));
  store.subscribe(show);
  // Out of sight it would be over before anybody sees it.
  new IntersectionObserver((entries) => {
    visible = entries.some(({ isIntersecting }) => isIntersecting);
    if (visible && playing) wake();
  }).observe(box);

  return {
    begin() {
      const { copy, story } = store.get();
      if (copy === 1 && story === '' && !calm.matches) set(true);
    },
    pause: () => set(false),
    async advance() {
      if (!playing || !visible) return false;
      if (isLast()) {
        set(false);
        return false;
      }
      const { copy } = store.get();
      await new Promise((resolve) => setTimeout(resolve, staysMs(copy)));
      // Somebody may have taken over meanwhile.
      if (playing && store.get().copy === copy) store.set({ copy: copy + 1 }, 'replace');
      return true;
    },
  };
}
