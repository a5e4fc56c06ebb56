// Finding and making nodes.

/** The page's element with this id. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const node = document.getElementById(id);
  if (!node) throw new Error(`the page has no #${id}`);
  return node as T;
}

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

/** Options of a <select>, from one of the engine's tables. */
export function fillSelect(select: HTMLSelectElement, entries: readonly { name: string; title: string }[]) {
  select.replaceChildren(...entries.map(({ name, title }) => make('option', { value: name, textContent: title })));
}
