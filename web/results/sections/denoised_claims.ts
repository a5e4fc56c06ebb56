// What is said of the denoised map, each beside its rule.
import type { Claim } from '../claims.js';
import { decimals, type Figure, percent } from '../figures.js';
import { type Content, html } from '../html.js';
import { type Denoised, measures, type Rows, sharpViews } from './denoised_rows.js';

/** What a prototype reached on five other photos: here it may be worse by so much. */
const slack = 0.02;
const prototype = {
  plain: 0.79,
  correlation: { 16: 0.797, 48: 0.886, 96: 0.925, 192: 0.952 },
  rankCorrelation: 0.87,
  structuralSimilarity: 0.62,
  windows: { 1: 0.962, 2: 0.979 },
  error: 0.568,
};
const prototypeSamples = 48;
const rate = 0.05;
const kept = 0.06;
const worthwhile = 0.01;

const listed = (items: readonly Content[]): Content => items.map((item, i) => html`${i > 0 && '; '}${item}`);

function agreement(part: Denoised, rows: Rows, figure: Figure): Claim[] {
  const { counts, windows, value, shown, equivalent, worth } = rows;
  const others = sharpViews.filter((name) => name !== 'denoised');
  const again: { figure: Content; so: boolean }[] = [
    ...Object.entries(prototype.correlation).map(([n, expected]) => ({
      figure: html`correlation at n = ${n} ${shown('correlation', Number(n), 'denoised')} (${expected})`,
      so: value('correlation', Number(n), 'denoised') >= expected - slack,
    })),
    ...(['rankCorrelation', 'structuralSimilarity'] as const).map((key) => ({
      figure: html`${measures.find((one) => one.key === key)?.title} ${shown(key, prototypeSamples, 'denoised')} (${prototype[key]})`,
      so: value(key, prototypeSamples, 'denoised') >= prototype[key] - slack,
    })),
    ...Object.entries(prototype.windows).map(([window, expected]) => ({
      figure: html`correlation over ${window} pixel${window === '1' ? '' : 's'} ${shown('correlation', prototypeSamples, 'denoised', Number(window))} (${expected})`,
      so: value('correlation', prototypeSamples, 'denoised', Number(window)) >= expected - slack,
    })),
    {
      figure: html`relative error ${figure(`denoised.errors.${rows.at(prototypeSamples)}.mean.denoised`, decimals(3))} (${prototype.error})`,
      so: (part.errors[rows.at(prototypeSamples)]?.mean.denoised ?? 1) <= prototype.error + slack,
    },
  ];
  return [
    {
      whose: 'Ours',
      id: 'denoised-nearest',
      says: 'At full resolution the denoised map is nearer to the converged one than any other view of the same samples.',
      figure: html`It agrees as well as so many plain samples: ${listed(
        measures.map(
          ({ key, title }) =>
            html`by ${title} ${counts.map((n, i) => html`${i > 0 && ', '}${n} as ${equivalent(key, n, 'denoised')}`)}`,
        ),
      )}.`,
      rule: 'by correlation, rank correlation and SSIM it agrees better than each of the other views, at every n, on average over the photos',
      cases: measures.flatMap(({ key }) =>
        counts.flatMap((n) => others.map((name) => value(key, n, 'denoised') > value(key, n, name))),
      ),
    },
    {
      whose: 'Ours',
      id: 'denoised-half',
      says: 'It saves half of the samples.',
      figure: html`By correlation ${counts.map((n, i) => html`${i > 0 && ', '}${n} show what ${equivalent('correlation', n, 'denoised')} plain ones do`)}.`,
      rule: 'at every n the plain map needs at least twice as many samples for its correlation',
      cases: counts.map((n) => worth('correlation', n, 'denoised') >= 2 * n),
      note: 'What it is worth shrinks as n grows: in the end the plain mean is right by itself.',
    },
    {
      whose: 'Ours',
      id: 'denoised-windows',
      says: 'Over a window, too, it agrees at least as well as the plain and the corrected view.',
      figure: html`Correlation at n = ${prototypeSamples}, plain → denoised: ${listed(
        windows
          .slice(1)
          .map(
            (window) =>
              html`w = ${window}: ${shown('correlation', prototypeSamples, 'plain', window)} → ${shown('correlation', prototypeSamples, 'denoised', window)}`,
          ),
      )}.`,
      rule: 'its correlation is the highest of the three for every n and every window from 1 pixel on, on average over the photos',
      cases: windows
        .slice(1)
        .flatMap((window) =>
          counts.flatMap((n) =>
            ['plain', 'corrected'].map(
              (name) => value('correlation', n, 'denoised', window) >= value('correlation', n, name, window),
            ),
          ),
        ),
    },
    {
      whose: 'Ours',
      id: 'denoised-again',
      says: 'It does here what its prototype did on five other photos.',
      figure: html`In brackets the prototype’s, at n = ${prototypeSamples} where nothing else is said: ${listed(again.map((one) => one.figure))}.`,
      rule: `no figure is more than ${slack} worse`,
      cases: again.map(({ so }) => so),
      note: html`These photos are harder: the plain map’s correlation is ${shown('correlation', prototypeSamples, 'plain')} (${prototype.plain}) at n = ${prototypeSamples}, so that in plain samples the denoised one is worth as much.`,
    },
  ];
}

const inPairs = ({ pairs }: Denoised, figure: Figure): Claim => ({
  id: 'denoised-pairs',
  whose: 'Ours',
  says: 'Samples in antithetic pairs say more than as many independent ones.',
  figure: html`By the relative error of the plain mean: ${listed(
    pairs.map(({ samples }, i) => html`${samples} as ${figure(`denoised.pairs.${i}.equivalent.error`, String)}`),
  )}. By the correlation of the denoised map: ${listed(
    pairs.map(
      ({ samples }, i) =>
        html`n = ${samples}: ${figure(`denoised.pairs.${i}.mean.correlationDenoised`, decimals(3))} beside ${figure(`denoised.pairs.${i}.independent`, decimals(3))}`,
    ),
  )}.`,
  rule: 'both are better with pairs at every n, on average over the photos',
  cases: pairs.flatMap(({ samples, mean, independent, equivalent }) => [
    equivalent.error > samples,
    mean.correlationDenoised > independent,
  ]),
});

function uncertainty({ errors, discoveries, flipped, opens, digits }: Denoised, figure: Figure): Claim[] {
  const near = errors.flatMap(({ photos }) =>
    photos.map(({ predicted, denoised }) => Math.abs(predicted / denoised - 1) < 0.1),
  );
  const rule = (name: string) => discoveries.findIndex((row) => row.rule === name);
  const [significance, wider] = [rule('significance'), rule('denoised, false sign rate, wider')];
  const stands = (i: number, key: string) =>
    listed(
      (discoveries[i]?.counts ?? []).map(
        ({ samples }, j) => html`n = ${samples}: ${figure(`denoised.discoveries.${i}.counts.${j}.mean.${key}`, percent)}`,
      ),
    );
  const keeps = (i: number) =>
    (discoveries[i]?.counts ?? []).flatMap(({ photos }) => photos.map(({ wrongSign }) => wrongSign <= rate));
  return [
    {
      whose: 'Ours',
      id: 'denoised-error',
      says: 'The denoised map knows how far off it is.',
      figure: html`Predicted / true relative error: ${listed(
        errors.map(
          ({ samples }, i) =>
            html`n = ${samples}: ${figure(`denoised.errors.${i}.mean.predicted`, decimals(3))} / ${figure(`denoised.errors.${i}.mean.denoised`, decimals(3))}`,
        ),
      )}.`,
      rule: 'its predicted error is within a tenth of the true one, for every photo and n',
      cases: near,
      note: 'Of few samples it expects too little, for it takes the noise that it estimates for the true one.',
    },
    {
      whose: 'Ours',
      id: 'denoised-signs',
      says: 'Of what is said to stand out, no more than 5 % have the wrong sign.',
      figure: html`By the denoised mean, wrong: ${stands(wider, 'wrongSign')}; of all elements stand out: ${stands(wider, 'share')}. By the significance view, wrong: ${stands(significance, 'wrongSign')}; stand out: ${stands(significance, 'share')}.`,
      rule: 'the share with another sign than the reference’s, extrapolated to one without noise, is at most 5 % for every photo and n, by either',
      cases: [...keeps(wider), ...keeps(significance)],
    },
    {
      whose: 'Ours',
      id: 'denoised-gate',
      says: 'Where there is nothing but noise it shows nothing, and where there is something it shows it.',
      figure: html`Of ${figure('denoised.flipped.runs', String)} means of ${flipped.samples} real gradients, half of them with the other sign, ${figure('denoised.flipped.silent', String)} stay without a signal; of ${opens.inputs} photos ${figure('denoised.opens.open', String)} have one at n = ${opens.samples}, and of ${digits.digits} digits ${listed(digits.networks.map(({ name }, i) => html`${figure(`denoised.digits.networks.${i}.counts.0.open`, String)} by ${name}`))}.`,
      rule: 'all of the former do, and all photos and digits have one',
      cases: [
        flipped.silent === flipped.runs,
        opens.open === opens.inputs,
        ...digits.networks.map(({ counts }) => counts[0]?.open === digits.digits),
      ],
    },
  ];
}

function honesty({ looks, randomised, edgesOfReference, digits }: Denoised, figure: Figure, rows: Rows): Claim[] {
  const at = rows.at(prototypeSamples);
  const [look, last] = [looks[at], looks.length - 1];
  const onDigits = digits.networks.flatMap(({ counts }) => counts.map((one) => one.denoised - one.plain >= worthwhile));
  return [
    {
      whose: 'Ours',
      id: 'denoised-invents',
      says: 'It takes nothing from the photo.',
      figure: html`Correlation with the photo’s edges: of networks with random weights ${figure('denoised.randomised.mean.denoised')}, plain ${figure('denoised.randomised.mean.plain')}; of the real one at n = ${prototypeSamples} ${figure(`denoised.looks.${at}.mean.edgesDenoised`)}, of the converged map ${figure('denoised.edgesOfReference')}.`,
      rule: `with random weights it is at most ${kept} either way on every photo, and of the real network’s maps no more than ${kept} above the converged one’s`,
      cases: [
        ...randomised.photos.map(({ denoised }) => Math.abs(denoised) <= kept),
        (look?.mean.edgesDenoised ?? 1) <= edgesOfReference + kept,
      ],
    },
    {
      whose: 'Ours',
      id: 'denoised-dark',
      says: 'Where the true map is dark, it is dark.',
      figure: html`Brightness over the true one in the darkest quarter, plain → denoised: ${listed(
        looks.map(
          ({ samples }, i) =>
            html`n = ${samples}: ${figure(`denoised.looks.${i}.mean.darkPlain`)} → ${figure(`denoised.looks.${i}.mean.darkDenoised`)}`,
        ),
      )}.`,
      rule: 'it is no more than a tenth too bright, for every photo and n',
      cases: looks.flatMap(({ photos }) => photos.map(({ darkDenoised }) => darkDenoised <= 1.1)),
      note: html`The plain map is still ${figure(`denoised.looks.${last}.mean.darkPlain`)} times too bright there at n = ${looks[last]?.samples}.`,
    },
    {
      whose: 'Ours',
      id: 'denoised-digits',
      says: 'It helps on small inputs too.',
      figure: html`Correlation on ${digits.digits} digits of 28 × 28 at n = ${prototypeSamples}, plain → denoised: ${listed(
        digits.networks.map(({ name, counts }, i) => {
          const path = `denoised.digits.networks.${i}.counts.${counts.findIndex(({ samples }) => samples === prototypeSamples)}`;
          return html`${name}: ${figure(`${path}.plain`, decimals(3))} → ${figure(`${path}.denoised`, decimals(3))}`;
        }),
      )}.`,
      rule: `it raises the correlation with other samples by ${worthwhile} or more, for every digit network and n`,
      cases: onDigits,
      note: 'Where the plain mean is nearly right by itself, little is left to gain.',
    },
  ];
}

export const claimsOf = (part: Denoised, rows: Rows, figure: Figure): Claim[] => [
  ...agreement(part, rows, figure),
  inPairs(part, figure),
  ...uncertainty(part, figure),
  ...honesty(part, figure, rows),
];
