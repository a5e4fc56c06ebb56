// Example maps that the study drew.
import { type Content, type Html, html } from './html.js';

export const pictureFolder = 'results/maps';

/** Nothing where the study drew none. */
export const picture = (file: string | undefined, caption: Content, alt: string): Content =>
  file !== undefined &&
  html`<figure class="shot"><img vite-ignore src="./${pictureFolder}/${file}" alt="${alt}" width="224" height="224" loading="lazy"><figcaption>${caption}</figcaption></figure>`;

/** What it is of is said above it, too: pictures alone do not tell whose they are. */
export const strip = (label: string, pictures: readonly Content[]): Content =>
  pictures.some((one) => one !== false) &&
  html`<div role="group" aria-label="${label}"><p class="whose" aria-hidden="true">${label}</p><div class="strip">${pictures}</div></div>`;

export const rows = (strips: readonly Content[]): Html => html`<div class="strips">${strips}</div>`;
