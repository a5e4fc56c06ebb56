// Figure 1: a photo, what the network says of it, and the gradient of one answer.
import { byId } from '../../common/dom.js';
import { altOf } from '../../common/photos.js';
import { text } from '../../common/texts.js';
import { showBars } from '../bars.js';
import type { Failed, Figure } from '../chapters.js';
import { createNudge } from '../nudge.js';
import { paint, paintMap } from '../paint.js';
import type { Store } from '../state.js';

export function createAnswer(store: Store, failed: Failed): Figure {
  const nudge = createNudge(store, failed);
  return {
    box: byId('answer'),
    async show(scene) {
      const { pixels, top, target, name, map } = scene;
      paint('answer-photo', pixels, altOf(store.get().photo));
      showBars('answer-says', top, target, (index) => store.set({ target: index }));
      await paintMap(scene, 'answer-gradient', map, text('guide.answer.map', { name }));
      await nudge.show(scene);
    },
  };
}
