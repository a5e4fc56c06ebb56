// What people should know of the model, below its menu, and of the map, below its figures.
import type { Model, Progress } from 'smoothgrad';
import { byId, make } from '../common/dom.js';
import { sentenceOf } from '../common/failures.js';

/** What was done to the model's file. */
export function showModelNotes({ notes }: Pick<Model, 'notes'>): void {
  const list = byId('model-notes');
  list.replaceChildren(...notes.map((message) => make('li', { textContent: sentenceOf({ message }) })));
  list.hidden = notes.length === 0;
}

/** Why a map is empty. */
export function showMapNote({ note }: Pick<Progress, 'note'>): void {
  const line = byId('map-note');
  line.textContent = note === undefined ? '' : sentenceOf({ message: note });
  line.hidden = note === undefined;
}
