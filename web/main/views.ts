// Which view of the map: the two-up first, then what the engine offers.
import type { NamedEntry } from 'smoothgrad';
import { byId, make } from '../common/dom.js';
import { named, text } from '../common/texts.js';
import type { Store } from './store.js';

export const twoUp: NamedEntry = { name: 'two-up', title: text('view.split') };

export function createViews(store: Store, offered: readonly NamedEntry[]): { next: () => void } {
  const entries = [twoUp, ...named('view', offered)];
  const inputs = entries.map(({ name }) => make('input', { type: 'radio', name: 'view', value: name }));
  byId('views').replaceChildren(
    ...entries.map(({ title }, i) => make('label', {}, inputs[i] as HTMLInputElement, make('span', { textContent: title }))),
  );
  for (const input of inputs) input.addEventListener('change', () => store.set({ view: input.value }));

  store.subscribe(({ view }) => {
    for (const input of inputs) input.checked = input.value === view;
  });
  return {
    next() {
      const at = entries.findIndex(({ name }) => name === store.get().view);
      store.set({ view: (entries[(at + 1) % entries.length] as NamedEntry).name });
    },
  };
}
