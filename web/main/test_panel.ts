// Test this map: a tenth of the photo is blurred, in the order of the map and in two others, and the network asked again.
import { isSampled, type PreparedPhoto, type RawMap } from 'smoothgrad';
import { byId, make } from '../common/dom.js';
import { showProbability } from '../common/scores.js';
import { session } from '../common/session.js';
import { type Erasure, erasureWords } from './erasure.js';
import type { LiveMap } from './live.js';

/** Equal shares of the pixels: the first is the tenth that is meant. */
const steps = 10;

const orders = {
  brightest: 'where it is brightest',
  moved: 'the same shapes, elsewhere',
  darkest: 'where it is darkest',
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

async function erase(photo: PreparedPhoto, raw: RawMap, target: number): Promise<Erasure> {
  const { model } = await session();
  const bright = raw.map.map(Math.abs);
  const maps: Record<Order, Float32Array> = {
    brightest: bright,
    moved: movedByHalf(bright, raw),
    darkest: bright.map((value) => -value),
  };
  const found: Partial<Erasure> = {};
  for (const order of Object.keys(orders) as Order[]) {
    const { deletion } = await model.perturb(photo, { ...raw, map: maps[order] }, { target, steps });
    found.before = deletion.probabilities[0] as number;
    found[order] = deletion.probabilities[1] as number;
  }
  return found as Erasure;
}

const row = (order: Order, { before, [order]: after }: Erasure) =>
  make(
    'tr',
    {},
    make('th', { scope: 'row', textContent: orders[order] }),
    ...[before, after].map((probability) => make('td', { textContent: showProbability(probability) })),
  );

/** `photo`: what is in view now. */
export function createTestPanel(map: LiveMap, photo: () => Promise<PreparedPhoto> | undefined) {
  const button = byId<HTMLButtonElement>('test');
  const words = byId('test-words');
  const table = byId('test-table');

  async function test() {
    const { progress } = map;
    const seen = photo();
    if (!progress || !seen) return;
    button.disabled = true;
    words.textContent = 'Asking the network…';
    try {
      const raw = await regionsOf(map);
      if (!raw) throw new Error('there is no map yet');
      const found = await erase(await seen, raw, progress.target);
      byId('test-rows').replaceChildren(...(Object.keys(orders) as Order[]).map((order) => row(order, found)));
      table.hidden = false;
      words.textContent = erasureWords(found);
    } catch (error) {
      words.textContent = `It could not be tested: ${(error as Error).message}`;
    } finally {
      button.disabled = false;
    }
  }
  button.addEventListener('click', () => void test());
  return {
    /** Another map begins: what was found is not of it. */
    begin() {
      table.hidden = true;
      words.textContent = '';
    },
  };
}
