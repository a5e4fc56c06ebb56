// The five most probable classes, and the target where it is none of them; a click makes a class the target.
import { type ClassScore, type Model, type Progress, probabilitiesOf, rankClasses } from 'smoothgrad';
import { byId, make } from '../common/dom.js';
import { showProbability } from '../common/scores.js';
import { text } from '../common/texts.js';
import { defaults } from './state.js';
import type { Store } from './store.js';

type Outputs = Pick<Model, 'classNames' | 'ending'>;
type Row = Pick<ClassScore, 'index' | 'name' | 'probability'>;

const rowCount = 5;

export interface ClassPanel {
  /** A photo's first progress. */
  classified(progress: Progress, model: Outputs): void;
  progressed(progress: Progress, model: Outputs): void;
  /** Makes the class of that rank, from 0, the target. */
  choose(rank: number): void;
}

export function createClasses(store: Store): ClassPanel {
  const list = byId('classes');
  let top: readonly Row[] = [];
  let target: Row | undefined;

  const row = ({ index, name, probability }: Row) => {
    const bar = make('span', { className: 'fill' });
    bar.style.transform = `scaleX(${probability})`;
    const label = make('span', { className: 'name', textContent: name });
    const share = make('span', { className: 'share', textContent: showProbability(probability) });
    const button = make('button', { type: 'button', title: text('main.class', { name }) }, bar, label, share);
    button.setAttribute('aria-pressed', String(index === target?.index));
    button.addEventListener('click', () => choose(index));
    return make('li', {}, button);
  };
  /** A class is not told apart from itself. */
  const choose = (index: number) => {
    const { versus, channels } = store.get();
    store.set({ target: index, ...(index === versus ? { versus: undefined, channels: defaults.channels } : { channels }) });
  };
  const draw = () => {
    const extra = target && !top.some(({ index }) => index === target?.index) ? [target] : [];
    const focused = [...list.querySelectorAll('button')].indexOf(document.activeElement as HTMLButtonElement);
    list.replaceChildren(...[...top, ...extra].map(row));
    byId('subject').textContent = target?.name ?? '…';
    document.title = target ? `${target.name} – SmoothGrad` : 'SmoothGrad';
    list.querySelectorAll('button')[focused]?.focus();
  };
  list.replaceChildren(...Array.from({ length: rowCount }, () => make('li', { className: 'blank' })));

  return {
    classified({ logits }, { classNames, ending }) {
      top = rankClasses(logits, classNames, rowCount, ending);
      draw();
    },
    progressed(progress, { classNames, ending }) {
      if (progress.target === target?.index && progress.done > 1) return;
      const probability = probabilitiesOf(progress.logits, ending)[progress.target] ?? 0;
      target = {
        index: progress.target,
        name: classNames[progress.target] ?? text('class', { index: progress.target }),
        probability,
      };
      draw();
    },
    choose(rank) {
      const chosen = top[rank];
      if (chosen) choose(chosen.index);
    },
  };
}
