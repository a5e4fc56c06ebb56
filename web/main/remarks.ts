// What people should know of the map, below its figures.
import type { Progress } from 'smoothgrad';
import { byId } from '../common/dom.js';
import { noteSentence } from '../common/notes.js';

/** Why a map is empty. */
export function showMapNote({ note }: Pick<Progress, 'note'>): void {
  const line = byId('map-note');
  line.textContent = note === undefined ? '' : noteSentence(note);
  line.hidden = note === undefined;
}
