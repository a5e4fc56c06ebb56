// What rows or columns are, and which of their entries are on: a menu, and a switch for each entry.
import { byId, fillSelect, make } from '../common/dom.js';
import { axes, type Context, entriesOn, findAxis } from './axes.js';
import type { Store } from './state.js';

/** Names of the two values of the state that say what an axis is and what is on. */
interface Side {
  axis: 'rows' | 'columns';
  listed: 'row' | 'column';
}

export const sides: readonly [Side, Side] = [
  { axis: 'rows', listed: 'row' },
  { axis: 'columns', listed: 'column' },
];

const other = ({ axis }: Side) => (axis === 'rows' ? sides[1] : sides[0]);

export function swapAxes(store: Store) {
  const { rows, columns, row, column } = store.get();
  store.set({ rows: columns, columns: rows, row: column, column: row });
}

function createPicker(store: Store, side: Side) {
  const select = byId<HTMLSelectElement>(side.axis);
  const chips = byId(side.listed);
  fillSelect(select, axes);
  select.value = findAxis(store.get()[side.axis]).name;
  select.addEventListener('change', () => {
    // Both cannot be the same: what the other one was comes here.
    if (select.value === store.get()[other(side).axis]) swapAxes(store);
    else store.set({ [side.axis]: select.value, [side.listed]: '' });
  });

  return (context: Context) => {
    const state = store.get();
    const axis = findAxis(state[side.axis]);
    select.value = axis.name;
    const on = entriesOn(axis, context, state[side.listed]).map(({ value }) => value);
    const focused = [...chips.querySelectorAll('input')].indexOf(document.activeElement as HTMLInputElement);
    chips.replaceChildren(
      ...axis.entries(context, on).map(({ value, title }) => {
        const input = make('input', { type: 'checkbox', value, checked: on.includes(value) });
        // The last one that is on stays on.
        input.disabled = input.checked && on.length === 1;
        input.addEventListener('change', () => {
          const now = input.checked ? [...on, value] : on.filter((known) => known !== value);
          store.set({ [side.listed]: now.join(' ') });
        });
        return make('label', {}, input, make('span', { textContent: title }));
      }),
    );
    chips.querySelectorAll('input')[focused]?.focus();
  };
}

/** Shows both axes; to be called whenever the state or what entries are made of has changed. */
export function createPickers(store: Store): (context: Context) => void {
  const show = sides.map((side) => createPicker(store, side));
  byId('swap').addEventListener('click', () => swapAxes(store));
  return (context) => {
    for (const each of show) each(context);
  };
}
