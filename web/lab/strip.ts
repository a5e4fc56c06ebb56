// Test digits to pick from: ten at a time, one of each class.
import type { Digits } from '../common/digits.js';
import { byId, make } from '../common/dom.js';
import { text } from '../common/texts.js';
import { digitAt, paintDigit } from './digit.js';
import type { Store } from './state.js';

const perPage = 10;

export interface Strip {
  /** Picks the digit that many places further on. */
  move(by: number): void;
}

export function createStrip(store: Store, { images, labels, count }: Digits): Strip {
  const list = byId('digits');
  const pages = Math.floor(count / perPage);
  let page = -1;
  let buttons: HTMLButtonElement[] = [];

  const turnTo = (next: number) => {
    if (next === page) return;
    page = next;
    buttons = Array.from({ length: perPage }, (_, i) => {
      const digit = page * perPage + i;
      const canvas = make('canvas', {});
      paintDigit(canvas, digitAt(images, digit));
      const button = make('button', { type: 'button', title: text('lab.test', { digit }) }, canvas);
      button.setAttribute('aria-label', text('lab.test.label', { digit, label: labels[digit] ?? '' }));
      button.addEventListener('click', () => store.set({ digit }));
      return button;
    });
    list.replaceChildren(...buttons.map((button) => make('li', {}, button)));
    mark(store.get().digit);
  };
  const mark = (digit: number | 'drawn') => {
    for (const [i, button] of buttons.entries()) button.setAttribute('aria-pressed', String(page * perPage + i === digit));
  };
  store.subscribe(({ digit }) => {
    if (digit !== 'drawn') turnTo(Math.min(pages - 1, Math.floor(digit / perPage)));
    else if (page < 0) turnTo(0);
    mark(digit);
  });
  byId('others').addEventListener('click', () => turnTo((page + 1) % pages));
  return {
    move(by) {
      const { digit } = store.get();
      const from = digit === 'drawn' ? page * perPage - Math.max(0, by) : digit;
      store.set({ digit: (from + by + count) % count });
    },
  };
}
