// RQ3: are the maps more coherent with the object, and more discriminative between classes?
import type { PartFigures } from '../../../wasm/js/study/parts.js';
import { dotPlot } from '../charts.js';
import { decimals, folded, table } from '../figures.js';
import { html } from '../html.js';
import { picture, rows, strip } from '../pictures.js';
import type { SectionMaker } from './section.js';

type Rq3 = NonNullable<PartFigures['rq3']>;
type Area = 'deletionBlurred' | 'insertionBlurred' | 'deletionZero' | 'insertionZero';

/** Of two maps whether the first is better: deletion should fall early, insertion rise early. */
const better = (area: Area, a: Rq3['maps'][number], b: Rq3['maps'][number]) =>
  area.startsWith('deletion') ? a.mean[area] < b.mean[area] : a.mean[area] > b.mean[area];

const needed = 0.8;

export const rq3: SectionMaker<'rq3'> = {
  title: 'Are the maps more coherent, and more discriminative?',
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
    return {
      claims: [
        {
          id: 'discriminative',
          says: 'With two objects in one photo, SmoothGrad tells better than the gradient which of them speaks for which class.',
          figure: html`Share of the difference of the two classes’ maps, each scaled to [0, 1] as in the paper’s figure 6, with the right sign for its side (chance: 0.5): ${shareOf('gradient', 'scaled')} for the gradient, ${shareOf('smoothgrad', 'scaled')} for SmoothGrad of ${pairSamples} samples; higher on <data value="${more('scaled')}" data-count="pairs">${more('scaled')}</data> of ${counted.length} arrangements that count, of ${part.pairs.length} in all.`,
          rule: `SmoothGrad’s share is the higher one on at least four of five arrangements in which both classes are among the network’s ${known} most probable`,
          cases: [counted.length > 0 && more('scaled') >= needed * counted.length],
        },
        {
          id: 'signed-difference',
          whose: 'Ours',
          says: 'The signs of the gradient of the difference of two logits tell the sides apart, more so under SmoothGrad.',
          figure: html`Share of the channels’ signed sum with the right sign for its side: ${shareOf('gradient', 'signed')} for the gradient, ${shareOf('smoothgrad', 'signed')} for SmoothGrad; higher on ${more('signed')} of ${counted.length} arrangements.`,
          rule: 'SmoothGrad’s share is the higher one on at least four of five arrangements, and above 0.55 on average',
          cases: [counted.length > 0 && more('signed') >= needed * counted.length, part.meanShares.smoothgrad.signed > 0.55],
          note: 'A gradient changes its sign from pixel to pixel: brighter here and darker beside it, whichever class the object is of. Sides show in the size of the gradients, not in their signs.',
        },
        {
          id: 'coherent',
          says: 'SmoothGrad’s maps point at what the class depends on better than the gradient does.',
          figure: html`Deletion (low is good): ${areaOf('smoothgrad', 'deletionBlurred')} for SmoothGrad of ${evaluations} samples, ${areaOf('gradient', 'deletionBlurred')} for the gradient, ${areaOf('edges', 'deletionBlurred')} for the edge detector, ${areaOf('random', 'deletionBlurred')} for noise. Insertion (high is good): ${areaOf('smoothgrad', 'insertionBlurred')}, ${areaOf('gradient', 'insertionBlurred')}, ${areaOf('edges', 'insertionBlurred')}, ${areaOf('random', 'insertionBlurred')}.`,
          rule: 'by both measures, with a blurred copy as replacement, it is better than the gradient, the edge detector and noise, on average over the photos',
          cases: beats,
          note: 'Deletion also rewards blur: a map that marks whole regions removes an object at once, whatever the network looks at.',
        },
      ],
      content: [
        html`<div class="plots">${plot('Deletion and insertion, blurred copy', 'deletionBlurred', 'insertionBlurred', 'those of a blurred copy')}${plot('Deletion and insertion, mid-grey', 'deletionZero', 'insertionZero', 'mid-grey')}${
          counted.length > 0 &&
          dotPlot({
            title: 'Two photos in one input',
            caption: 'Share of the scaled class difference with the right sign for its side; dotted: chance.',
            x: { label: 'share with the right sign' },
            series: [
              { label: 'gradient', marker: 'circle', hollow: true },
              { label: 'SmoothGrad', marker: 'circle' },
            ],
            rows: counted.map((row) => ({
              label: pairName(row),
              values: [row.shares.gradient.scaled, row.shares.smoothgrad.scaled],
            })),
            reference: 0.5,
          })
        }</div>`,
        rows(
          counted.map((row) =>
            strip(`Two photos in one input: ${pairName(row)}`, [
              picture(
                row.pictures?.photo,
                pairName(row),
                `The middle halves of two photos beside each other: ${pairName(row)}`,
              ),
              picture(
                row.pictures?.gradient,
                'gradient; red: left, blue: right',
                `Class difference by the plain gradient, ${pairName(row)}`,
              ),
              picture(row.pictures?.smoothgrad, 'SmoothGrad', `Class difference by SmoothGrad, ${pairName(row)}`),
            ]),
          ),
        ),
        folded('All figures of RQ3', [
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
        ]),
      ],
    };
  },
};
