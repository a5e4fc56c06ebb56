// What people should know of the model: what was done to its file.
import type { Model } from 'smoothgrad';
import { byId, make } from './dom.js';
import { noteSentence } from './notes.js';

export function showModelNotes({ notes }: Pick<Model, 'notes'>): void {
  const list = byId('model-notes');
  list.replaceChildren(...notes.map((message) => make('li', { textContent: noteSentence(message) })));
  list.hidden = notes.length === 0;
}
