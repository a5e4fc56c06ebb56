// A "?" beside each term: a button that opens its popover, which comes right after it, for the tab key and for who reads along.
import { make } from './dom.js';
import { type Term, termOf } from './terms.js';
import { text } from './texts.js';

function helpOf(term: Term, id: string): readonly [HTMLElement, HTMLElement] {
  const { name, more } = term;
  const mark = make('span', { textContent: '?', ariaHidden: 'true' });
  const button = make('button', { type: 'button', className: 'term' }, mark);
  button.append(make('span', { className: 'unseen', textContent: text('term.what', { name }) }));
  const popover = make('div', { id, className: 'term-text', popover: 'auto' }, make('strong', { textContent: name }));
  popover.append(make('p', { textContent: term.text }));
  if (more) popover.append(make('a', { href: more.href, textContent: more.title }));
  button.popoverTargetElement = popover;
  return [button, popover];
}

/** What is pressed beside a switch must not switch it: the two share a row of their own. */
function rowOf(label: HTMLElement): HTMLElement {
  const row = make('div', { className: label.className });
  label.className = '';
  label.replaceWith(row);
  row.append(label);
  return row;
}

const idOf = (label: HTMLLabelElement) => label.htmlFor || label.querySelector('input')?.id;

/** By the tab key one comes to the control first, of a search with its list. */
const controlOf = (id: string) => document.getElementById(`${id}-list`) ?? document.getElementById(id);

let made = 0;

/** Puts one to every label of the page whose control is a term, and into what names one by `data-term`. */
export function createTermHelp() {
  for (const node of document.querySelectorAll<HTMLElement>('label, [data-term]')) {
    const id = node instanceof HTMLLabelElement ? idOf(node) : undefined;
    const term = termOf(node.dataset.term ?? id ?? '');
    if (!term) continue;
    const help = helpOf(term, `term-${++made}`);
    if (id === undefined) node.append(' ', ...help);
    else if (node.classList.contains('switch')) rowOf(node).append(...help);
    else controlOf(id)?.after(...help);
  }
}
