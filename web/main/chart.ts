// Convergence: both errors against samples, both axes logarithmic, with a line of slope -1/2 and marks at 50 and 200.
import uPlot from 'uplot';
import { byId } from '../common/dom.js';
import { showNumber } from '../common/numbers.js';
import { axis, colour, fontFamily } from '../common/plot_style.js';
import type { ErrorCurve } from './error_curve.js';

const height = 190;
/** The paper sees little gain past 50. */
const marks = [50, 200];
const isDecade = (value: number) => Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-6;

const decadeAxis = (size: number): uPlot.Axis => ({
  ...axis(size),
  // Whole decades only: the lines in between say nothing.
  filter: (_, splits) => splits.map((value) => (isDecade(value) ? value : null)),
  values: (_, splits) => splits.map((value) => (value === undefined || value === null ? '' : showNumber(value))),
});

/** Whole decades around the values; one decade at least. */
function decades(low: number, high: number): [number, number] {
  const from = 10 ** Math.floor(Math.log10(low));
  return [from, Math.max(10 ** Math.ceil(Math.log10(high)), from * 10)];
}

function drawMarks(plot: uPlot) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = colour('--ink-2')();
  ctx.font = `${11 * devicePixelRatio}px ${fontFamily}`;
  ctx.lineWidth = devicePixelRatio;
  for (const samples of marks) {
    const x = Math.round(plot.valToPos(samples, 'x', true));
    if (x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.globalAlpha = 0.5;
    ctx.stroke();
    ctx.globalAlpha = 1;
    ctx.fillText(String(samples), x + 4 * devicePixelRatio, bbox.top + 11 * devicePixelRatio);
  }
  ctx.restore();
}

export interface ConvergenceChart {
  draw(curve: ErrorCurve, goal: number): void;
  repaint(): void;
}

export function createChart(): ConvergenceChart {
  const box = byId('chart');
  let wanted = 50;
  const plot = new uPlot(
    {
      width: box.clientWidth,
      height,
      padding: [8, 18, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, distr: 3, range: () => decades(1, wanted) },
        y: { distr: 3, range: (_, low, high) => (low > 0 ? decades(low, high) : [0.1, 10]) },
      },
      axes: [decadeAxis(24), decadeAxis(34)],
      series: [
        {},
        { stroke: colour('--ink-2'), width: 1.5, dash: [3, 4], points: { show: false } },
        { stroke: colour('--accent'), width: 1.5, dash: [7, 4], points: { show: false } },
        { stroke: colour('--accent'), width: 2.5, points: { show: false } },
      ],
      hooks: { drawAxes: [drawMarks] },
    },
    [[], [], [], []],
    box,
  );
  new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height })).observe(box);

  return {
    draw({ samples, errors }, goal) {
      wanted = Math.max(goal, samples.at(-1) ?? 0);
      const last = samples.length - 1;
      const constant = (errors[last]?.corrected ?? Number.NaN) * Math.sqrt(samples[last] ?? Number.NaN);
      const ahead = last >= 0 && (samples[last] as number) < goal ? [goal] : [];
      const x = [...samples, ...ahead];
      const gap = ahead.map(() => null);
      // Above that, nothing but noise is seen.
      const visible = (value: number) => (value <= 10 ? value : null);
      const corrected = errors.map((error) => visible(error.corrected));
      const ideal = x.map((n) => visible(constant / Math.sqrt(n)));
      plot.setData([x, ideal, [...corrected, ...gap], [...errors.map(({ relative }) => relative), ...gap]]);
    },
    repaint: () => plot.redraw(),
  };
}
