// What went wrong, in one plain line above the controls; the map stays as it was.
import { byId } from './dom.js';

interface Action {
  title: string;
  run: () => void;
}

export interface Notices {
  show(text: string, action?: Action): void;
  hide(): void;
}

export function createNotices(): Notices {
  const box = byId('notice');
  const text = byId('notice-text');
  const button = byId<HTMLButtonElement>('notice-action');
  let current: Action | undefined;
  const hide = () => {
    box.hidden = true;
  };
  button.addEventListener('click', () => {
    hide();
    current?.run();
  });
  byId('notice-close').addEventListener('click', hide);
  return {
    show(words, action) {
      current = action;
      text.textContent = words;
      button.textContent = action?.title ?? '';
      button.hidden = action === undefined;
      box.hidden = false;
    },
    hide,
  };
}
