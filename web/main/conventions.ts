// What other tools mean by SmoothGrad: choosing one sets all of its defaults, and a sentence says how it differs.
import { type Convention, conventionOptions, type Engine } from 'smoothgrad';
import { byId, fillSelect } from '../common/dom.js';
import { defaults, pick, type State } from './state.js';
import type { Store } from './store.js';

/** All that a convention decides. */
type Decided = Pick<State, keyof ReturnType<typeof conventionOptions> | 'magnitude'>;

const pagesOwn = { name: 'page', title: 'This page, the paper further on' };
const changed = { name: '', title: 'Settings of your own' };

/** How it differs from the paper's, and what that does to the map. */
function differences(convention: Convention, paper: Convention, titles: (reduction: string) => string): string {
  const said = [
    convention.samples !== paper.samples && `${convention.samples} samples in place of ${paper.samples}`,
    convention.sigma !== undefined && `noise of σ = ${convention.sigma}, whatever the range of the photo's values`,
    convention.sigma === undefined && convention.noise !== paper.noise && `${Math.round(convention.noise * 100)} % noise`,
    convention.cleanLast && 'a last sample without noise',
    convention.reduction !== paper.reduction &&
      `the ${titles(convention.reduction).toLowerCase()}, in which what flips its sign from sample to sample adds up instead of cancelling`,
    convention.channels !== paper.channels && 'the strongest channel in place of their sum',
    convention.fromLowest && 'drawn from the lowest value, not from zero',
    convention.percentile === 100 && 'up to the highest, without a cap',
  ].filter((words) => words !== false);
  return said.length === 0 ? 'As in the paper, which stops at 50 samples.' : `Unlike the paper: ${said.join('; ')}.`;
}

export function createConventions(store: Store, engine: Engine) {
  const select = byId<HTMLSelectElement>('convention');
  fillSelect(select, [pagesOwn, ...engine.conventions, changed]);
  const own = select.options[select.length - 1] as HTMLOptionElement;
  own.disabled = true;
  const named = engine.conventions.flatMap((entry) => Object.keys(conventionOptions(entry)));
  const keys = [...new Set([...named, 'magnitude'])] as (keyof Decided)[];
  const pages = pick(defaults, keys);
  const decided = (from: Convention) => pick({ ...defaults, magnitude: 'plain', ...conventionOptions(from) }, keys);
  const follows = (state: State, values: Decided) => keys.every((key) => state[key] === values[key]);
  const find = (name: string) => engine.conventions.find((convention) => convention.name === name);
  const paper = find('paper') ?? engine.conventions[0];
  const titleOf = (reduction: string) => engine.reductions.find(({ name }) => name === reduction)?.title ?? reduction;

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
          ? 'As in the paper, but it goes on past 50 samples, since more do pay; the noise comes in pairs, +ε and −ε, which ' +
            'saves about a ninth of the samples; and what is drawn is denoised.'
          : 'No tool has these defaults.';
  });
}
