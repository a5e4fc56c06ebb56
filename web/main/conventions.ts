// What other tools mean by SmoothGrad: choosing one sets all of its defaults, and a sentence says how it differs.
import { type Convention, conventionOptions, type Engine } from 'smoothgrad';
import { byId, fillSelect } from '../common/dom.js';
import { toPercent } from '../common/fields.js';
import { named, nameOf, text } from '../common/texts.js';
import { defaults, pick, type State } from './state.js';
import type { Store } from './store.js';

/** All that a convention decides. */
type Decided = Pick<State, keyof ReturnType<typeof conventionOptions> | 'magnitude'>;

const pagesOwn = { name: 'page', title: text('convention.page') };
const changed = { name: '', title: text('convention.own') };

/** How it differs from the paper's, and what that does to the map. */
function differences(convention: Convention, paper: Convention, titles: (reduction: string) => string): string {
  const said = [
    convention.samples !== paper.samples && text('convention.samples', { count: convention.samples, paper: paper.samples }),
    convention.sigma !== undefined && text('convention.sigma', { sigma: convention.sigma }),
    convention.sigma === undefined &&
      convention.noise !== paper.noise &&
      text('convention.noise', { noise: toPercent(convention.noise) }),
    convention.cleanLast && text('convention.clean'),
    convention.reduction !== paper.reduction &&
      text('convention.reduction', { reduction: titles(convention.reduction).toLowerCase() }),
    convention.channels !== paper.channels && text('convention.channels'),
    convention.fromLowest && text('convention.lowest'),
    convention.percentile === 100 && text('convention.cap'),
  ].filter((words) => words !== false);
  return said.length === 0 ? text('convention.paper') : text('convention.unlike', { differences: said.join('; ') });
}

export function createConventions(store: Store, engine: Engine) {
  const select = byId<HTMLSelectElement>('convention');
  fillSelect(select, [pagesOwn, ...named('convention', engine.conventions), changed]);
  const own = select.options[select.length - 1] as HTMLOptionElement;
  own.disabled = true;
  const decidedBy = engine.conventions.flatMap((entry) => Object.keys(conventionOptions(entry)));
  const keys = [...new Set([...decidedBy, 'magnitude'])] as (keyof Decided)[];
  const pages = pick(defaults, keys);
  const decided = (from: Convention) => pick({ ...defaults, magnitude: 'plain', ...conventionOptions(from) }, keys);
  const follows = (state: State, values: Decided) => keys.every((key) => state[key] === values[key]);
  const find = (name: string) => engine.conventions.find((convention) => convention.name === name);
  const paper = find('paper') ?? engine.conventions[0];
  const titleOf = (reduction: string) =>
    nameOf('reduction', reduction, engine.reductions.find(({ name }) => name === reduction)?.title ?? reduction);

  select.addEventListener('change', () => {
    const convention = find(select.value);
    store.set({ ...(convention ? decided(convention) : pages), method: defaults.method });
  });
  store.subscribe((state) => {
    const convention = engine.conventions.find((entry) => follows(state, decided(entry)));
    select.value = convention?.name ?? (follows(state, pages) ? pagesOwn.name : changed.name);
    own.hidden = select.value !== changed.name;
    byId('convention-words').textContent =
      convention && paper
        ? differences(convention, paper, titleOf)
        : select.value === pagesOwn.name
          ? text('convention.further')
          : text('convention.none');
  });
}
