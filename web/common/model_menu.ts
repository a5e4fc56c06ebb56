// Which model: a shipped one, or one of the user's own. Another one is the page opened anew, with what suits its kind
// where that is another.
import type { ShippedModel } from 'smoothgrad';
import { byId, fillSelect, make } from './dom.js';
import { type OwnModel, ownModels } from './own_models.js';
import { findSample } from './sample_photos.js';
import { modelName } from './session.js';
import { named, text } from './texts.js';
import { visit } from './visit.js';

/** Parameters of the address with which a page begins, by the kind of the model. */
export type Starts = Record<ShippedModel['kind'], Record<string, string>>;

/** Of the first page. Signs matter on digits: they are all white on black. */
export const firstPageStarts: Starts = {
  photos: {},
  digits: { photo: 'digit-4', channels: 'signed-sum', colours: 'diverging' },
};

/** What only the model knows of which it was said. */
const ofModel = ['target', 'versus', 'layer', 'randomised', 'detail'];

/** A page's address with a model; the first page's where no other is named. `before`: kind of the model that it has now. */
export function addressOf(
  { name, kind }: Pick<ShippedModel | OwnModel, 'name' | 'kind'>,
  starts = firstPageStarts,
  page = './',
  before?: ShippedModel['kind'],
): string {
  const now = new URLSearchParams(location.search);
  const isolate = now.get('isolate');
  // Of the same kind photo and settings stay; a photo of the user's own does in any case.
  const parameters = kind === before ? now : new URLSearchParams(starts[kind]);
  const photo = now.get('photo');
  if (photo !== null && !findSample(photo)) parameters.set('photo', photo);
  for (const key of ofModel) parameters.delete(key);
  parameters.set('model', name);
  if (isolate !== null) parameters.set('isolate', isolate);
  return `${page}?${parameters}`;
}

/** Fills `<select id="model">` of a page that begins like this. */
export async function createModelMenu(shipped: readonly ShippedModel[], starts: Starts) {
  const select = byId<HTMLSelectElement>('model');
  const own = await ownModels();
  fillSelect(select, named('model', shipped));
  const groups = [
    { label: text('models.own'), models: own.filter((model) => model !== visit.model) },
    { label: text('models.visit'), models: own.filter((model) => model === visit.model) },
  ];
  for (const { label, models } of groups) {
    const options = models.map(({ name, title }) => make('option', { value: name, textContent: title }));
    if (options.length > 0) select.append(make('optgroup', { label }, ...options));
  }
  select.value = modelName;
  const find = (model: string) => [...shipped, ...own].find(({ name }) => name === model);
  select.addEventListener('change', () => {
    const chosen = find(select.value);
    if (chosen) location.assign(addressOf(chosen, starts, location.pathname, find(modelName)?.kind));
  });
}
