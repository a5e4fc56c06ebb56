// Method in detail: conventions, pairs of noise, the line of Integrated Gradients, a second class.
import type { Engine } from 'smoothgrad';
import { createClassSearch } from '../shared/class_search.js';
import { byId } from '../shared/dom.js';
import { connectMenu, connectNumber, connectSlider, connectSwitch } from './controls.js';
import { createConventions } from './conventions.js';
import { defaults, type State } from './state.js';
import type { Store } from './store.js';

/** Differences have a sign: white is none, red speaks for the class, blue for the other. */
const signed: Partial<State> = { channels: 'signed-sum', colours: 'diverging' };

function connectVersus(store: Store, names: readonly string[]) {
  createClassSearch('versus-search', names, (versus) => store.set({ versus, ...signed }));
  const off = byId('versus-off');
  off.addEventListener('click', () => store.set({ versus: undefined, channels: defaults.channels, colours: defaults.colours }));
  store.subscribe(({ versus }) => {
    byId('versus-chosen').hidden = versus === undefined;
    byId('versus-name').textContent = versus === undefined ? '' : (names[versus] ?? `class ${versus}`);
  });
}

export function createMethodPanel(store: Store, engine: Engine, names: readonly string[]) {
  createConventions(store, engine);
  connectSwitch(store, 'antithetic');
  connectSwitch(store, 'cleanLast');
  connectNumber(store, 'seed');
  connectSlider(store, { id: 'steps', key: 'steps' });
  connectMenu(store, 'baseline', engine.baselines);
  connectVersus(store, names);
  store.subscribe(({ method }) => {
    byId('line').hidden = !method.includes('integrated-gradients');
  });
}
