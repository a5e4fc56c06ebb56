// Where a claim can be tried: a page of the site, with the settings of the claim. The page's script adds the photo in view.
import { type Html, html } from './html.js';

/** Parameters of the page's address; several entries of a grid's axis are parted by spaces. */
export type Try = Readonly<{ page: keyof typeof pages; values?: Readonly<Record<string, string | number>> }>;

const pages = {
  explain: { file: './', says: 'Try on my photo', where: 'Explain' },
  compare: { file: './compare.html', says: 'Try on my photo', where: 'Compare' },
  pair: { file: './pair.html', says: 'Try on my photos', where: 'Two objects' },
  lab: { file: './lab.html', says: 'Try on a digit of mine', where: 'Digit lab' },
} as const;

export function tryLink({ page, values = {} }: Try): Html {
  const { file, says, where } = pages[page];
  const search = new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)])).toString();
  return html`<p class="try-on"><a data-try href="${file}${search === '' ? '' : `?${search}`}">${says}</a> <span>in ${where}</span></p>`;
}
