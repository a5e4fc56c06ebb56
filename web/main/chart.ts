// Convergence: relative error against samples, both logarithmic, with a line of slope -1/2 beside it.
import type { Progress } from 'smoothgrad/element';
import uPlot from 'uplot';
import { byId } from '../shared/dom.js';
import { axis, colour } from '../shared/plot_style.js';

const height = 190;
/** How far above the curve the line runs, so that both can be seen: only its slope means anything. */
const aside = 1.5;
const isDecade = (value: number) => Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-6;

const decadeAxis = (size: number): uPlot.Axis => ({
  ...axis(size),
  // Whole decades only: the lines in between say nothing.
  filter: (_, splits) => splits.map((value) => (isDecade(value) ? value : null)),
  values: (_, splits) => splits.map((value) => value?.toLocaleString('en') ?? ''),
});

/** Whole decades around the values; one decade at least. */
function decades(low: number, high: number): [number, number] {
  const from = 10 ** Math.floor(Math.log10(low));
  return [from, Math.max(10 ** Math.ceil(Math.log10(high)), from * 10)];
}

export interface ConvergenceChart {
  /** Forgets the points: another run begins. */
  begin(): void;
  progressed(progress: Progress): void;
  repaint(): void;
}

export function createChart(): ConvergenceChart {
  const box = byId('chart');
  const samples: number[] = [];
  const errors: number[] = [];
  let goal = 50;

  const plot = new uPlot(
    {
      width: box.clientWidth,
      height,
      padding: [8, 18, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, distr: 3, range: () => decades(1, goal) },
        y: { distr: 3, range: (_, low, high) => (low > 0 ? decades(low, high) : [0.1, 10]) },
      },
      axes: [decadeAxis(24), decadeAxis(34)],
      series: [
        {},
        { stroke: colour('--ink-2'), width: 1.5, dash: [3, 4], points: { show: false } },
        { stroke: colour('--accent'), width: 2.5, points: { show: false } },
      ],
    },
    [[], [], []],
    box,
  );
  new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height })).observe(box);

  const redraw = () => {
    const last = samples.length - 1;
    const constant = last < 0 ? Number.NaN : aside * (errors[last] as number) * Math.sqrt(samples[last] as number);
    const x = last >= 0 && (samples[last] as number) < goal ? [...samples, goal] : [...samples];
    const ideal = x.map((n) => constant / Math.sqrt(n));
    plot.setData([x, ideal, [...errors, ...Array(x.length - errors.length).fill(null)]]);
  };
  return {
    begin() {
      samples.length = errors.length = 0;
    },
    progressed(progress) {
      goal = progress.goal;
      if (progress.samples > (samples.at(-1) ?? 1) && Number.isFinite(progress.relativeError) && progress.relativeError > 0) {
        samples.push(progress.samples);
        errors.push(progress.relativeError);
      }
      const error = errors.at(-1);
      const words =
        error === undefined ? 'Relative error: two samples or more are needed' : `Relative error ${error.toFixed(2)}`;
      box.setAttribute('aria-label', error === undefined ? words : `${words} after ${progress.samples} samples`);
      byId('error-words').textContent = error === undefined ? '' : `now ${error.toFixed(2)}`;
      redraw();
    },
    repaint: () => plot.redraw(),
  };
}
