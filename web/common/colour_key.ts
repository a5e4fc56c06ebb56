// The key beside a map: its colours as the engine draws them, the values at their ends, and what those are of.
import type { DrawnMap, Engine } from 'smoothgrad';
import { make } from './dom.js';
import { shortNumber } from './numbers.js';
import { once } from './once.js';
import { showPixels } from './pixels.js';

export interface Keyed {
  engine: Pick<Engine, 'renderMap'>;
  scale: Pick<DrawnMap, 'low' | 'high'>;
  signed: boolean;
  colours: string;
  /** Below 100 the colours end before the values do. */
  percentile: number;
  /** In place of the scale's own ends. */
  ends?: { low: string; high: string } | undefined;
  /** Which map it is of, where there are several. */
  title?: string | undefined;
  unit: string;
  /** Of values below and above 0. */
  signs?: readonly [string, string] | undefined;
}

const steps = 255;

/** From one end of the colours to the other. */
const ramp = (signed: boolean) =>
  Float32Array.from({ length: steps }, (_, i) => (signed ? (2 * i) / (steps - 1) - 1 : i / (steps - 1)));

/** All keys of a page share a bar. */
const barOf = once((_, { engine, signed, colours }: Keyed) =>
  engine.renderMap({ width: steps, height: 1, map: ramp(signed), signed }, { percentile: 100, colours }),
);

/** "0", "≥ 0.83": beyond a cap there are larger values. */
export function endWords({ scale: { low, high }, signed, percentile }: Pick<Keyed, 'scale' | 'signed' | 'percentile'>) {
  const isCapped = percentile < 100;
  if (low === high) return { low: shortNumber(low), high: shortNumber(high) };
  return {
    low: signed && isCapped ? `≤ ${shortNumber(low)}` : shortNumber(low),
    high: isCapped ? `≥ ${shortNumber(high)}` : shortNumber(high),
  };
}

export interface ColourKey {
  /** Undefined: nothing is drawn in colours. */
  show(keyed: Keyed | undefined): void;
}

export function createColourKey(box: HTMLElement): ColourKey {
  const bar = make('canvas', { className: 'ramp', width: steps, height: 1, ariaHidden: 'true' });
  const [title, low, middle, high] = [make('span'), make('span'), make('span'), make('span')];
  const [below, above, unit] = [make('span'), make('span'), make('span', { className: 'unit' })];
  const ends = make('p', { className: 'ends' }, low, middle, high);
  const meanings = make('p', { className: 'ends' }, below, above);
  box.classList.add('colour-key');
  box.append(make('p', { className: 'of' }, title, unit), bar, ends, meanings);
  let drawn: Promise<DrawnMap> | undefined;

  async function drawBar(keyed: Keyed) {
    const pixels = barOf(`${keyed.colours} ${keyed.signed}`, keyed);
    if (drawn === pixels) return;
    drawn = pixels;
    const picture = await pixels;
    if (drawn === pixels) showPixels(bar, picture);
  }

  return {
    show(keyed) {
      box.hidden = keyed === undefined;
      if (!keyed) return;
      const { scale, signed, signs } = keyed;
      const words = keyed.ends ?? endWords(keyed);
      title.textContent = keyed.title === undefined ? '' : `${keyed.title}: `;
      unit.textContent = keyed.unit;
      low.textContent = words.low;
      middle.textContent = signed && scale.low < scale.high ? '0' : '';
      high.textContent = scale.low === scale.high ? '' : words.high;
      meanings.hidden = !signed || signs === undefined;
      [below.textContent, above.textContent] = signs ?? ['', ''];
      // A lost engine says so elsewhere.
      drawBar(keyed).catch(() => {});
    },
  };
}
