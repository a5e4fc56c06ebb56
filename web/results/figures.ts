// Figures of the study's file, by their path in it: what the page shows is what the file says, and a test compares the two.
import { type Content, type Html, html } from './html.js';

export type Format = (value: number) => string;
export const decimals =
  (digits: number): Format =>
  (value) =>
    value.toFixed(digits).replace('-', '−');
export const percent: Format = (value) => `${(100 * value).toFixed(value > 0 && value < 0.1 ? 1 : 0)} %`;

/** The value at a path such as `rq1.mean.smooth.3.totalVariation`; NaN where the file has none. */
export function valueAt(parts: unknown, path: string): number {
  const value = path.split('.').reduce((at, key) => (at as Record<string, unknown> | undefined)?.[key], parts);
  return typeof value === 'number' ? value : Number.NaN;
}

/** Writes figures of these parts. */
export type Figure = (path: string, format?: Format) => Html;

export const figuresOf =
  (parts: unknown): Figure =>
  (path, format = decimals(2)) => {
    const value = valueAt(parts, path);
    return Number.isFinite(value)
      ? html`<data value="${value}" data-path="${path}">${format(value)}</data>`
      : html`<span data-path="${path}">–</span>`;
  };

/** A table of figures; the first cell of a row is its heading. */
export function table(caption: string, head: readonly Content[], rows: readonly (readonly Content[])[]): Html {
  const line = ([first, ...rest]: readonly Content[]) =>
    html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>`;
  return html`<div class="table" role="region" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption>
    <thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead><tbody>${rows.map(line)}</tbody></table></div>`;
}

export const folded = (summary: string, content: Content): Html =>
  html`<details><summary>${summary}</summary>${content}</details>`;
