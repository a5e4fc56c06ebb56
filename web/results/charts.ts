// Charts as SVG, of classes that styles/results.css draws in light and dark; told apart by dashes, markers and labels at the
// lines themselves, so that they read in black and white.
import { type Axis, type AxisOptions, makeAxis } from './axis.js';
import { type Content, type Html, html } from './html.js';

const width = 480;
const height = 300;
const frame = { left: 52, right: 328, top: 14, bottom: 250 };
const labelGap = 15;
/** Of the piece of line before a label. */
const keyWidth = 20;

/** Around (0, 0). */
const markers = {
  circle: 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z',
  square: 'M-3.6 -3.6h7.2v7.2h-7.2z',
  triangle: 'M0 -4.6l4.6 8h-9.2z',
  diamond: 'M0 -5l5 5l-5 5l-5 -5z',
} as const;
export type Marker = keyof typeof markers;

export interface Series {
  /** At the line's end; without one it is drawn faintly, as one of many. */
  label?: string;
  points: readonly (readonly [number, number])[];
  dash?: 'dashed' | 'dotted';
  marker?: Marker;
  hollow?: true;
}

const px = (value: number) => value.toFixed(1);

const mark = (marker: Marker, x: number, y: number, hollow: boolean | undefined) =>
  html`<path class="marker${hollow ? ' hollow' : ''}" d="${markers[marker]}" transform="translate(${px(x)} ${px(y)})"/>`;

const across = (x: Axis, bottom: number): Content => [
  x.marks.map(({ at, text }) => html`<text class="mark" x="${px(at)}" y="${bottom + 18}" text-anchor="middle">${text}</text>`),
  html`<text class="axis" x="${(frame.left + frame.right) / 2}" y="${bottom + 40}" text-anchor="middle">${x.label}</text>`,
];

const grid = (y: Axis): Content =>
  y.marks.map(
    ({ at, text }) =>
      html`<path class="grid" d="M${frame.left} ${px(at)}H${frame.right}"/><text class="mark" x="${frame.left - 7}" y="${px(at + 4)}" text-anchor="end">${text}</text>`,
  );

/** Labels of one column, pushed apart where they would touch, none below the frame. */
function spread(wanted: readonly number[]): number[] {
  const order = [...wanted.keys()].sort((a, b) => (wanted[a] as number) - (wanted[b] as number));
  const placed = [...wanted];
  order.forEach((i, rank) => {
    const above = order[rank - 1];
    if (above !== undefined) placed[i] = Math.max(placed[i] as number, (placed[above] as number) + labelGap);
  });
  order.reverse().forEach((i, rank) => {
    placed[i] = Math.min(placed[i] as number, frame.bottom - rank * labelGap);
  });
  return placed;
}

const drawn = ({ points }: Series, x: Axis, y: Axis) =>
  points.filter(([, value]) => Number.isFinite(value)).map(([a, b]) => [x.at(a), y.at(b)] as const);

const kindOf = ({ dash, label }: Series) => ['line', dash, label === undefined && 'faint'].filter(Boolean).join(' ');

function line(series: Series, x: Axis, y: Axis): Content {
  const points = drawn(series, x, y);
  const path = points.map(([a, b], i) => `${i === 0 ? 'M' : 'L'}${px(a)} ${px(b)}`).join('');
  const { marker, hollow } = series;
  return [html`<path class="${kindOf(series)}" d="${path}"/>`, marker && points.map(([a, b]) => mark(marker, a, b, hollow))];
}

/** Said where it could make a difference look larger than it is. */
const isCut = (values: readonly number[], { from, log }: AxisOptions) =>
  !log && (from ?? Math.min(...values.filter(Number.isFinite))) !== 0 && ' The scale does not begin at 0.';

function figure(title: string, caption: Content, tall: number, content: Content): Html {
  return html`<figure class="plot"><figcaption><strong>${title}</strong> ${caption}</figcaption>
    <svg viewBox="0 0 ${width} ${tall}" role="img" aria-label="${title}">${content}</svg></figure>`;
}

export interface LineChart {
  title: string;
  caption?: Content;
  x: AxisOptions;
  y: AxisOptions;
  series: readonly Series[];
}

export function lineChart({ title, caption, x: acrossOptions, y: upOptions, series }: LineChart): Html {
  const all = series.flatMap(({ points }) => points);
  const x = makeAxis(
    all.map(([value]) => value),
    frame.left,
    frame.right,
    acrossOptions,
  );
  const y = makeAxis(
    all.map(([, value]) => value),
    frame.bottom,
    frame.top,
    upOptions,
  );
  const labelled = series.filter(({ label }) => label !== undefined);
  const ends = spread(labelled.map((one) => drawn(one, x, y).at(-1)?.[1] ?? frame.bottom));
  // Where lines end close to each other their labels alone would not tell them apart.
  const labels = labelled.map((one, i) => {
    const [left, height] = [frame.right + 15, ends[i] as number];
    return [
      html`<path class="${kindOf(one)}" d="M${left} ${px(height)}h${keyWidth}"/>`,
      one.marker && mark(one.marker, left + keyWidth / 2, height, one.hollow),
      html`<text class="label" x="${left + keyWidth + 5}" y="${px(height + 4)}">${one.label}</text>`,
    ];
  });
  const cut = isCut(
    all.map(([, value]) => value),
    upOptions,
  );
  return figure(title, [caption, cut], height, [
    grid(y),
    across(x, frame.bottom),
    series.map((one) => line(one, x, y)),
    labels,
  ]);
}

export interface DotPlot {
  title: string;
  caption?: Content;
  x: AxisOptions;
  /** Of the columns of values, in order. */
  series: readonly { label: string; marker: Marker; hollow?: true }[];
  rows: readonly { label: string; values: readonly number[] }[];
  /** A value that a dotted line marks, such as that of chance. */
  reference?: number;
}

const rowHeight = 24;
const labelWidth = 182;

/** One line a row, its values as markers on it. */
export function dotPlot({ title, caption, x: options, series, rows, reference }: DotPlot): Html {
  const top = 34;
  const bottom = top + rows.length * rowHeight;
  const values = [...rows.flatMap((row) => row.values), ...(reference === undefined ? [] : [reference])];
  const x = makeAxis(values, labelWidth + 12, width - 16, options);
  const key = series.map(({ label, marker, hollow }, i) => {
    const left = labelWidth + 12 + i * 128;
    return [mark(marker, left, 12, hollow), html`<text class="mark" x="${left + 10}" y="16">${label}</text>`];
  });
  const lines = rows.map(({ label, values: dots }, i) => {
    const y = top + i * rowHeight + rowHeight / 2;
    return [
      html`<path class="grid" d="M${labelWidth + 12} ${y}H${width - 16}"/>`,
      html`<text class="label" x="${labelWidth}" y="${y + 4}" text-anchor="end">${label}</text>`,
      dots.map((value, j) => {
        const { marker, hollow } = series[j] as DotPlot['series'][number];
        return mark(marker, x.at(value), y, hollow);
      }),
    ];
  });
  const chance = reference !== undefined && html`<path class="line dotted" d="M${px(x.at(reference))} ${top - 8}V${bottom}"/>`;
  return figure(title, [caption, isCut(values, options)], bottom + 48, [
    key,
    lines,
    chance,
    x.marks.map(
      ({ at, text }) => html`<text class="mark" x="${px(at)}" y="${bottom + 18}" text-anchor="middle">${text}</text>`,
    ),
    html`<text class="axis" x="${(labelWidth + width) / 2}" y="${bottom + 38}" text-anchor="middle">${options.label}</text>`,
  ]);
}
