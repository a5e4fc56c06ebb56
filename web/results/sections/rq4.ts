// RQ4: does SmoothGrad combine with other methods?
import { dotPlot } from '../charts.js';
import { decimals, table } from '../figures.js';
import { html } from '../html.js';
import { picture, rows, strip } from '../pictures.js';
import type { SectionMaker } from './section.js';

const measures = [
  { key: 'totalVariation', title: 'total variation', plain: 'jumps between neighbouring pixels', up: false },
  { key: 'highFrequencyShare', title: 'high frequencies', plain: 'fine speckle', up: false },
  { key: 'deletionBlurred', title: 'deletion', plain: 'what is left when the marked is erased', up: false },
  { key: 'insertionBlurred', title: 'insertion', plain: 'what comes back with the marked', up: true },
] as const;

export const rq4: SectionMaker<'rq4'> = {
  title: 'Does it help other methods?',
  measured:
    'The measures of the first and the third question for the gradient, Integrated Gradients and Guided BackProp, each alone and under SmoothGrad, at equal numbers of gradient evaluations where a method can spend more than one.',
  make(part, { figure, className }) {
    const { cells, grid, pictures } = part;
    const indexOf = (name: string) => cells.findIndex((cell) => cell.name === name);
    const at = (name: string) => cells[indexOf(name)] as (typeof cells)[number];
    const improves = (base: string, smooth: string) =>
      measures.map(({ key, up }) =>
        up ? at(smooth).mean[key] > at(base).mean[key] : at(smooth).mean[key] < at(base).mean[key],
      );
    const shot = (name: string) => {
      const one = pictures.find((row) => row.name === name);
      const title = at(name).title;
      return picture(one?.file, title, `${title} for ${className(one?.photo ?? '')}`);
    };
    const change = (base: string, smooth: string, key: string) =>
      html`${figure(`rq4.cells.${indexOf(base)}.mean.${key}`, decimals(3))} → ${figure(`rq4.cells.${indexOf(smooth)}.mean.${key}`, decimals(3))}`;
    const claims = grid.slice(1).map(({ base, smooth }) => {
      const better = improves(base, smooth);
      const names = measures.filter((_, i) => better[i]).map(({ plain }) => plain);
      return {
        id: `combines-${base}`,
        says: `SmoothGrad improves ${at(base).title}, too.`,
        answer: html`Alone → averaged over noise: ${measures.slice(0, 2).map(({ key, plain }, i) => html`${i > 0 && '; '}${plain} ${change(base, smooth, key)}`)}.`,
        shown: rows([
          strip(`${className(pictures[0]?.photo ?? '')}: alone, and averaged over noise`, [base, smooth].map(shot)),
        ]),
        rule: 'jumps between neighbouring pixels (total variation), fine speckle (high frequencies) and what is left when the marked is erased (deletion) fall, and what comes back with the marked (insertion) rises, on average over the photos',
        cases: better,
        numbers: html`${measures.slice(2).map(({ key, title }, i) => html`${i > 0 && '; '}${title} ${change(base, smooth, key)}`)}.`,
        note: `Better by: ${names.join(', ') || 'none of them'}.`,
        tryOn: { page: 'compare' as const, values: { rows: 'photo', columns: 'method', column: `${base} ${smooth}` } },
      };
    });
    const plot = (key: (typeof measures)[number]['key'], title: string, label: string) =>
      dotPlot({
        title,
        x: { label },
        series: [
          { label: 'alone', marker: 'circle', hollow: true },
          { label: 'under SmoothGrad', marker: 'circle' },
        ],
        rows: grid.map(({ base, smooth }) => ({ label: at(base).title, values: [at(base).mean[key], at(smooth).mean[key]] })),
      });
    return {
      claims,
      content: [
        html`<div class="plots">${plot('totalVariation', 'Visual noise of each method', 'total variation / sum of the map (low is good)')}${plot('deletionBlurred', 'Deletion of each method', 'area under the probability (low is good)')}${plot('insertionBlurred', 'Insertion of each method', 'area under the probability (high is good)')}</div>`,
        rows([
          strip(
            `${className(pictures[0]?.photo ?? '')}: every method of the grid`,
            grid.flatMap(({ base, smooth }) => [base, smooth]).map(shot),
          ),
        ]),
        table(
          'Mean over the photos',
          ['method', 'gradient evaluations', ...measures.map(({ title }) => title), 'deletion, grey', 'insertion, grey'],
          cells.map(({ title, samples, steps, evaluations }, i) => [
            title,
            samples > 1 && steps > 1 ? `${samples} × ${steps}` : evaluations,
            ...[...measures.map(({ key }) => key), 'deletionZero', 'insertionZero'].map((key) =>
              figure(`rq4.cells.${i}.mean.${key}`, decimals(3)),
            ),
          ]),
        ),
        html`<p class="aside">A gradient and Guided BackProp alone have nothing to spend more than one evaluation on.</p>`,
      ],
    };
  },
};
