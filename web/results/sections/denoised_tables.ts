// All figures of the denoised part, as tables.
import { decimals, type Figure, percent, table } from '../figures.js';
import { type Content, html } from '../html.js';
import { type Denoised, measures, type Rows, sharpViews } from './denoised_rows.js';

const three = decimals(3);

function agreementTables({ reference, curve }: Denoised, { counts, windows, shown, equivalent }: Rows): Content {
  return measures.map(({ key, title }) => [
    table(
      `${title}, at full resolution; in brackets the number of plain samples that agree as well, of ${curve[0]?.samples} to ${curve.at(-1)?.samples} that were looked at`,
      ['n', ...sharpViews],
      counts.map((samples) => [
        samples,
        ...sharpViews.map((name) =>
          name === 'plain' ? shown(key, samples, name) : html`${shown(key, samples, name)} (${equivalent(key, samples, name)})`,
        ),
      ]),
    ),
    table(
      `${title}, over windows: with the plain map of ${reference} samples over the same window`,
      [
        'n',
        ...windows.slice(1).flatMap((window) => ['plain', 'corrected', 'denoised'].map((name) => `${name}, w = ${window}`)),
      ],
      counts.map((samples) => [
        samples,
        ...windows
          .slice(1)
          .flatMap((window) => ['plain', 'corrected', 'denoised'].map((name) => shown(key, samples, name, window))),
      ]),
    ),
  ]);
}

const pairTable = ({ pairs }: Denoised, figure: Figure): Content =>
  table(
    'Samples in antithetic pairs: in brackets the number of independent plain samples that do as much',
    ['n', 'plain: correlation', 'relative error', 'denoised: correlation', 'relative error', 'wrong sign of what stands out'],
    pairs.map(({ samples }, i) => {
      const mean = (key: string, format = three) => figure(`denoised.pairs.${i}.mean.${key}`, format);
      const as = (key: string) => html`(${figure(`denoised.pairs.${i}.equivalent.${key}`, String)})`;
      return [
        samples,
        html`${mean('correlationPlain')} ${as('plain')}`,
        html`${mean('plain')} ${as('error')}`,
        html`${mean('correlationDenoised')} ${as('denoised')}`,
        mean('denoised'),
        mean('wrongSign', percent),
      ];
    }),
  );

function uncertaintyTables({ errors, calibration, discoveries }: Denoised, figure: Figure): Content {
  return [
    table(
      'Relative error, mean over the photos',
      ['n', 'plain', 'denoised', 'as predicted', 'plain samples with that error'],
      errors.map(({ samples }, i) => [
        samples,
        ...(['plain', 'denoised', 'predicted'] as const).map((key) => figure(`denoised.errors.${i}.mean.${key}`, three)),
        figure(`denoised.errors.${i}.equivalent`, String),
      ]),
    ),
    table(
      'True squared errors over the variance P that was expected, and the share of elements within one and two deviations (.683 and .954 of a normal distribution)',
      ['n', 'all', 'quarter of smallest P', 'of largest P', 'within 1', 'within 2'],
      calibration.map(({ samples }, i) => [
        samples,
        ...(['all', 'smallest', 'largest', 'withinOne', 'withinTwo'] as const).map((key) =>
          figure(`denoised.calibration.${i}.mean.${key}`, three),
        ),
      ]),
    ),
    table(
      'What stands out at a rate of 5 %: share of all elements; of those the share with the wrong sign; and the share whose sign the reference does not confirm at 1.96 of its standard errors',
      ['rule', 'n', 'stands out', 'wrong sign', 'differs from the reference', 'not confirmed'],
      discoveries.flatMap(({ rule, counts }, i) =>
        counts.map(({ samples }, j) => [
          rule,
          samples,
          ...(['share', 'wrongSign', 'againstReference', 'unconfirmed'] as const).map((key) =>
            figure(`denoised.discoveries.${i}.counts.${j}.mean.${key}`, percent),
          ),
        ]),
      ),
    ),
  ];
}

function lookTables({ looks, digits, randomised }: Denoised, figure: Figure, className: (photo: string) => string): Content {
  return [
    table(
      'Brightness over the true one where the map is darkest, and correlation with the photo’s edges',
      ['n', 'dark: plain', 'denoised', 'edges: plain', 'denoised'],
      looks.map(({ samples }, i) => [
        samples,
        ...(['darkPlain', 'darkDenoised', 'edgesPlain', 'edgesDenoised'] as const).map((key) =>
          figure(`denoised.looks.${i}.mean.${key}`),
        ),
      ]),
    ),
    table(
      `Random weights in all ${randomised.layers} layers, n = ${randomised.samples}: correlation with the photo’s edges`,
      ['photo', 'signal', 'plain', 'denoised'],
      randomised.photos.map(({ photo, signal }, i) => [
        className(photo),
        signal ? 'found' : 'none',
        figure(`denoised.randomised.photos.${i}.plain`),
        figure(`denoised.randomised.photos.${i}.denoised`),
      ]),
    ),
    table(
      `${digits.digits} digits: correlation with the map of ${digits.reference} other samples, plain → denoised; how many the gate opens for`,
      ['network', ...(digits.networks[0]?.counts ?? []).map(({ samples }) => `n = ${samples}`)],
      digits.networks.map(({ name, counts }, i) => [
        name,
        ...counts.map((_, j) => {
          const path = `denoised.digits.networks.${i}.counts.${j}`;
          return html`${figure(`${path}.plain`, three)} → ${figure(`${path}.denoised`, three)}; ${figure(`${path}.open`, String)}`;
        }),
      ]),
    ),
  ];
}

export const tables = (part: Denoised, rows: Rows, figure: Figure, className: (photo: string) => string): Content => [
  agreementTables(part, rows),
  uncertaintyTables(part, figure),
  pairTable(part, figure),
  lookTables(part, figure, className),
];
