// One half's panel: which photo, which class.
import type { ClassScore } from 'smoothgrad';
import { createClassSearch } from '../common/class_search.js';
import { byId, fillSelect } from '../common/dom.js';
import { createSamples } from '../common/sample_buttons.js';
import { showProbability } from '../common/scores.js';
import { text } from '../common/texts.js';
import { classKey, type Side, type State, type Store } from './state.js';

export interface SidePanel {
  readonly panel: HTMLElement;
  readonly chooser: HTMLButtonElement;
  /** What the network says of the photo alone has become known. */
  classified(top: readonly ClassScore[], names: readonly string[]): void;
  searchable(names: readonly string[]): void;
}

export function createSidePanel(store: Store, side: Side, put: (photo: string) => void): SidePanel {
  const panel = document.querySelector(`.half[data-side=${side}]`) as HTMLElement;
  const samples = createSamples(put, panel.querySelector('.samples') as HTMLElement);
  const select = byId<HTMLSelectElement>(`${side}-class`);
  const key = classKey(side);
  let top: readonly ClassScore[] = [];
  let names: readonly string[] = [];

  const set = (index: number | undefined) => store.set({ [key]: index } as Partial<State>);
  select.addEventListener('change', () => set(select.value === '' ? undefined : Number(select.value)));

  const show = () => {
    const chosen = store.get()[key];
    samples.mark(store.get()[side]);
    const best = top[0];
    const others = top.slice(1).map(({ index }) => index);
    const extra = chosen === undefined || top.some(({ index }) => index === chosen) ? [] : [chosen];
    const title = best ? text('pair.best', { name: best.name, probability: showProbability(best.probability) }) : '…';
    const classes = [...others, ...extra].map((index) => ({
      name: String(index),
      title: names[index] ?? text('class', { index }),
    }));
    fillSelect(select, [{ name: '', title }, ...classes]);
    select.value = chosen === undefined || chosen === best?.index ? '' : String(chosen);
  };
  store.subscribe(show);
  return {
    panel,
    chooser: panel.querySelector('.choose') as HTMLButtonElement,
    searchable: (all) => createClassSearch(`${side}-search`, all, set),
    classified(scores, all) {
      top = scores;
      names = all;
      show();
    },
  };
}
