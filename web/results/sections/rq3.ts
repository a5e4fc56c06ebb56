// RQ3: are the maps more coherent with the object, and more discriminative between classes?
import type { PartFigures } from '../../../wasm/js/study/parts.js';
import { dotPlot } from '../charts.js';
import { decimals, table } from '../figures.js';
import { html } from '../html.js';
import { picture, rows, strip } from '../pictures.js';
import { thresholds } from '../thresholds.js';
import type { SectionMaker } from './section.js';

type Rq3 = NonNullable<PartFigures['rq3']>;
type Area = 'deletionBlurred' | 'insertionBlurred' | 'deletionZero' | 'insertionZero';

/** Of two maps whether the first is better: deletion should fall early, insertion rise early. */
const better = (area: Area, a: Rq3['maps'][number], b: Rq3['maps'][number]) =>
  area.startsWith('deletion') ? a.mean[area] < b.mean[area] : a.mean[area] > b.mean[area];

const { mostArrangements, rightSigns } = thresholds;
const mostOf = `at least ${100 * mostArrangements} % of the arrangements`;

export const rq3: SectionMaker<'rq3'> = {
  title: 'Do the maps point at what matters?',
  measured:
    'The class’s probability while pixels are removed from the photo, or put back, in the order of each map (area under the curve), beside an edge detector and noise; and, of two photos in one input, the share of the class difference that has the right sign for its side.',
  make(part, { figure, className }) {
    const { maps, evaluations, perturbationSteps, pairSamples, known } = part;
    const indexOf = (name: string) => maps.findIndex((row) => row.name === name);
    const [smooth, gradient, edges, random] = ['smoothgrad', 'gradient', 'edges', 'random'].map((name) => maps[indexOf(name)]);
    const areas = ['deletionBlurred', 'insertionBlurred'] as const;
    const others = [gradient, edges, random];
    const beats = others.flatMap((other) => areas.map((area) => !!smooth && !!other && better(area, smooth, other)));
    const areaOf = (name: string, area: Area) => figure(`rq3.maps.${indexOf(name)}.mean.${area}`, decimals(3));
    const counted = part.pairs.flatMap((row) => (row.counts ? [row] : []));
    const more = (kind: 'scaled' | 'signed') =>
      counted.filter(({ shares }) => shares.smoothgrad[kind] > shares.gradient[kind]).length;
    const plot = (title: string, deletion: Area, insertion: Area, how: string) =>
      dotPlot({
        title,
        caption: `Removed pixels become ${how}. Mean over the photos; deletion should be low, insertion high. SG: SmoothGrad.`,
        x: { label: 'area under the probability', from: 0 },
        series: [
          { label: 'deletion', marker: 'circle' },
          { label: 'insertion', marker: 'diamond', hollow: true },
        ],
        rows: maps.map(({ title: label, mean }) => ({
          label: label.replace('SmoothGrad +', 'SG +'),
          values: [mean[deletion], mean[insertion]],
        })),
      });
    const shareOf = (method: 'gradient' | 'smoothgrad', kind: 'scaled' | 'signed') =>
      figure(`rq3.meanShares.${method}.${kind}`, decimals(3));
    const pairName = ({ left, right }: { left: string; right: string }) => `${className(left)} | ${className(right)}`;
    const of = (method: 'gradient' | 'smoothgrad', kind: 'scaled' | 'signed') =>
      counted.map(({ shares }) => shares[method][kind]);
    const sides = (title: string, left: readonly number[], right: readonly number[]) =>
      counted.length > 0 &&
      dotPlot({
        title,
        caption: 'Share with the right sign for its side; dotted: chance.',
        x: { label: 'share with the right sign' },
        series: [
          { label: 'gradient', marker: 'circle', hollow: true },
          { label: 'SmoothGrad', marker: 'circle' },
        ],
        rows: counted.map((row, i) => ({ label: pairName(row), values: [left[i] as number, right[i] as number] })),
        reference: 0.5,
      });
    const strips = counted.map((row) =>
      strip(`Two photos in one input: ${pairName(row)}`, [
        picture(row.pictures?.photo, pairName(row), `The middle halves of two photos beside each other: ${pairName(row)}`),
        picture(
          row.pictures?.gradient,
          'gradient; red: left, blue: right',
          `Class difference by the plain gradient, ${pairName(row)}`,
        ),
        picture(row.pictures?.smoothgrad, 'SmoothGrad', `Class difference by SmoothGrad, ${pairName(row)}`),
      ]),
    );
    return {
      claims: [
        {
          id: 'discriminative',
          says: 'With two objects in a photo, SmoothGrad tells better which of them speaks for which class.',
          answer: html`Of the difference of the two classes’ maps, so much lies on the right side (chance: 0.5): ${shareOf('gradient', 'scaled')} for the gradient, ${shareOf('smoothgrad', 'scaled')} for SmoothGrad. SmoothGrad is the better one on <data value="${more('scaled')}" data-count="pairs">${more('scaled')}</data> of ${counted.length} pairs of photos.`,
          shown: [
            rows(strips.slice(0, 1)),
            sides('Two photos in one input', of('gradient', 'scaled'), of('smoothgrad', 'scaled')),
          ],
          rule: `SmoothGrad’s share is the higher one on ${mostOf} in which both classes are among the network’s ${known} most probable`,
          cases: [counted.length > 0 && more('scaled') >= mostArrangements * counted.length],
          numbers: html`Each map is scaled to [0, 1], as in the paper’s figure 6; ${pairSamples} samples; ${part.pairs.length} arrangements in all, of which ${counted.length} count.`,
          tryOn: { page: 'pair', values: { difference: 'scaled' } },
        },
        {
          id: 'signed-difference',
          whose: 'Ours',
          says: 'Red or blue alone, whether a pixel speaks for one class or for the other, tells the sides apart.',
          answer: html`So many signs are right for their side (chance: 0.5): ${shareOf('gradient', 'signed')} for the gradient, ${shareOf('smoothgrad', 'signed')} for SmoothGrad.`,
          shown: sides('Signs of the difference of two logits', of('gradient', 'signed'), of('smoothgrad', 'signed')),
          rule: `of the gradient of the difference of both scores, SmoothGrad has more right signs than the gradient on ${mostOf}, and more than ${rightSigns} on average`,
          cases: [
            counted.length > 0 && more('signed') >= mostArrangements * counted.length,
            part.meanShares.smoothgrad.signed > rightSigns,
          ],
          numbers: html`SmoothGrad has more on ${more('signed')} of ${counted.length} arrangements.`,
          note: 'A gradient changes its sign from pixel to pixel: brighter here and darker beside it, whichever class the object is of. Sides show in the size of the gradients, not in their signs.',
          tryOn: { page: 'pair', values: { difference: 'gradient' } },
        },
        {
          id: 'coherent',
          says: 'SmoothGrad’s map points at what the answer depends on.',
          answer: html`When what a map marks is erased first, the answer should be lost soon. What is left of its probability: ${areaOf('smoothgrad', 'deletionBlurred')} by SmoothGrad, ${areaOf('gradient', 'deletionBlurred')} by the gradient, ${areaOf('edges', 'deletionBlurred')} by an edge detector, ${areaOf('random', 'deletionBlurred')} by chance.`,
          shown: plot('Erasing and putting back by each map', 'deletionBlurred', 'insertionBlurred', 'those of a blurred copy'),
          rule: 'by erasing (deletion) and by putting back (insertion), with a blurred copy in place of what is gone, it is better than the gradient, the edge detector and chance, on average over the photos',
          cases: beats,
          numbers: html`Putting back, where high is good: ${areaOf('smoothgrad', 'insertionBlurred')}, ${areaOf('gradient', 'insertionBlurred')}, ${areaOf('edges', 'insertionBlurred')}, ${areaOf('random', 'insertionBlurred')}; areas under the curve, ${evaluations} samples.`,
          note: 'Erasing also rewards blur: a map that marks whole regions removes an object at once, whatever the network looks at.',
          tryOn: { page: 'explain', values: { method: 'smoothgrad', magnitude: 'plain' } },
        },
      ],
      content: [
        html`<div class="plots">${plot('Deletion and insertion, mid-grey', 'deletionZero', 'insertionZero', 'mid-grey')}</div>`,
        rows(strips.slice(1)),
        table(
          `Area under the curve of ${perturbationSteps} steps, mean over the photos; ${evaluations} gradient evaluations where a method can spend them`,
          ['map', 'deletion, blurred', 'insertion, blurred', 'deletion, grey', 'insertion, grey', 'total variation'],
          maps.map(({ title, name }) => [
            title,
            ...(['deletionBlurred', 'insertionBlurred', 'deletionZero', 'insertionZero'] as const).map((area) =>
              areaOf(name, area),
            ),
            figure(`rq3.maps.${indexOf(name)}.mean.totalVariation`, decimals(3)),
          ]),
        ),
        table(
          `Arrangements of two photos; those with a class beyond rank ${known} do not count`,
          ['left | right', 'ranks', 'scaled: gradient', 'SmoothGrad', 'signed: gradient', 'SmoothGrad'],
          part.pairs.map((row, i) => [
            pairName(row),
            row.ranks.join(', '),
            ...(row.counts
              ? (['scaled', 'signed'] as const).flatMap((kind) =>
                  (['gradient', 'smoothgrad'] as const).map((method) =>
                    figure(`rq3.pairs.${i}.shares.${method}.${kind}`, decimals(3)),
                  ),
                )
              : ['–', '–', '–', '–']),
          ]),
        ),
      ],
    };
  },
};
