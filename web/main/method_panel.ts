// Method in detail: conventions, pairs of noise, the line of Integrated Gradients, references, a second class.
import type { Engine, Model, Progress } from 'smoothgrad';
import { createClassSearch } from '../common/class_search.js';
import { byId } from '../common/dom.js';
import { connectMenu, connectNumber, connectSlider, connectSwitch } from './controls.js';
import { createConventions } from './conventions.js';
import { isLine, isReference, learnMethods } from './methods.js';
import { defaults, type State } from './state.js';
import type { Store } from './store.js';

/** The gradient of a difference has signs: white is none, red speaks for the class, blue for the other. */
const channelsOf = (difference: string): Partial<State> => ({
  channels: difference === 'gradient' ? 'signed-sum' : defaults.channels,
});

function connectVersus(store: Store, engine: Engine, names: readonly string[]) {
  createClassSearch('versus-search', names, (versus) => store.set({ versus, ...channelsOf(store.get().difference) }));
  byId('versus-off').addEventListener('click', () => store.set({ versus: undefined, channels: defaults.channels }));
  connectMenu(store, 'difference', engine.differences, { also: channelsOf });
  store.subscribe(({ versus }) => {
    byId('versus-chosen').hidden = versus === undefined;
    byId('versus-name').textContent = versus === undefined ? '' : (names[versus] ?? `class ${versus}`);
  });
}

/** Shows what concerns the method: fields say by `data-for` which they are for. */
function showFields({ method }: State) {
  const kinds = [isReference(method) ? method : 'sampled', ...(isLine(method) ? ['line'] : [])];
  for (const field of document.querySelectorAll<HTMLElement>('[data-for]')) {
    field.hidden = !field.dataset.for?.split(' ').some((kind) => kinds.includes(kind));
  }
  for (const id of ['noise', 'goal', 'step']) byId<HTMLInputElement>(id).disabled = isReference(method);
  byId('baseline-label').textContent = isLine(method) ? 'The line begins at' : 'A square is replaced by';
}

export interface MethodPanel {
  progressed(progress: Progress): void;
}

export function createMethodPanel(store: Store, engine: Engine, { classNames, gradCamLayers }: Model): MethodPanel {
  learnMethods(engine);
  createConventions(store, engine);
  connectSwitch(store, 'antithetic');
  connectSwitch(store, 'cleanLast');
  connectNumber(store, 'seed');
  connectSlider(store, { id: 'steps', key: 'steps', settled: true });
  connectSlider(store, { id: 'size', key: 'size', settled: true, words: (pixels) => `${pixels} px` });
  connectMenu(store, 'baseline', engine.baselines);
  const layers = gradCamLayers.map(({ name, shape }) => ({ name, title: `${name}, ${shape.slice(1).join(' × ')}` })).reverse();
  connectMenu(store, 'layer', layers, { own: 'The last that is an image' });
  connectVersus(store, engine, classNames);
  store.subscribe(showFields);

  const completeness = byId('completeness');
  return {
    progressed({ completeness: found }) {
      const digits = (value: number) => value.toFixed(2).replace('-', '−');
      completeness.textContent = found
        ? `The attributions add up to ${digits(found.sum)}, the score rises by ${digits(found.difference)}: a gap of ${digits(found.gap)}.`
        : '';
    },
  };
}
