// The denoised map: what do the same samples say at full resolution?
import { html } from '../html.js';
import { picture, strip, rows as strips } from '../pictures.js';
import { agreementChart } from './denoised_charts.js';
import { agreementClaims } from './denoised_claims.js';
import { honestyClaims } from './denoised_honesty.js';
import { rowsOf } from './denoised_rows.js';
import { tables } from './denoised_tables.js';
import type { SectionMaker } from './section.js';

export const denoised: SectionMaker<'denoised'> = {
  title: 'What do the same samples say, denoised?',
  measured:
    'The agreement of every view with a map of thousands of other samples, at full resolution and over windows, and the number of plain samples that agree as well; the errors that the denoised map expects beside the true ones; how many of the signs that stand out are wrong; and what it makes of noise alone, of random weights, of dark regions and of digits.',
  make(part, { figure }) {
    const rows = rowsOf(part, figure);
    const names = new Map(part.photos.map(({ photo, target }) => [photo, target.name]));
    const className = (photo: string) => names.get(photo) ?? photo;
    const further = part.photos.filter((row) => row.further).map(({ photo }) => className(photo));
    return {
      claims: [...agreementClaims(part, rows, figure), ...honestyClaims(part, rows, figure, className)],
      content: [
        html`<div class="plots">${agreementChart(part, 'rankCorrelation', rows.value, rows.counts)}</div>`,
        strips(
          part.pictures.flatMap(({ photo, shots, converged }) => {
            const name = className(photo);
            return [
              strip(`${name}: plain, and what it comes to`, [
                ...shots.map(({ samples, plain }) =>
                  picture(plain, `plain, n = ${samples}`, `Plain map of ${samples} samples for ${name}`),
                ),
                picture(converged, `plain, n = ${part.reference}`, `Plain map of ${part.reference} samples for ${name}`),
              ]),
              strip(
                `${name}: the same samples, denoised`,
                shots.map(({ samples, denoised: file }) =>
                  picture(file, `denoised, n = ${samples}`, `Denoised map of ${samples} samples for ${name}`),
                ),
              ),
            ];
          }),
        ),
        tables(part, rows, figure, className),
        html`<p class="aside">Measured on ${part.photos.length} photos${further.length > 0 && html`, those above and more, taken for ${further.join(', ')}`}. The other
          samples are of another seed; correlations are those with a map of them without noise, told from its halves.</p>`,
      ],
    };
  },
};
