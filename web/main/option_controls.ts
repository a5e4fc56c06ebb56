// The controls of a run's options: `id` is the option's name, and nothing else need be said of one. What it offers and when it is
// shown stands in the package's table.
import { affectsOf, concerns, type Engine, entriesOf, type Model, type Option, type OptionName, runOptions } from 'smoothgrad';
import { defaultFor, giveRange, isOption } from '../common/option_rows.js';
import type { Session } from '../common/session.js';
import { named, tableNames, text } from '../common/texts.js';
import {
  connectMenu,
  connectNumber,
  connectSlider,
  connectSwitch,
  type FlagKey,
  isConnected,
  type NameKey,
  type NumberKey,
} from './controls.js';
import { isInPairs } from './options.js';
import type { Store } from './store.js';

type Control = HTMLInputElement | HTMLSelectElement;

const controls = () => [...document.querySelectorAll<Control>('input, select')];

const layersOf = ({ gradCamLayers }: Model) =>
  gradCamLayers.map(({ name, shape }) => ({ name, title: `${name}, ${shape.slice(1).join(' × ')}` })).reverse();

/** The value with its unit; `data-zero` of the control says what none is called. */
const wordsOf =
  ({ unit = '' }: Option, { zero }: DOMStringMap) =>
  (value: number) =>
    value === 0 && zero !== undefined ? zero : unit === 'pixels' ? text('unit.px', { value }) : String(value);

function connect(store: Store, control: Control, name: OptionName, { engine, model }: Session) {
  const row: Option = runOptions[name];
  if (control instanceof HTMLSelectElement) {
    return connectMenu(
      store,
      name as NameKey,
      row.kind === 'layer' ? layersOf(model) : named(row.of ? (tableNames[row.of] ?? '') : '', entriesOf(row, engine)),
    );
  }
  if (control.type === 'checkbox')
    return connectSwitch(store, name as FlagKey, name === 'antithetic' ? (state) => isInPairs(state, engine) : undefined);
  giveRange(control, name, 1, model);
  if (control.type === 'number') return connectNumber(store, name as NumberKey);
  connectSlider(store, {
    id: name,
    key: name as NumberKey,
    words: wordsOf(row, control.dataset),
    settled: affectsOf(name) === 'samples',
    otherwise: defaultFor(name, model),
  });
}

/** Those that are connected already have more to them. */
export function connectOptions(store: Store, session: Session) {
  for (const control of controls()) {
    if (isOption(control.id) && !isConnected(control)) connect(store, control, control.id, session);
  }
}

/** What everybody sees keeps its place; details that say nothing to the method are not shown. */
function show(node: HTMLElement, concerned: boolean) {
  if ('disabled' in node && !node.closest('details')) node.disabled = !concerned;
  else (node.closest<HTMLElement>('.field, .switch') ?? node).hidden = !concerned;
}

/** Shows what concerns the method: controls by their option, others by the option that `data-for` names. */
export function followMethod(store: Store, engine: Engine) {
  const all = [...controls(), ...document.querySelectorAll<HTMLElement>('[data-for]')];
  const named = all.map((node) => ({ node, name: node.dataset.for ?? node.id }));
  store.subscribe(({ method }) => {
    for (const { node, name } of named) if (isOption(name)) show(node, concerns(name, method, engine));
  });
}
