// One of the two maps: a <smooth-grad>, and how much of it falls on the object that it speaks for.
import type { Explanation, Progress } from 'smoothgrad';
import 'smoothgrad/element';
import type { SmoothGradElement } from 'smoothgrad/element';

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
  /** Only what is not there yet is computed. */
  show(what: Partial<SmoothGradElement>): void;
}

const percent = (value: number) => `${(value * 100).toFixed(1)} %`;

export function createDifferenceMap(figure: HTMLElement, changed: () => void, failed: (error: unknown) => void): DifferenceMap {
  const find = <T extends HTMLElement>(selector: string) => figure.querySelector(selector) as T;
  const element = find<SmoothGradElement>('smooth-grad');
  const [tag, share, bar] = [find('.tag'), find('.share strong'), find('.scale span')];
  let title = '';
  let figures: MapFigures | undefined;
  let run: Explanation<Progress> | undefined;

  function tell(progress: Progress, sidedShare: number) {
    const { done, goal } = progress;
    figures = { progress, sidedShare };
    tag.textContent = `${title}${goal > 1 ? `, ${done.toLocaleString('en')} of ${goal.toLocaleString('en')} samples` : ''}`;
    share.textContent = percent(sidedShare);
    bar.style.transform = `scaleX(${sidedShare})`;
    element.alt = `${title}: ${percent(sidedShare)} on the object it speaks for`;
    changed();
  }
  async function measure(progress: Progress) {
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
    show(what) {
      Object.assign(element, what);
      if (element.state === 'error') element.restart();
    },
  };
}
