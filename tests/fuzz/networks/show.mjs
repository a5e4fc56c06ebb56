// A network for people.
import { valuesOf } from './interpret.mjs';

const list = (values) => (values.length > 12 ? `[${[...values.slice(0, 12)].join(', ')}, ...]` : `[${[...values].join(', ')}]`);

export function show(graph) {
  const values = valuesOf(graph, new Float64Array(graph.input.reduce((a, b) => a * b)).fill(0.5));
  const dims = (name) => (name === '' ? '' : `${name} [${values.get(name).dims}]`);
  const nodes = graph.nodes.map(
    ({ op, reads, makes, attributes }) =>
      `  ${op}(${reads.map(dims).join(', ')}) -> ${makes.map(dims).join(', ')} ${JSON.stringify(attributes)}`,
  );
  const numbers = [...graph.constants]
    .filter(([, { type, data }]) => type === 'int64' || data.length < 5)
    .map(([name, { data }]) => `  ${name} = ${list(data)}`);
  return [`  operator set ${graph.opset}, x [${graph.input}]`, ...nodes, ...numbers, `  -> ${graph.output}`].join('\n');
}
