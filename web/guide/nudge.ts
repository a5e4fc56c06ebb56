// One pixel is made a little brighter: what the gradient foretells of the score, and what the network says when it is run again.
import type { Preprocessing, RawTensor } from 'smoothgrad';
import { byId } from '../common/dom.js';
import { numberFormat } from '../common/numbers.js';
import { text } from '../common/texts.js';
import { createPicker, pixelOf } from './picker.js';
import type { Scene } from './scene.js';
import type { Store } from './state.js';

/** Of 255. Two of them are beyond the next kink for many a pixel. */
const levels = 1;

const digits = numberFormat({ maximumSignificantDigits: 2, signDisplay: 'exceptZero' });
/** In thousandths of a score: single pixels move it by no more. */
const thousandths = (value: number) => digits(value * 1000).replace('-', '−');

/** The input with one pixel a level brighter in every channel; and what the gradient says that does to the score. */
export function nudge({ shape, data }: RawTensor, gradient: Float32Array, pixel: number, { std }: Pick<Preprocessing, 'std'>) {
  const [, channels = 1, height = 1, width = 1] = shape;
  const nudged = data.slice();
  let foretold = 0;
  for (let channel = 0; channel < channels; channel++) {
    const i = channel * height * width + pixel;
    const step = levels / (std[channel] ?? std[0] ?? 1);
    nudged[i] = (nudged[i] as number) + step;
    foretold += step * (gradient[i] as number);
  }
  return { input: { shape, data: nudged }, foretold };
}

export function createNudge(store: Store, failed: (error: unknown) => void) {
  const picker = createPicker(store, 'answer-pick');
  const words = byId('answer-words');
  let scene: Scene | undefined;
  let turn = 0;

  async function go(now: Scene) {
    const mine = ++turn;
    const { model, target, input, gradient } = now;
    const { input: nudged, foretold } = nudge(input, gradient.data, pixelOf(store.get(), now), model.preprocessing);
    // Both by the same way: scores of the photo as it came may have been rounded otherwise.
    const before = await model.evaluate(input);
    const after = await model.evaluate(nudged);
    if (mine !== turn) return;
    const rise = (after.logits[target] as number) - (before.logits[target] as number);
    words.textContent = text('guide.nudge', { foretold: thousandths(foretold), rise: thousandths(rise) });
  }
  store.subscribe((state, before) => {
    const now = scene;
    if (!now || !before || (state.x === before.x && state.y === before.y)) return;
    go(now).catch((error: unknown) => now.current && failed(error));
  });
  return {
    async show(next: Scene) {
      scene = next;
      picker.show(next);
      await go(next);
    },
  };
}
