// How learning goes: loss and share of wrong answers against steps, on a logarithmic axis.
import type { TrainingProgress } from 'smoothgrad/train';
import uPlot from 'uplot';
import { byId } from '../common/dom.js';
import { showNumber } from '../common/numbers.js';
import { axis, colour } from '../common/plot_style.js';
import { text } from '../common/texts.js';

const height = 170;
/** A point more than so many to a curve cannot be seen. */
const pointsAtMost = 400;

export interface LossChart {
  begin(): void;
  progressed(progress: TrainingProgress): void;
  repaint(): void;
}

export function createLossChart(): LossChart {
  const box = byId('loss');
  const steps: number[] = [];
  const losses: (number | null)[] = [];
  const errors: (number | null)[] = [];
  let total = 1;

  const plot = new uPlot(
    {
      width: box.clientWidth,
      height,
      padding: [8, 12, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: () => [0, total] },
        y: { distr: 3, range: (_, low, high) => (low > 0 ? [Math.min(0.01, low), Math.max(3, high)] : [0.01, 3]) },
      },
      axes: [
        { ...axis(24), space: 60 },
        {
          ...axis(36),
          splits: (_, __, low, high) => [0.001, 0.01, 0.1, 1].filter((value) => value >= low && value <= high),
          filter: (_, splits) => splits,
          values: (_, splits) => splits.map(showNumber),
        },
      ],
      series: [
        {},
        { stroke: colour('--accent'), width: 2, points: { show: false } },
        { stroke: colour('--ink-2'), width: 1.5, dash: [3, 4], points: { show: false }, spanGaps: true },
      ],
    },
    [[], [], []],
    box,
  );
  new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height })).observe(box);
  const redraw = () => plot.setData([steps, losses, errors]);

  return {
    begin() {
      steps.length = losses.length = errors.length = 0;
      redraw();
    },
    progressed({ step, steps: goal, loss, accuracy, done }) {
      total = goal;
      if (step === steps.at(-1) || (!done && step < (steps.at(-1) ?? 0) + goal / pointsAtMost)) return;
      steps.push(step);
      // A logarithmic axis has no zero.
      losses.push(loss > 0 ? loss : null);
      errors.push(accuracy < 1 ? 1 - accuracy : null);
      box.setAttribute('aria-label', text('lab.loss.now', { loss: loss.toFixed(3), step, steps: goal }));
      redraw();
    },
    repaint: () => plot.redraw(),
  };
}
