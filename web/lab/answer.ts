// What a network says to a digit: the class, how sure it is, and a bar for each of the ten.
import { type Model, type Progress, probabilitiesOf } from 'smoothgrad';
import { make } from '../common/dom.js';
import { showProbability } from '../common/scores.js';

const classes = 10;

export interface Answer {
  readonly nodes: readonly HTMLElement[];
  /** From the logits of a pass without noise. */
  show(progress: Progress): void;
  clear(): void;
}

export function createAnswer({ ending }: Pick<Model, 'ending'>): Answer {
  const digit = make('strong', {}, '–');
  const share = make('span', { className: 'share' });
  const bars = Array.from({ length: classes }, () => make('i'));
  const chart = make('span', { className: 'bars' }, ...bars);
  chart.ariaHidden = 'true';

  const draw = (probabilities: ArrayLike<number>, explained: number | undefined) => {
    for (const [i, bar] of bars.entries()) {
      bar.style.setProperty('--share', String(probabilities[i] ?? 0));
      bar.classList.toggle('explained', i === explained);
    }
  };
  return {
    nodes: [make('span', { className: 'says' }, digit, share), chart],
    show({ logits, target }) {
      const probabilities = probabilitiesOf(logits, ending);
      const percent = (index: number) => showProbability(probabilities[index] ?? 0);
      const said = probabilities.indexOf(Math.max(...probabilities));
      digit.textContent = String(said);
      share.textContent = target === said ? percent(said) : `${percent(said)}, ${target}: ${percent(target)}`;
      draw(probabilities, target);
    },
    clear() {
      digit.textContent = '–';
      share.textContent = '';
      draw([], undefined);
    },
  };
}
