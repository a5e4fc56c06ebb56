// Any class by its name: an editable combobox with a list (ARIA Authoring Practices), for a thousand names.
import { byId, make } from './dom.js';

const shownAtMost = 40;

/** Names with what was typed as a whole word, then at the start of a word, then anywhere. */
function matches(names: readonly string[], typed: string): number[] {
  const wanted = typed.trim().toLowerCase();
  const isLetter = (letter: string | undefined) => letter !== undefined && /\w/.test(letter);
  const rank = (name: string) => {
    const at = name.toLowerCase().indexOf(wanted);
    if (at < 0) return -1;
    if (isLetter(name[at - 1])) return 2;
    return isLetter(name[at + wanted.length]) ? 1 : 0;
  };
  return [...names.keys()]
    .map((index) => ({ index, rank: rank(names[index] as string) }))
    .filter((found) => found.rank >= 0)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, shownAtMost)
    .map(({ index }) => index);
}

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
    found = matches(names, input.value);
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
      list.append(make('div', { role: 'option', ariaDisabled: 'true', textContent: `No class is called “${typed}”` }));
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
  input.placeholder = `Search ${names.length.toLocaleString('en')} names`;
}
