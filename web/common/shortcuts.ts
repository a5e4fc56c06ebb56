// Keyboard shortcuts, and the dialog that lists them: one table for both.
import { byId, make } from './dom.js';
import { text } from './texts.js';

export interface Shortcut {
  key: string;
  /** As printed on a keyboard. */
  cap: string;
  title: string;
  run: () => void;
}

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input:not([type=range], [type=radio]), select, textarea, dialog') !== null;
const pressing = (target: EventTarget | null, key: string) =>
  key === ' ' && target instanceof HTMLElement && target.closest('button, summary, a, [type=radio]') !== null;

export function createShortcuts(shortcuts: readonly Shortcut[]) {
  const dialog = byId<HTMLDialogElement>('help');
  const all = [...shortcuts, { key: '?', cap: '?', title: text('key.help'), run: () => dialog.showModal() }];
  byId('help-keys').append(
    ...all
      .filter(({ cap }) => cap !== '')
      .flatMap(({ cap, title }) => [make('dt', {}, make('kbd', { textContent: cap })), make('dd', { textContent: title })]),
  );
  byId('help-open').addEventListener('click', () => dialog.showModal());
  byId('help-close').addEventListener('click', () => dialog.close());
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (typing(event.target) || pressing(event.target, event.key)) return;
    const shortcut = all.find(({ key }) => key === event.key.toLowerCase());
    if (!shortcut) return;
    event.preventDefault();
    shortcut.run();
  });
}
