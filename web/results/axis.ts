// A scale of a chart, linear or logarithmic: values to pixels, and where its marks are.
export interface AxisOptions {
  label: string;
  log?: true;
  /** Default: what the values span. */
  from?: number;
  to?: number;
  /** Values that are marked; default: some round ones. */
  marks?: readonly number[];
  format?: (value: number) => string;
}

export interface Axis {
  label: string;
  at: (value: number) => number;
  marks: { at: number; text: string }[];
}

const short = (value: number) => String(Number(value.toPrecision(3)));

/** Round numbers (1, 2 or 5 times a power of ten), at most `most` of them. */
function roundMarks(from: number, to: number, most: number): number[] {
  const rough = (to - from) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) as number);
  const first = Math.ceil(from / step - 1e-9);
  return Array.from({ length: Math.floor(to / step + 1e-9) - first + 1 }, (_, i) => (first + i) * step);
}

/** Powers of ten, or where those are too few, 1, 2 and 5 times them. */
function logMarks(from: number, to: number): number[] {
  const powers = Array.from({ length: 16 }, (_, i) => 10 ** (i - 8));
  const inside = (values: number[]) => values.filter((value) => value >= from * 0.999 && value <= to * 1.001);
  const few = inside(powers);
  return few.length >= 3 ? few : inside(powers.flatMap((power) => [power, 2 * power, 5 * power]));
}

/** begin, end: pixels of the smallest and the largest value. */
export function makeAxis(values: readonly number[], begin: number, end: number, options: AxisOptions): Axis {
  const finite = values.filter((value) => Number.isFinite(value) && (!options.log || value > 0));
  const from = options.from ?? Math.min(...finite);
  const to = options.to ?? Math.max(...finite);
  const scale = options.log ? Math.log : (value: number) => value;
  const span = scale(to) - scale(from) || 1;
  const at = (value: number) => begin + ((scale(value) - scale(from)) / span) * (end - begin);
  const inside = options.marks?.filter((value) => value >= from && value <= to);
  const marks = inside ?? (options.log ? logMarks(from, to) : roundMarks(from, to, 5));
  return { label: options.label, at, marks: marks.map((value) => ({ at: at(value), text: (options.format ?? short)(value) })) };
}
