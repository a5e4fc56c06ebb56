// Figures of many photos as means with intervals. Photos of one group (crops of one picture, frames of one film) say less than as
// many that know nothing of each other: the interval is of groups.
import { mean } from '../numbers.js';
import { studentQuantile } from '../student.js';

/** Of one photo; what a figure could not be computed from is null. */
export interface DatasetRow {
  group: string;
  figures: Readonly<Record<string, number | null>>;
}

export interface FigureSummary {
  mean: number;
  /** It holds the mean of all photos of this kind 95 times of 100; null where fewer than 5 groups do not tell. */
  interval: [number, number] | null;
  photos: number;
  groups: number;
}

const share = 0.95;
const fewestGroups = 5;

/**
 * The cluster-robust standard error of a mean (Liang and Zeger 1986), Var = G / (G - 1) sum_g (sum_{i in g} (x_i - mean))^2 / N^2,
 * with Student's t of G - 1 degrees of freedom. Where each group is one photo this is the usual interval of a mean.
 */
export function summaryOf(values: readonly { group: string; value: number }[]): FigureSummary {
  const centre = mean(values.map(({ value }) => value));
  const sums = new Map<string, number>();
  for (const { group, value } of values) sums.set(group, (sums.get(group) ?? 0) + value - centre);
  const [photos, groups] = [values.length, sums.size];
  if (groups < fewestGroups) return { mean: centre, interval: null, photos, groups };
  const squares = [...sums.values()].reduce((total, sum) => total + sum ** 2, 0);
  const error = Math.sqrt((groups / (groups - 1)) * squares) / photos;
  const reach = studentQuantile((1 + share) / 2, groups - 1) * error;
  return { mean: centre, interval: [centre - reach, centre + reach], photos, groups };
}

/** Every figure that some photo has, in the order of their names' first mention. */
export function summarise(rows: readonly DatasetRow[]): Record<string, FigureSummary> {
  const names = [...new Set(rows.flatMap(({ figures }) => Object.keys(figures)))];
  return Object.fromEntries(
    names.flatMap((name) => {
      const values = rows.flatMap(({ group, figures }) => {
        const value = figures[name];
        return typeof value === 'number' ? [{ group, value }] : [];
      });
      return values.length === 0 ? [] : [[name, summaryOf(values)]];
    }),
  );
}
