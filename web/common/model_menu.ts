// Which model: a shipped one, or one of the user's own. Another one is the page opened anew, with what suits its kind.
import type { ShippedModel } from 'smoothgrad';
import { byId, fillSelect, make } from './dom.js';
import { type OwnModel, ownModels } from './own_models.js';
import { modelName } from './session.js';

/** Parameters of the address with which a page begins, by the kind of the model. */
export type Starts = Record<ShippedModel['kind'], Record<string, string>>;

/** Of the first page. Signs matter on digits: they are all white on black. */
export const firstPageStarts: Starts = {
  photos: {},
  digits: { photo: 'digit-4', channels: 'signed-sum', colours: 'diverging' },
};

/** A page's address with a model; the first page's where no other is named. */
export function addressOf(
  { name, kind }: Pick<ShippedModel | OwnModel, 'name' | 'kind'>,
  starts = firstPageStarts,
  page = './',
): string {
  const parameters = new URLSearchParams({ model: name, ...starts[kind] });
  const isolate = new URLSearchParams(location.search).get('isolate');
  if (isolate !== null) parameters.set('isolate', isolate);
  return `${page}?${parameters}`;
}

/** Fills `<select id="model">` of a page that begins like this. */
export async function createModelMenu(shipped: readonly ShippedModel[], starts: Starts) {
  const select = byId<HTMLSelectElement>('model');
  const own = await ownModels();
  fillSelect(select, shipped);
  if (own.length > 0) {
    const options = own.map(({ name, title }) => make('option', { value: name, textContent: title }));
    select.append(make('optgroup', { label: 'Kept in this browser' }, ...options));
  }
  select.value = modelName;
  select.addEventListener('change', () => {
    const chosen = [...shipped, ...own].find(({ name }) => name === select.value);
    if (chosen) location.assign(addressOf(chosen, starts, location.pathname));
  });
}
