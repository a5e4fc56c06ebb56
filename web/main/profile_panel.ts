// Where the time goes, layer by layer: the engine's own profile against its own measured peak.
import type { PreparedPhoto, ProfiledStep } from 'smoothgrad';
import { byId, make } from '../common/dom.js';
import { percentFormat } from '../common/numbers.js';
import { session } from '../common/session.js';
import { text } from '../common/texts.js';
import type { Pace } from './pace.js';

const ms = (value: number) => value.toFixed(value < 10 ? 2 : 1);
const percent = percentFormat(0);

/** Of both passes; a multiply-add is two operations, and the backward pass has as many as the forward one. */
const shareOf = ({ multiplyAdds, forwardMs, backwardMs }: ProfiledStep, peak: number) =>
  (4 * multiplyAdds) / ((forwardMs + backwardMs) * 1e6) / peak;

const sumOf = (steps: readonly ProfiledStep[], key: 'multiplyAdds' | 'savedBytes' | 'forwardMs' | 'backwardMs') =>
  steps.reduce((sum, step) => sum + step[key], 0);

const total = (steps: readonly ProfiledStep[]): ProfiledStep => ({
  name: '',
  kind: '',
  shape: [],
  multiplyAdds: sumOf(steps, 'multiplyAdds'),
  savedBytes: sumOf(steps, 'savedBytes'),
  forwardMs: sumOf(steps, 'forwardMs'),
  backwardMs: sumOf(steps, 'backwardMs'),
});

function row(step: ProfiledStep, longest: number, peak: number, isSum: boolean) {
  const bar = make('span', { className: 'bar', ariaHidden: 'true' });
  bar.style.inlineSize = `${(100 * (step.forwardMs + step.backwardMs)) / longest}%`;
  const name = make('th', { scope: 'row', title: step.name }, isSum ? text('profile.all') : step.name);
  if (!isSum) name.append(bar);
  const share = step.multiplyAdds > 0 ? percent(shareOf(step, peak)) : '–';
  const cells = [isSum ? '' : step.kind, isSum ? '' : step.shape.join(' × '), ms(step.forwardMs), ms(step.backwardMs), share];
  return make('tr', {}, name, ...cells.map((textContent) => make('td', { textContent })));
}

export interface ProfilePanel {
  open(): void;
}

/** `photo`: what is in view now; the run rests while the layers are timed. */
export function createProfilePanel(pace: Pace, photo: () => Promise<PreparedPhoto> | undefined): ProfilePanel {
  const dialog = byId<HTMLDialogElement>('profile');
  const words = byId('profile-words');
  let busy = false;
  byId('profile-close').addEventListener('click', () => dialog.close());

  async function measure() {
    const seen = photo();
    if (!seen || busy) return;
    busy = true;
    pace.set('profile', true);
    words.textContent = text('profile.measuring');
    try {
      const { engine, model } = await session();
      const peak = await engine.peak();
      const steps = await model.profile(await seen, { passes: 5 });
      const longest = Math.max(...steps.map(({ forwardMs, backwardMs }) => forwardMs + backwardMs));
      byId('profile-rows').replaceChildren(...steps.map((step) => row(step, longest, peak, false)));
      const sum = total(steps);
      byId('profile-sum').replaceChildren(row(sum, longest, peak, true));
      words.textContent = text('profile.words', {
        time: ms(sum.forwardMs + sum.backwardMs),
        build: engine.build,
        peak: Math.round(peak),
      });
    } catch (error) {
      words.textContent = text('profile.failed', { message: (error as Error).message });
    } finally {
      busy = false;
      pace.set('profile', false);
    }
  }
  return {
    open() {
      if (!dialog.open) dialog.showModal();
      void measure();
    },
  };
}
