// Whether answers are right: scores against the network in double, gradients against its central differences along random
// directions, in which every element has its part.
import { derivative, evaluate, scoresOf } from './interpret.mjs';

/** Within this of a kink float32 may be on its other side. */
export const nearKink = 2e-4;

const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
const norm = (values) => Math.sqrt(dot(values, values));

/** Of scores and slopes: what is smaller is compared with this, since it may be the difference of larger ones, or 0. */
const least = 0.15;

function relativeError(values, right) {
  const difference = Float64Array.from(values, (value, i) => value - right[i]);
  return norm(difference) / Math.max(norm(right), least);
}

const directionOf = (random, size) => Float64Array.from({ length: size }, () => (random.chance(0.5) ? 1 : -1));

/** What is right for one image, and how exactly float32 can be expected to find it. */
export function expectation(graph, input, weights, random, directions = 3) {
  const { scores, distance } = evaluate(graph, input);
  const rounding = relativeError(scoresOf(graph, input, true), scores);
  const slopes = [];
  let smooth = true;
  for (let k = 0; k < directions; ++k) {
    const direction = directionOf(random, input.length);
    const { slope, again } = derivative(graph, input, weights, direction);
    // The derivative a rounding away: what is so steep cannot be known better.
    const beside = input.map((value, i) => value * (1 + (i % 2 ? 1e-6 : -1e-6)));
    const { slope: moved } = derivative(graph, beside, weights, direction);
    smooth &&= Math.abs(slope - again) <= 1e-4 * (Math.abs(slope) + 1e-2);
    slopes.push({ direction, slope, steepness: Math.abs(moved - slope) });
  }
  return { scores, distance, smooth, rounding, slopes, weights };
}

/** What is wrong with an answer for one image, or undefined. */
export function faultOf({ scores, gradient }, expected) {
  const limit = Math.max(1e-4, 30 * expected.rounding);
  const error = relativeError(scores, expected.scores);
  if (!(error <= limit)) return `its scores differ by ${error.toExponential(1)}, more than ${limit.toExponential(1)}`;
  const size = norm(gradient);
  for (const { direction, slope, steepness } of expected.slopes) {
    const found = dot(gradient, direction);
    const slack = 3e-4 * Math.max(size, Math.abs(slope), least) + 10 * steepness;
    if (!(Math.abs(found - slope) <= slack)) {
      return `along a direction its gradient rises by ${found.toPrecision(5)}, the scores by ${slope.toPrecision(5)}`;
    }
  }
  return undefined;
}

const areNumbers = (values) => values.every(Number.isFinite);

/** The answers of two ways for one image: what differs, or undefined; nothing of what neither has numbers for. */
export function differenceOf(a, b, tolerance) {
  for (const part of ['scores', 'gradient']) {
    if (!areNumbers(a[part]) && !areNumbers(b[part])) continue;
    const error = relativeError(a[part], b[part]);
    if (!(error <= tolerance)) return `its ${part} differ by ${error.toExponential(1)}`;
  }
  return undefined;
}
