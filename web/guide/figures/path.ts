// Figure 5: Integrated Gradients' line from grey to the photo, the score along it, and the sum of what the pixels did.
import type { RawMap, RawTensor } from 'smoothgrad';
import { byId } from '../../common/dom.js';
import { toPercent } from '../../common/fields.js';
import { numberFormat } from '../../common/numbers.js';
import { toMap, toPicture } from '../../common/tensors.js';
import { text } from '../../common/texts.js';
import type { Failed, Figure } from '../chapters.js';
import { paint, paintMap } from '../paint.js';
import { createPlot, type Point, span } from '../plot.js';
import type { Scene } from '../scene.js';
import { connectShare } from '../share_slider.js';
import type { Store } from '../state.js';

/** Short at first: most scores climb while there is hardly a photo to be seen. */
const places = Array.from({ length: 33 }, (_, i) => (i / 32) ** 2);
const sumLabel = text('guide.path.sum');
const one = numberFormat({ minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** So much of the photo over grey, which is the zero of what the network is shown. */
const faded = ({ shape, data }: RawTensor, share: number): RawTensor => ({ shape, data: data.map((value) => value * share) });

export function createPath(store: Store, failed: Failed): Figure {
  const plot = createPlot(byId('path-plot'));
  let scene: Scene | undefined;
  /** Of the target, after 0, 1, ... steps. */
  let scores: number[] = [];
  /** What all pixels add up to until then, and its map. */
  let sums: number[] = [];
  let maps: RawMap[] = [];

  /** How many of the steps that are done lie behind this share. */
  const reached = (share: number) =>
    Math.max(
      0,
      places.findLastIndex((place, i) => place <= share && i < sums.length),
    );

  const draw = () => {
    const start = scores[0];
    if (start === undefined) return;
    const { faded: share } = store.get();
    const at = (values: readonly number[]): Point[] => values.map((value, i) => [places[i] ?? 1, value]);
    const y = span([...scores, ...sums.map((sum) => start + sum)]);
    plot.draw({
      x: [0, 1],
      y,
      layers: [
        { kind: 'rule', name: 'zero', y: 0 },
        { kind: 'rule', name: 'cursor', x: share },
        { kind: 'line', name: 'mean', points: at(scores) },
        { kind: 'dots', name: 'each', points: at(sums.map((sum) => start + sum)) },
        { kind: 'words', name: 'side', at: [0, y[1] - (y[1] - y[0]) * 0.03], text: text('guide.path.score') },
        { kind: 'words', name: 'side', at: [1, y[0] + (y[1] - y[0]) * 0.01], text: text('guide.path.end'), anchor: 'end' },
      ],
    });
    const done = reached(share);
    const rise = (scores[done] ?? start) - start;
    byId('path-words').textContent = text('guide.path.words', { rise: one(rise), sum: one(sums[done] ?? 0) });
  };

  let turn = 0;
  /** The faded photo, its gradient, and the sum up to there. */
  const look = async () => {
    if (!scene) return;
    const mine = ++turn;
    const now = scene;
    const { faded: share } = store.get();
    const input = faded(now.input, share);
    paint('path-photo', toPicture(input, now.model.preprocessing), text('guide.path.photo', { share: toPercent(share) }));
    const sum = maps[reached(share)];
    if (sum) await paintMap(now, 'path-sum', sum, sumLabel);
    const { gradient } = await now.model.evaluate(input, { target: now.target });
    if (gradient && mine === turn) {
      await paintMap(now, 'path-gradient', toMap(gradient.shape, gradient.data), text('guide.path.map'));
    }
  };
  connectShare(store, 'faded', toPercent);
  store.subscribe((state, before) => {
    if (!before || state.faded === before.faded) return;
    draw();
    const now = scene;
    look().catch((error: unknown) => now?.current && failed(error));
  });

  return {
    box: byId('path'),
    async show(next) {
      scene = next;
      const { model, input, target } = next;
      const total = new Float64Array(input.data.length);
      const scoreAt = async (share: number) => (await model.evaluate(faded(input, share))).logits[target] ?? 0;
      [scores, sums, maps] = [[await scoreAt(0)], [0], [toMap(input.shape, total)]];
      await look();
      for (const [i, to] of places.entries()) {
        const from = places[i - 1];
        if (from === undefined) continue;
        const { gradient } = await model.evaluate(faded(input, (from + to) / 2), { target });
        const score = await scoreAt(to);
        if (!gradient || !next.current) return;
        let sum = 0;
        for (let j = 0; j < total.length; j++) {
          total[j] = (total[j] as number) + (gradient.data[j] as number) * (input.data[j] as number) * (to - from);
          sum += total[j] as number;
        }
        scores.push(score);
        sums.push(sum);
        const map = toMap(input.shape, total);
        maps.push(map);
        draw();
        if (reached(store.get().faded) === maps.length - 1) await paintMap(next, 'path-sum', map, sumLabel);
      }
      await look();
    },
  };
}
