// Converged? The curve, what each doubling bought, and the figures behind it.
import type { SampledProgress } from 'smoothgrad';
import { byId, fillSelect, make } from '../common/dom.js';
import { shareFormat, showNumber } from '../common/numbers.js';
import { text } from '../common/texts.js';
import type { ConvergenceChart } from './chart.js';
import { ErrorCurve } from './error_curve.js';
import type { LiveMap } from './live.js';
import type { Pace } from './pace.js';
import { readUntil } from './state.js';
import type { Store } from './store.js';
import { createVerdict } from './verdict.js';

export interface Convergence {
  /** Another run begins. */
  begin(): void;
  progressed(progress: SampledProgress): void;
  /** Figures of what is drawn, another look at the same samples included. */
  drawn(progress: SampledProgress): void;
  repaint(): void;
}

const tenths = shareFormat({ maximumFractionDigits: 1 });
const percent = (share: number) => (Number.isNaN(share) ? '–' : tenths(share));
const digits = (value: number) => (Number.isFinite(value) ? value.toFixed(2) : '–');

/** Ranking fifty thousand pixels twice takes the worker some hundredths of a second: not at every frame. */
const growth = 1.25;

/** Relative errors to choose from. */
const errors = [1, 0.7, 0.5, 0.4, 0.3, 0.2, 0.1];

function createWish(store: Store) {
  const select = byId<HTMLSelectElement>('until');
  fillSelect(select, [
    { name: 'trusted', title: text('until.trusted') },
    { name: 'never', title: text('until.never') },
    ...errors.map((error) => ({ name: String(error), title: text('until.error', { error }) })),
  ]);
  select.addEventListener('change', () => {
    const until = readUntil(select.value);
    if (until !== undefined) store.set({ until });
  });
  store.subscribe(({ until }) => {
    select.value = String(until);
  });
}

export function createConvergence(store: Store, map: LiveMap, pace: Pace): Convergence {
  createWish(store);
  const isEnough = ({ relativeError }: SampledProgress) => {
    const { until } = store.get();
    return typeof until === 'number' ? relativeError <= until : until === 'trusted' && verdict.isReached;
  };
  const reached = () => map.sampled && pace.set('enough', isEnough(map.sampled));
  const verdict = createVerdict(store, map, reached);
  store.subscribe(reached);
  const curve = new ErrorCurve();
  let chart: ConvergenceChart | undefined;
  let goal = 0;
  // Half of what the page's own code takes to open, and nothing is to be seen of it before there are two samples.
  void import('./chart.js').then(({ createChart }) => {
    chart = createChart();
    if (goal > 0) chart.draw(curve, goal);
  });
  const panel = byId<HTMLDetailsElement>('converged-panel');
  let ranked = 0;

  async function rank(progress: SampledProgress) {
    const due = progress.state === 'running' ? progress.samples >= ranked * growth : progress.samples !== ranked;
    if (!panel.open || !due || progress.samples < 4) return;
    ranked = progress.samples;
    const { explanation } = map;
    const agreement = await explanation?.agreement().catch(() => Number.NaN);
    if (explanation === map.explanation && agreement !== undefined) byId('agreement').textContent = digits(agreement);
  }

  function showDoublings() {
    const doublings = curve.doublings();
    const rows = doublings.map(({ samples, before, after }) =>
      make(
        'tr',
        {},
        make('td', { textContent: `${showNumber(samples / 2)} → ${showNumber(samples)}` }),
        make('td', { textContent: `${digits(before.relative)} → ${digits(after.relative)}` }),
        make('td', { textContent: `${digits(before.corrected)} → ${digits(after.corrected)}` }),
      ),
    );
    const body = byId('doublings');
    if (body.childElementCount !== rows.length) body.replaceChildren(...rows);
    byId('doublings-table').hidden = rows.length === 0;
    const last = doublings.at(-1);
    byId('bought').textContent = last
      ? text('main.bought', {
          from: last.samples / 2,
          to: last.samples,
          before: digits(last.before.relative),
          after: digits(last.after.relative),
        })
      : '';
  }

  function show(progress: SampledProgress) {
    const { samples, keepsClass, outOfRange } = progress;
    const error = curve.errors.at(-1);
    byId('relative-error').textContent = error === undefined ? '–' : digits(error.relative);
    byId('corrected-error').textContent = error === undefined ? '–' : digits(error.corrected);
    byId('keeps-class').textContent = samples > 0 ? percent(keepsClass) : '–';
    byId('out-of-range').textContent = samples > 0 ? percent(outOfRange) : '–';
    byId('error-words').textContent = error === undefined ? '' : text('main.now', { error: digits(error.relative) });
    byId('chart').ariaLabel =
      error === undefined
        ? text('main.error.none')
        : text('main.error', { relative: digits(error.relative), corrected: digits(error.corrected), count: String(samples) });
  }

  panel.addEventListener('toggle', () => map.sampled && rank(map.sampled));
  return {
    begin() {
      curve.clear();
      verdict.begin();
      ranked = 0;
      byId('agreement').textContent = '–';
    },
    progressed(progress) {
      verdict.progressed(progress);
      reached();
      curve.add(progress);
      goal = progress.goal;
      chart?.draw(curve, goal);
      show(progress);
      showDoublings();
      void rank(progress);
    },
    drawn({ denoised }) {
      byId('denoised-error').textContent = denoised?.signal ? digits(denoised.expectedError) : '–';
    },
    repaint: () => chart?.repaint(),
  };
}
