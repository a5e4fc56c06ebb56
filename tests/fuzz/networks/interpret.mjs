// A network in double, node by node, and the derivative of its scores by central differences: an oracle that shares nothing with
// the engine.
import { leastDistance, reset } from './kinks.mjs';
import { byName } from './operators/table.mjs';

/** The values of all names. round: to float32 after each node, as a plain engine would. */
export function valuesOf(graph, input, round = false) {
  const values = new Map(graph.constants);
  values.set('x', { dims: graph.input, data: input });
  for (const { op, reads, makes, attributes } of graph.nodes) {
    const results = byName.get(op).run(
      reads.map((name) => values.get(name)),
      attributes,
    );
    for (const [k, name] of makes.entries()) {
      values.set(name, round ? { dims: results[k].dims, data: results[k].data.map(Math.fround) } : results[k]);
    }
  }
  return values;
}

export const scoresOf = (graph, input, round) => valuesOf(graph, input, round).get(graph.output).data;

/** {scores, distance: to the nearest kink}. */
export function evaluate(graph, input) {
  reset();
  const scores = scoresOf(graph, input);
  return { scores, distance: leastDistance() };
}

const step = 1e-5;
const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);

/** Of weights . scores along a direction; also by half the step, which differs beside a kink. */
export function derivative(graph, input, weights, direction) {
  const along = (h) => {
    const moved = (sign) => input.map((value, i) => value + sign * h * direction[i]);
    return (dot(weights, scoresOf(graph, moved(1))) - dot(weights, scoresOf(graph, moved(-1)))) / (2 * h);
  };
  return { slope: along(step), again: along(step / 2) };
}
