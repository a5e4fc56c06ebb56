// One of the two maps: a <smooth-grad>, and how much of it falls on the object that it speaks for.
import type { Explanation, Progress } from 'smoothgrad';
import { createColourKey, type Keyed } from '../common/colour_key.js';
import 'smoothgrad/element';
import type { SmoothGradElement } from 'smoothgrad/element';
import { percentFormat } from '../common/numbers.js';
import { text } from '../common/texts.js';

/** Of the map that is shown. */
export interface MapFigures {
  progress: Progress;
  /** Of the sum of absolute values: positive on the left, negative on the right; a half is chance. */
  sidedShare: number;
}

export interface DifferenceMap {
  readonly canvas: HTMLCanvasElement;
  /** The method's, for people. */
  readonly title: string;
  name(title: string): void;
  /** None until the first map of a run is measured. */
  readonly figures: MapFigures | undefined;
  /** Only what is not there yet is computed; `read`: what its key says. */
  show(what: Partial<SmoothGradElement>, read?: Reading): void;
}

/** What the values are, and of which class each sign is. */
export type Reading = Pick<Keyed, 'unit' | 'signs' | 'percentile'>;

const percent = percentFormat(1);

export function createDifferenceMap(figure: HTMLElement, changed: () => void, failed: (error: unknown) => void): DifferenceMap {
  const find = <T extends HTMLElement>(selector: string) => figure.querySelector(selector) as T;
  const element = find<SmoothGradElement>('smooth-grad');
  const [tag, share, bar] = [find('.tag'), find('.share strong'), find('.scale span')];
  const key = createColourKey(find('.map-key'));
  let reading: Reading | undefined;
  let title = '';
  let figures: MapFigures | undefined;
  let run: Explanation<Progress> | undefined;

  function tell(progress: Progress, sidedShare: number) {
    const { done, goal } = progress;
    figures = { progress, sidedShare };
    tag.textContent = goal > 1 ? text('pair.tag', { method: title, done, goal }) : title;
    share.textContent = percent(sidedShare);
    bar.style.transform = `scaleX(${sidedShare})`;
    element.alt = text('pair.map', { method: title, share: percent(sidedShare) });
    changed();
  }
  function showKey({ picture, signed = false }: Progress) {
    const { network } = element;
    if (!network || !picture || !reading) return;
    key.show({ engine: network.engine, scale: picture, colours: picture.colours, signed, ...reading });
  }
  async function measure(progress: Progress) {
    showKey(progress);
    const { explanation, network } = element;
    if (run !== explanation) {
      // The map that is shown is no longer the one that they are of.
      figures = undefined;
      run = explanation;
      changed();
    }
    const measures = await network?.engine.measure(progress);
    if (measures && explanation === element.explanation) tell(progress, measures.sidedShare);
  }
  element.addEventListener('drawn', (event) => measure((event as CustomEvent<Progress>).detail).catch(failed));
  element.addEventListener('error', (event: Event) => failed((event as CustomEvent).detail));

  return {
    get canvas() {
      return element.canvas;
    },
    get title() {
      return title;
    },
    name(words) {
      title = tag.textContent = words;
    },
    get figures() {
      return figures;
    },
    show(what, read = reading) {
      reading = read;
      Object.assign(element, what);
      if (element.state === 'error') element.restart();
    },
  };
}
