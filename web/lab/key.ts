// The one key of all maps of the grid: each ends its colours at a value of its own, which stands below it.
import type { Engine } from 'smoothgrad';
import { createColourKey } from '../common/colour_key.js';
import { byId } from '../common/dom.js';
import { text } from '../common/texts.js';
import { unitWords } from '../common/units.js';
import type { Store } from './state.js';

export function createLabKey(engine: Engine, store: Store) {
  const key = createColourKey(byId('key'));
  const unit = unitWords({ method: 'smoothgrad', target: '' }, engine);
  store.subscribe(({ channels }) => {
    const signed = channels === 'signed-sum';
    const colours = signed ? 'diverging' : 'grey';
    const ends = { low: signed ? text('key.same') : '0', high: text('key.second') };
    key.show({
      engine,
      scale: { low: signed ? -1 : 0, high: 1 },
      ends,
      signed,
      colours,
      percentile: 100,
      title: text('key.values'),
      unit,
    });
  });
}
