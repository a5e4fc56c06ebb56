// Picture in detail: what is drawn of the samples that are there, as far as it goes together.
import { byId } from '../common/dom.js';
import { takesChannels, takesWindow } from './options.js';
import type { Store } from './store.js';

export function createPicturePanel(store: Store) {
  store.subscribe((state) => {
    byId<HTMLInputElement>('window').disabled = !takesWindow(state);
    byId<HTMLSelectElement>('channels').disabled = !takesChannels(state);
    byId<HTMLSelectElement>('reduction').disabled = state.magnitude !== 'plain';
  });
}
