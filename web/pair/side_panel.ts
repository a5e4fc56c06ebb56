// One half's panel: which photo, which class.
import type { ClassScore, Model } from 'smoothgrad';
import { createClassSearch } from '../common/class_search.js';
import type { CropDialog } from '../common/crop_dialog.js';
import { byId, fillSelect } from '../common/dom.js';
import type { Notices } from '../common/notice.js';
import { createPartLine } from '../common/part_line.js';
import { createSamples } from '../common/sample_buttons.js';
import { showProbability } from '../common/scores.js';
import { text } from '../common/texts.js';
import { classKey, type Side, type State, type Store } from './state.js';

export interface SidePanel {
  readonly panel: HTMLElement;
  readonly chooser: HTMLButtonElement;
  /** What the network says of the photo alone has become known. */
  classified(top: readonly ClassScore[], names: readonly string[]): void;
  /** This model looks at the photo. */
  seen(model: Model): Promise<void>;
  searchable(names: readonly string[]): void;
}

interface Needs {
  put: (photo: string) => void;
  notices: Notices;
  dialog: CropDialog;
}

export function createSidePanel(store: Store, side: Side, { put, notices, dialog }: Needs): SidePanel {
  const panel = document.querySelector(`.half[data-side=${side}]`) as HTMLElement;
  const samples = createSamples(put, panel.querySelector('.samples') as HTMLElement);
  const [button, line] = [panel.querySelector('.cropping button'), panel.querySelector('.part')];
  const partLine = createPartLine(notices, put, {
    button: button as HTMLButtonElement,
    line: line as HTMLElement,
    dialog,
  });
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
    seen: (model) => partLine.show(store.get()[side], model),
    searchable: (all) => createClassSearch(`${side}-search`, all, set),
    classified(scores, all) {
      top = scores;
      names = all;
      show();
    },
  };
}
