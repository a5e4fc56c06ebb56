// Picture in detail: what is drawn of the samples that are there, and how. None of it needs another sample.
import type { Engine } from 'smoothgrad';
import { byId } from '../common/dom.js';
import { connectMenu, connectSlider, connectSwitch } from './controls.js';
import { takesWindow } from './options.js';
import type { Store } from './store.js';

export function createPicturePanel(store: Store, engine: Engine) {
  connectMenu(store, 'magnitude', engine.magnitudes);
  connectMenu(store, 'reduction', engine.reductions, { own: 'As the method has it' });
  connectMenu(store, 'channels', engine.channels);
  connectMenu(store, 'colours', engine.colours, { own: 'Grey, or by sign' });
  connectSlider(store, { id: 'window', key: 'window', words: (pixels) => (pixels === 0 ? 'off' : `${pixels} px`) });
  connectSlider(store, { id: 'percentile', key: 'percentile' });
  connectSwitch(store, 'fromLowest');
  store.subscribe((state) => {
    byId<HTMLInputElement>('window').disabled = !takesWindow(state);
    for (const key of ['channels', 'reduction']) byId<HTMLSelectElement>(key).disabled = state.magnitude !== 'plain';
  });
}
