// Figure 2, the paper's figure 2: the gradient of one pixel along a line of changes that nobody can see.
import type { RawTensor } from 'smoothgrad';
import { byId } from '../../common/dom.js';
import { toPercent } from '../../common/fields.js';
import { numberFormat } from '../../common/numbers.js';
import { alike, plus, signedSum, toMap, toPicture } from '../../common/tensors.js';
import { text } from '../../common/texts.js';
import type { Failed, Figure } from '../chapters.js';
import { paint, paintMap } from '../paint.js';
import { createPicker, pixelOf } from '../picker.js';
import { around, createPlot, type Point } from '../plot.js';
import type { Scene } from '../scene.js';
import { connectShare } from '../share_slider.js';
import type { Store } from '../state.js';

/** The noise at the end of the line, as a share of the input's range: about two and a half of 255 levels. */
const farthest = 0.01;
const points = 64;

/** 0, n, n / 2, n / 4, 3 n / 4, ...: the whole line at once, then ever finer. */
export function coarseToFine(n: number): number[] {
  const order = [0, n];
  for (let step = n / 2; step >= 1; step /= 2) for (let at = step; at < n; at += 2 * step) order.push(at);
  return order;
}

const two = numberFormat({ minimumFractionDigits: 2, maximumFractionDigits: 2 });

function wordsFor(heights: readonly number[], agreement: number): string {
  const turns = heights.slice(1).filter((value, i) => value * (heights[i] as number) < 0).length;
  return text('guide.line.words', { signs: text('guide.line.signs', { count: turns }), agreement: two(agreement) });
}

export function createLine(store: Store, failed: Failed): Figure {
  const plot = createPlot(byId('line-plot'));
  const picker = createPicker(store, 'line-pick');
  let scene: Scene | undefined;
  let noise: Float32Array | undefined;
  /** By the place on the line: the gradient of each pixel. */
  let known = new Map<number, Float32Array>();

  const inputAt = (scene: Scene, noise: Float32Array, along: number): RawTensor =>
    plus(scene.input, along * farthest * scene.range, noise);

  const draw = () => {
    if (!scene) return;
    const state = store.get();
    const pixel = pixelOf(state, scene);
    const values: Point[] = [...known.keys()].sort((a, b) => a - b).map((i) => [i / points, known.get(i)?.[pixel] ?? 0]);
    const heights = values.map(([, value]) => value);
    const y = around(heights);
    const here = values.reduce<Point | undefined>(
      (best, point) => (best && Math.abs(best[0] - state.along) <= Math.abs(point[0] - state.along) ? best : point),
      undefined,
    );
    plot.draw({
      x: [0, 1],
      y,
      layers: [
        { kind: 'rule', name: 'zero', y: 0 },
        { kind: 'rule', name: 'cursor', x: state.along },
        { kind: 'line', name: 'jumpy', points: values },
        { kind: 'dots', name: 'here', points: here ? [here] : [] },
        { kind: 'words', name: 'side', at: [0, y[1] - (y[1] - y[0]) * 0.03], text: text('guide.line.up') },
        { kind: 'words', name: 'side', at: [0, y[0] + (y[1] - y[0]) * 0.01], text: text('guide.line.down') },
      ],
    });
    const [first, last] = [known.get(0), known.get(points)];
    byId('line-words').textContent = first && last ? wordsFor(heights, alike(first, last)) : text('guide.line.walking');
  };

  let turn = 0;
  /** The photo and its map at this place. */
  const look = async () => {
    if (!scene || !noise) return;
    const mine = ++turn;
    const now = scene;
    const { along } = store.get();
    const input = inputAt(now, noise, along);
    paint('line-photo', toPicture(input, now.model.preprocessing), text('guide.line.photo'));
    const { gradient } = await now.model.evaluate(input, { target: now.target });
    if (gradient && mine === turn) {
      await paintMap(now, 'line-gradient', toMap(gradient.shape, gradient.data), text('guide.line.map'));
    }
  };
  connectShare(store, 'along', toPercent);
  let before = store.get();
  store.subscribe((state) => {
    const moved = state.along !== before.along;
    const other = state.x !== before.x || state.y !== before.y;
    before = state;
    if (moved || other) draw();
    const now = scene;
    if (moved) look().catch((error: unknown) => now?.current && failed(error));
  });

  return {
    box: byId('line'),
    async show(next) {
      scene = next;
      known = new Map();
      picker.show(next);
      const { engine, model, target, input } = next;
      noise = await engine.noise({ size: input.data.length, seed: store.get().seed, sample: 0 });
      await look();
      for (const i of coarseToFine(points)) {
        if (!next.current) return;
        const { gradient } = await model.evaluate(inputAt(next, noise, i / points), { target });
        if (!gradient || !next.current) return;
        known.set(i, signedSum(gradient));
        draw();
      }
    },
  };
}
