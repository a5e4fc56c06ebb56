// Test this map: a tenth of the photo is blurred, in the order of the map and in two others, and the network asked again.
import { isSampled, type PreparedPhoto, type RawMap } from 'smoothgrad';
import { byId, make } from '../common/dom.js';
import { shareFormat } from '../common/numbers.js';
import { showProbability } from '../common/scores.js';
import { session } from '../common/session.js';
import { text } from '../common/texts.js';
import { type Erasure, erasureWords, maskWords } from './erasure.js';
import type { LiveMap } from './live.js';
import type { Mask } from './mask.js';
import type { Painter } from './mask_painter.js';

/** Of the pixels, where no mask says how many. */
const share = 0.1;

const orders = {
  painted: text('test.painted'),
  brightest: text('test.brightest'),
  moved: text('test.moved'),
  darkest: text('test.darkest'),
} as const;
type Order = keyof typeof orders;

/**
 * Its regions, not its single pixels: a spatter of blurred pixels takes any answer away, wherever it is. Of samples that is the
 * map pooled by a 28th of its side.
 */
async function regionsOf({ raw, progress, explanation }: LiveMap): Promise<RawMap | undefined> {
  if (!raw || !progress || !explanation || !isSampled(progress)) return raw;
  const window = Math.min(raw.width, raw.height) / 28;
  return explanation.map({ channels: 'sum-abs', magnitude: 'plain', window });
}

/** By half of the width and half of the height; what leaves on one side comes in on the other. */
const movedByHalf = (map: Float32Array, { width, height }: RawMap) =>
  map.map((_, i) => {
    const [x, y] = [(i % width) + (width >> 1), Math.floor(i / width) + (height >> 1)];
    return map[(y % height) * width + (x % width)] as number;
  });

async function erase(photo: PreparedPhoto, raw: RawMap, target: number, mask: Mask | undefined): Promise<Erasure> {
  const { model } = await session();
  const bright = raw.map.map(Math.abs);
  const maps: Partial<Record<Order, Float32Array>> = {
    ...(mask ? { painted: Float32Array.from(mask.pixels) } : {}),
    brightest: bright,
    moved: movedByHalf(bright, raw),
    darkest: bright.map((value) => -value),
  };
  const pixels = mask?.count ?? Math.round(bright.length * share);
  const found: Partial<Erasure> = {};
  for (const [order, map] of Object.entries(maps) as [Order, Float32Array][]) {
    const { deletion } = await model.perturb(photo, { ...raw, map }, { target, steps: 1, pixels });
    found.before = deletion.probabilities[0] as number;
    found[order] = deletion.probabilities[1] as number;
  }
  return found as Erasure;
}

const row = (order: Order, { before, [order]: after = before }: Erasure) =>
  make(
    'tr',
    {},
    make('th', { scope: 'row', textContent: orders[order] }),
    ...[before, after].map((probability) => make('td', { textContent: showProbability(probability) })),
  );

const percent = shareFormat({ maximumFractionDigits: 1 });

/** `photo`: what is in view now; `painter`: of the mask that is to be tried, too. */
export function createTestPanel(map: LiveMap, photo: () => Promise<PreparedPhoto> | undefined, painter: Painter) {
  const button = byId<HTMLButtonElement>('test');
  const words = byId('test-words');
  const table = byId('test-table');

  async function test() {
    const { progress } = map;
    const seen = photo();
    if (!progress || !seen) return;
    button.disabled = true;
    words.textContent = text('test.asking');
    try {
      const raw = await regionsOf(map);
      if (!raw) throw new Error(text('test.none'));
      const { mask } = painter;
      const fits = mask?.width === raw.width && mask.height === raw.height ? mask : undefined;
      const found = await erase(await seen, raw, progress.target, fits);
      const rows = (Object.keys(orders) as Order[]).filter((order) => found[order] !== undefined);
      byId('test-rows').replaceChildren(...rows.map((order) => row(order, found)));
      const { classNames } = (await session()).model;
      byId('test-of').textContent = text('quoted', { name: classNames[progress.target] ?? progress.target });
      byId('test-share').textContent = fits
        ? text('test.share', { share: percent(fits.count / fits.pixels.length) })
        : text('test.tenth');
      table.hidden = false;
      words.textContent = fits ? maskWords(found) : erasureWords(found);
    } catch (error) {
      words.textContent = text('test.failed', { message: (error as Error).message });
    } finally {
      button.disabled = false;
    }
  }
  button.addEventListener('click', () => void test());
  byId('mask-test').addEventListener('click', () => {
    byId<HTMLDetailsElement>('test-panel').open = true;
    words.scrollIntoView({ block: 'center' });
    void test();
  });
  return {
    /** Another map begins: what was found is not of it. */
    begin() {
      table.hidden = true;
      words.textContent = '';
    },
  };
}
