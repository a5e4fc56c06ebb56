// Which of the shipped models: another one is the page opened anew, with what suits its kind.
import type { ShippedModel } from 'smoothgrad';
import { byId, fillSelect } from '../common/dom.js';
import { modelName } from '../common/session.js';

/** Parameters of the address. Signs matter on digits: they are all white on black. */
const starts: Record<ShippedModel['kind'], Record<string, string>> = {
  photos: {},
  digits: { photo: 'digit-4', channels: 'signed-sum', colours: 'diverging' },
};

export function createModelMenu(models: readonly ShippedModel[]) {
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
