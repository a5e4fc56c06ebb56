// A smaller network with the same fault: its end cut off, nodes passed over, its beginning replaced by a new input.
import { isAlive, pruned } from './generate.mjs';
import { valuesOf } from './interpret.mjs';

/** The scores are one row: of a value that is none, by a Flatten. */
function endingIn(graph, name) {
  const flat = { op: 'Flatten', reads: [name], makes: ['shrunk'], attributes: { axis: 0 } };
  return pruned({ ...graph, nodes: [...graph.nodes.filter(({ makes }) => makes[0] !== 'shrunk'), flat], output: 'shrunk' });
}

/** Of two values with the same dimensions, the one that is read for the one that is made. */
function passingOver(graph, node, values) {
  const own = values.get(node.makes[0]).dims;
  const other = node.reads.find(
    (name) => name !== '' && !graph.constants.has(name) && String(values.get(name).dims) === String(own),
  );
  if (other === undefined || node.makes.length > 1) return undefined;
  const renamed = graph.nodes
    .filter((one) => one !== node)
    .map((one) => ({ ...one, reads: one.reads.map((name) => (name === node.makes[0] ? other : name)) }));
  return pruned({ ...graph, nodes: renamed, output: graph.output === node.makes[0] ? other : graph.output });
}

/** A value becomes the input; what else it was made with becomes constant. */
function beginningAt(graph, name, values) {
  const { dims } = values.get(name);
  if ((dims.length !== 4 && dims.length !== 2) || dims[0] !== 1) return undefined;
  const known = new Set([name]);
  const nodes = [];
  const constants = new Map(graph.constants);
  const rename = (read) => (read === name ? 'x' : read === 'x' ? 'old_x' : read);
  for (const node of graph.nodes) {
    if (!node.reads.some((read) => known.has(read)) || node.makes.includes(name)) continue;
    for (const made of node.makes) known.add(made);
    nodes.push({ ...node, reads: node.reads.map(rename) });
  }
  for (const [made, { dims: own, data }] of values) {
    if (!known.has(made) && made !== '')
      constants.set(rename(made), graph.constants.get(made) ?? { type: 'float32', dims: own, data: data.map(Math.fround) });
  }
  return pruned({ ...graph, input: dims, nodes, constants });
}

function* candidates(graph) {
  const values = valuesOf(
    graph,
    new Float64Array(graph.input.reduce((a, b) => a * b)).map((_, i) => Math.fround(Math.sin(i * 12.9) * 1.2)),
  );
  const made = graph.nodes.flatMap(({ makes }) => makes);
  for (const name of made) if (name !== graph.output && name !== 'shrunk') yield endingIn(graph, name);
  for (const name of [...made].reverse()) yield beginningAt(graph, name, values);
  for (const node of graph.nodes) yield passingOver(graph, node, values);
}

/** fails(graph) resolves to something where the fault is still there. */
export async function shrink(graph, fails) {
  for (let smaller = graph; ; ) {
    let next;
    for (const one of candidates(smaller)) {
      if (!one || !isAlive(one) || one.nodes.length >= smaller.nodes.length) continue;
      if (await fails(one).catch(() => false)) {
        next = one;
        break;
      }
    }
    if (!next) return smaller;
    smaller = next;
  }
}
