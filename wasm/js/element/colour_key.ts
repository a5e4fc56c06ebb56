// The key of a <smooth-grad>: its colours from one end to the other, and the values that they stand for.
import type { DrawnMap, Engine, Progress } from '../api/index.js';
import { languageOf, textsFor } from './texts/texts.js';

/** Stops of the gradient that stands for them. */
const steps = 33;

/** Of the element: whether a key is asked for, and of what. */
interface Asked {
  colourKey: boolean;
  view: string | undefined;
}

/** From one end of the colours to the other. */
const ramp = (signed: boolean) =>
  Float32Array.from({ length: steps }, (_, i) => (signed ? (2 * i) / (steps - 1) - 1 : i / (steps - 1)));

type Writer = (value: number) => string;

/** By language: a formatter takes longer to make than all else of a frame's key. */
const writers = new Map<string | undefined, Writer>();

/** Two digits that say something: 0.83, 1.2E-5. */
function writer(language: string | undefined): Writer {
  const known = writers.get(language);
  if (known) return known;
  const format = (notation: 'standard' | 'scientific') =>
    new Intl.NumberFormat(language, { notation, maximumSignificantDigits: 2 });
  const [plain, scientific] = [format('standard'), format('scientific')];
  const write: Writer = (value) => {
    const size = Math.abs(value);
    return (size === 0 || (size >= 1e-3 && size < 1e6) ? plain : scientific).format(value).replaceAll('-', '−');
  };
  writers.set(language, write);
  return write;
}

/** What stands below the colours: low, middle and high; where values lie beyond an end, it says so. */
export function endsOf({ map, signed }: Pick<Progress, 'map' | 'signed'>, { low, high }: DrawnMap, write = writer('en')) {
  const [isBelow, isAbove] = [map.some((value) => value < low), map.some((value) => value > high)];
  if (low === high) return [write(low), '', ''];
  return [`${isBelow ? '≤ ' : ''}${write(low)}`, signed ? '0' : '', `${isAbove ? '≥ ' : ''}${write(high)}`];
}

export class ColourKey {
  /** Draws the colours. */
  engine: Pick<Engine, 'renderMap'> | undefined;
  readonly #box: HTMLElement;
  readonly #host: Element & Asked;
  readonly #bar = document.createElement('div');
  readonly #ends = document.createElement('p');
  #drawn = '';

  constructor(box: HTMLElement, host: Element & Asked) {
    this.#box = box;
    this.#host = host;
    this.#bar.className = 'ramp';
    this.#ends.append(...['', '', ''].map(() => document.createElement('span')));
    box.setAttribute('role', 'group');
    box.append(this.#bar, this.#ends);
    box.hidden = true;
  }

  /** Of what is on the canvas. A mask has no colours. */
  show(shown: Progress | undefined): void {
    const { colourKey, view } = this.#host;
    this.#box.hidden = !colourKey || view === 'mask' || !shown?.picture;
    if (this.#box.hidden || !shown?.picture) return;
    this.#box.setAttribute('aria-label', textsFor(this.#host).key);
    const words = endsOf(shown, shown.picture, writer(languageOf(this.#host)));
    for (const [i, span] of [...this.#ends.children].entries()) span.textContent = words[i] ?? '';
    // Without an engine, or with a lost one, the last colours stay.
    this.#draw(shown.picture.colours, shown.signed === true).catch(() => {});
  }

  async #draw(colours: string, signed: boolean): Promise<void> {
    const name = `${colours} ${signed}`;
    if (name === this.#drawn || !this.engine) return;
    this.#drawn = name;
    const { data } = await this.engine.renderMap(
      { width: steps, height: 1, map: ramp(signed), signed },
      { percentile: 100, colours },
    );
    if (name !== this.#drawn) return;
    const stops = Array.from({ length: steps }, (_, i) => `rgb(${data.slice(4 * i, 4 * i + 3).join(' ')})`);
    this.#bar.style.backgroundImage = `linear-gradient(to right, ${stops.join(', ')})`;
  }
}
