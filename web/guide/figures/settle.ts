// Figure 4, its upper half: what each copy says of the chosen pixel, the running mean, and how far it can be trusted.
import { byId } from '../../common/dom.js';
import { signedSum } from '../../common/tensors.js';
import { text } from '../../common/texts.js';
import type { Figure } from '../chapters.js';
import type { createDecks } from '../deck.js';
import { paint } from '../paint.js';
import { createPicker, pixelOf } from '../picker.js';
import { runningMeans } from '../pile.js';
import { around, createPlot, type Point } from '../plot.js';
import type { Scene } from '../scene.js';
import { copies, type Store } from '../state.js';

/** Of a normal distribution, 95 % are within so many standard errors. */
const width = 1.96;

/** What can be said of a mean with this error. */
export function verdictOf(mean: number, standardError: number, count: number): string {
  if (Math.abs(mean) <= width * standardError) return text('guide.settle.open', { count });
  return text(mean > 0 ? 'guide.settle.for' : 'guide.settle.against', { count });
}

export function createSettle(store: Store, deckOf: ReturnType<typeof createDecks>): Figure {
  const plot = createPlot(byId('settle-plot'));
  const picker = createPicker(store, 'settle-pick');
  let scene: Scene | undefined;
  /** By the copy: what it says of each pixel. */
  let known: Float32Array[] = [];
  let turn = 0;

  const draw = () => {
    if (!scene) return;
    const pixel = pixelOf(store.get(), scene);
    const values = known.map((gradient) => gradient[pixel] ?? 0);
    const means = runningMeans(values);
    const at = (i: number, value: number): Point => [i + 1, value];
    const banded = means.map((mean, i) => ({ ...mean, i })).filter(({ standardError }) => Number.isFinite(standardError));
    const y = around(values);
    const fit = (value: number) => Math.min(Math.max(value, y[0]), y[1]);
    plot.draw({
      x: [0.5, copies + 0.5],
      y,
      layers: [
        { kind: 'rule', name: 'zero', y: 0 },
        {
          kind: 'band',
          name: 'error',
          upper: banded.map(({ i, mean, standardError }) => at(i, fit(mean + width * standardError))),
          lower: banded.map(({ i, mean, standardError }) => at(i, fit(mean - width * standardError))),
        },
        { kind: 'dots', name: 'each', points: values.map((value, i) => at(i, value)) },
        { kind: 'line', name: 'mean', points: means.map(({ mean }, i) => at(i, mean)) },
        {
          kind: 'words',
          name: 'side',
          at: [copies + 0.5, y[0] + (y[1] - y[0]) * 0.01],
          text: text('guide.settle.copies'),
          anchor: 'end',
        },
        { kind: 'words', name: 'side', at: [0.5, y[1] - (y[1] - y[0]) * 0.03], text: text('guide.settle.up') },
        { kind: 'words', name: 'side', at: [0.5, y[0] + (y[1] - y[0]) * 0.01], text: text('guide.settle.down') },
      ],
    });
    const last = means.at(-1);
    byId('settle-words').textContent = last ? verdictOf(last.mean, last.standardError, means.length) : '';
  };
  async function deal() {
    if (!scene) return;
    const mine = ++turn;
    const deck = deckOf(scene, store.get());
    known = [];
    for (let i = 0; i < copies; i++) {
      const { gradient } = await deck.card(i);
      if (mine !== turn) return;
      known.push(signedSum(gradient));
      draw();
    }
  }
  let before = store.get();
  store.subscribe((state) => {
    const other = state.x !== before.x || state.y !== before.y;
    before = state;
    if (other) draw();
  });

  return {
    box: byId('settle'),
    asks: ['noise', 'seed'],
    async show(next) {
      scene = next;
      picker.show(next);
      paint('settle-photo', next.pixels, text('guide.settle.photo'));
      await deal();
    },
  };
}
