// Method in detail: conventions, a second class, the line of Integrated Gradients.
import { type Engine, isSampled, type Progress } from 'smoothgrad';
import { createClassSearch } from '../common/class_search.js';
import { byId } from '../common/dom.js';
import type { Session } from '../common/session.js';
import { named, text } from '../common/texts.js';
import { connectMenu } from './controls.js';
import { createConventions } from './conventions.js';
import { defaults, type State } from './state.js';
import type { Store } from './store.js';

/** The gradient of a difference has signs: white is none, red speaks for the class, blue for the other. */
const channelsOf = (difference: string): Partial<State> => ({
  channels: difference === 'gradient' ? 'signed-sum' : defaults.channels,
});

function connectVersus(store: Store, engine: Engine, names: readonly string[]) {
  createClassSearch('versus-search', names, (versus) => store.set({ versus, ...channelsOf(store.get().difference) }));
  byId('versus-off').addEventListener('click', () => store.set({ versus: undefined, channels: defaults.channels }));
  connectMenu(store, 'difference', named('difference', engine.differences), channelsOf);
  store.subscribe(({ versus }) => {
    byId('versus-chosen').hidden = versus === undefined;
    byId('versus-name').textContent = versus === undefined ? '' : (names[versus] ?? text('class', { index: versus }));
  });
}

export interface MethodPanel {
  progressed(progress: Progress): void;
}

export function createMethodPanel(store: Store, { engine, model }: Session): MethodPanel {
  createConventions(store, engine);
  connectVersus(store, engine, model.classNames);

  const completeness = byId('completeness');
  return {
    progressed(progress) {
      const found = isSampled(progress) ? progress.completeness : undefined;
      const digits = (value: number) => value.toFixed(2).replace('-', '−');
      completeness.textContent = found
        ? text('main.completeness', { sum: digits(found.sum), rise: digits(found.difference), gap: digits(found.gap) })
        : '';
    },
  };
}
