// What is being looked at follows the user from page to page: it is in the address, and the links between pages take it along.
// What a page does not know stays in its address as it is, and is there again on the page that does. A module for its effect.

/** What one of the two halves calls what other pages have one of. */
const halves = [
  ['photo', 'left'],
  ['target', 'leftClass'],
] as const;

/** The parameters of another page's address. */
export function onward(search: string, page: string): string {
  const parameters = new URLSearchParams(search);
  for (const [one, half] of halves) {
    const [source, goal] = page.endsWith('/pair.html') ? [one, half] : [half, one];
    const value = parameters.get(source);
    if (value !== null) parameters.set(goal, value);
    parameters.delete(source);
  }
  return parameters.toString();
}

/** What is being looked at: the rest of an address says how. */
const subjects = ['photo', 'target', 'model', 'left', 'right', 'leftClass', 'rightClass'];

/** The parameters of a link that says how to look at it, and takes along what. */
export function withSubject(own: string, search: string, page: string): string {
  const parameters = new URLSearchParams(own);
  // Photos beside each other have classes of their own.
  const left = parameters.get('rows') === 'photo' ? ['target'] : [];
  for (const [name, value] of new URLSearchParams(onward(search, page))) {
    if (subjects.includes(name) && !left.includes(name)) parameters.set(name, value);
  }
  return parameters.toString();
}

/** Just before a link is followed, opened in another tab, or copied. */
function refresh({ currentTarget }: Event) {
  const link = currentTarget as HTMLAnchorElement;
  link.search = link.pathname === location.pathname ? location.search : onward(location.search, link.pathname);
}

for (const link of globalThis.document?.querySelectorAll<HTMLAnchorElement>('nav.pages a') ?? []) {
  for (const type of ['pointerdown', 'focus', 'click']) link.addEventListener(type, refresh);
}
