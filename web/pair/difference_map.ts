// One of the two maps: runs the difference of two classes by one method, and shows it as it converges.
import type { ExplainOptions, Explanation, Prepared, Progress, RawMap } from 'smoothgrad';
import { showPixels } from '../common/pixels.js';
import { session } from '../common/session.js';

export interface MapFigures {
  samples: number;
  goal: number;
  /** Of the sum of absolute values: positive on the left, negative on the right; a half is chance. */
  sidedShare: number;
  state: Progress['state'];
}

export interface DifferenceMap {
  readonly canvas: HTMLCanvasElement;
  /** The method's, for people. */
  readonly title: string;
  name(title: string): void;
  /** Of the map that is shown. */
  readonly figures: MapFigures | undefined;
  run(input: Prepared, options: ExplainOptions, percentile: number): void;
  redraw(percentile: number): void;
  stop(): void;
  goOn(): void;
}

export function createDifferenceMap(figure: HTMLElement, changed: () => void, failed: (error: unknown) => void): DifferenceMap {
  const canvas = figure.querySelector('canvas') as HTMLCanvasElement;
  const find = (selector: string) => figure.querySelector(selector) as HTMLElement;
  const [tag, share, bar] = [find('.tag'), find('.share strong'), find('.scale span')];
  let title = '';
  let explanation: Explanation | undefined;
  let latest: RawMap | undefined;
  let figures: MapFigures | undefined;
  let turn = 0;

  async function draw(raw: RawMap, percentile: number) {
    const { engine } = await session();
    return engine.renderMap(raw, { colours: 'diverging', percentile });
  }
  const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
  function show(progress: Progress, sidedShare: number) {
    const { samples, goal, state } = progress;
    figures = { samples, goal, state, sidedShare };
    const count = goal > 1 ? `, ${samples.toLocaleString('en')} of ${goal.toLocaleString('en')} samples` : '';
    tag.textContent = `${title}${count}`;
    share.textContent = percent(sidedShare);
    bar.style.transform = `scaleX(${sidedShare})`;
    canvas.setAttribute('aria-label', `${title}${count}: ${percent(sidedShare)} on the object it speaks for`);
    changed();
  }
  let wanted = 99;

  async function follow(running: Explanation, mine: number) {
    const { engine } = await session();
    for await (const progress of running) {
      const [pixels, { sidedShare }] = await Promise.all([draw(progress, wanted), engine.measure(progress)]);
      if (mine !== turn) return;
      latest = progress;
      showPixels(canvas, pixels);
      show(progress, sidedShare);
    }
  }

  return {
    canvas,
    get title() {
      return title;
    },
    name(words) {
      title = tag.textContent = words;
    },
    get figures() {
      return figures;
    },
    run(input, options, percentile) {
      const mine = ++turn;
      wanted = percentile;
      explanation?.cancel();
      tag.textContent = title;
      session()
        .then(({ model }) => {
          if (mine !== turn) return;
          explanation = model.explain(input, options);
          return follow(explanation, mine);
        })
        .catch((error: unknown) => {
          if (mine === turn) failed(error);
        });
    },
    redraw(percentile) {
      wanted = percentile;
      const mine = turn;
      if (latest) draw(latest, percentile).then((pixels) => mine === turn && showPixels(canvas, pixels), failed);
    },
    stop: () => explanation?.pause(),
    goOn: () => explanation?.resume(),
  };
}
