// Which of the shipped models: another one is the page opened anew, with what suits its kind.
import type { ShippedModel } from 'smoothgrad';
import { byId, fillSelect } from './dom.js';
import { modelName } from './session.js';

/** `starts`: parameters of the address with which each kind begins. */
export function createModelMenu(models: readonly ShippedModel[], starts: Record<ShippedModel['kind'], Record<string, string>>) {
  const select = byId<HTMLSelectElement>('model');
  fillSelect(select, models);
  select.value = modelName;
  select.addEventListener('change', () => {
    const chosen = models.find(({ name }) => name === select.value);
    const parameters = new URLSearchParams({ model: select.value, ...(chosen ? starts[chosen.kind] : {}) });
    const isolate = new URLSearchParams(location.search).get('isolate');
    if (isolate !== null) parameters.set('isolate', isolate);
    location.search = parameters.toString();
  });
}
