// Picture in detail: what is drawn of the samples that are there, as far as it goes together.
import type { Engine } from 'smoothgrad';
import { byId } from '../common/dom.js';
import { named } from '../common/texts.js';
import { connectMenu } from './controls.js';
import { magnitudeOf, takesChannels, takesWindow } from './options.js';
import type { Store } from './store.js';

export function createPicturePanel(store: Store, engine: Engine) {
  // Other magnitudes are of the mean, other reductions have a plain one only.
  connectMenu(store, 'magnitude', named('magnitude', engine.magnitudes), (magnitude) =>
    magnitude === 'plain' ? {} : { reduction: undefined },
  );
  connectMenu(store, 'reduction', named('reduction', engine.reductions), (reduction) =>
    reduction === '' ? {} : { magnitude: 'plain' },
  );
  store.subscribe((state) => {
    const drawn = { ...state, magnitude: magnitudeOf(state, engine) };
    byId<HTMLSelectElement>('magnitude').value = drawn.magnitude;
    byId<HTMLInputElement>('window').disabled = !takesWindow(drawn);
    byId<HTMLSelectElement>('channels').disabled = !takesChannels(drawn);
  });
}
