// Any class by its name: an editable combobox with a list (ARIA Authoring Practices), for a thousand names.
import { searchClasses } from 'smoothgrad';
import { byId, make } from './dom.js';
import { text } from './texts.js';

const shownAtMost = 40;

/** Joins the combobox `#<id>` with its list `#<id>-list`; `chosen` is told the index of the class. */
export function createClassSearch(id: string, names: readonly string[], chosen: (index: number) => void) {
  const input = byId<HTMLInputElement>(id);
  const list = byId(`${id}-list`);
  let found: number[] = [];
  let active = -1;

  const activate = (at: number) => {
    list.children[active]?.removeAttribute('aria-selected');
    active = at;
    const option = list.children[at];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option) input.setAttribute('aria-activedescendant', option.id);
    else input.removeAttribute('aria-activedescendant');
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    activate(-1);
  };
  const open = () => {
    found = searchClasses(names, input.value).slice(0, shownAtMost);
    list.replaceChildren(
      ...found.map((index) => {
        const option = make('div', { id: `${id}-${index}`, textContent: names[index] as string, role: 'option' });
        option.addEventListener('pointerdown', (event) => event.preventDefault());
        option.addEventListener('click', () => choose(index));
        return option;
      }),
    );
    const typed = input.value.trim();
    if (found.length === 0) {
      list.append(make('div', { role: 'option', ariaDisabled: 'true', textContent: text('search.none', { typed }) }));
    }
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    activate(typed === '' || found.length === 0 ? -1 : 0);
  };
  const choose = (index: number) => {
    input.value = '';
    close();
    chosen(index);
  };
  const move = (by: number) => {
    if (list.hidden) return open();
    if (found.length === 0) return;
    activate((active + by + found.length) % found.length);
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(active < 0 ? 0 : -1),
    Enter: () => {
      const index = found[active];
      if (!list.hidden && index !== undefined) choose(index);
    },
    Escape: () => {
      input.value = '';
      close();
    },
  };
  input.addEventListener('input', open);
  input.addEventListener('click', open);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    const action = keys[event.key];
    if (!action || event.isComposing) return;
    event.preventDefault();
    action();
  });
  input.placeholder = text('search.hint', { count: names.length });
}
