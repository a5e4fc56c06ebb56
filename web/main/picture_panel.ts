// Picture in detail: what is drawn of the samples that are there, as far as it goes together.
import { byId } from '../common/dom.js';
import { takesWindow } from './options.js';
import type { Store } from './store.js';

export function createPicturePanel(store: Store) {
  store.subscribe((state) => {
    byId<HTMLInputElement>('window').disabled = !takesWindow(state);
    for (const key of ['channels', 'reduction']) byId<HTMLSelectElement>(key).disabled = state.magnitude !== 'plain';
  });
}
