// A random network by a seed: {seed, opset, input: dims, nodes, constants, output}. It grows node by node, each on values that are
// known, so that what comes out is legal and its numbers are neither all alike nor beyond reason.
import { byName, drawn } from './operators/table.mjs';
import { randomness } from './random.mjs';
import { sizeOf } from './tensor.mjs';

const mostElements = 900;
const largest = 60;
const opsets = [17, 18, 19, 20, 21, 22, 23, 24];

function sane({ dims, data }) {
  if (dims.length === 0 || dims.length > 6 || data.length === 0 || data.length > mostElements) return false;
  const all = Array.from(data);
  if (!all.every((value) => Math.abs(value) < largest)) return false;
  return data.length === 1 || all.some((value) => Math.abs(value - all[0]) > 1e-3);
}

function inputDims(random) {
  if (random.chance(0.12)) return [1, random.whole(2, 20)];
  return [1, random.oneOf([1, 2, 3, 3, 4, 5, 6, 8, 9]), random.whole(1, 9), random.whole(1, 9)];
}

export function randomInput(random, dims) {
  return Float64Array.from({ length: sizeOf(dims) }, () => Math.fround(random.between(-1.5, 1.5)));
}

class Growth {
  constructor(seed) {
    this.random = randomness(seed);
    this.opset = this.random.oneOf(opsets);
    this.input = inputDims(this.random);
    this.values = new Map([['x', { dims: this.input, data: randomInput(this.random, this.input) }]]);
    this.computed = ['x'];
    this.constants = new Map();
    this.nodes = [];
    this.read = new Set();
  }

  float = Math.fround;

  add(type, dims, data) {
    const name = `c${this.constants.size}`;
    const constant = { type, dims, data: Float64Array.from(data) };
    this.constants.set(name, constant);
    this.values.set(name, constant);
    return name;
  }
  constantOf(dims, data) {
    return this.add('float32', dims, data);
  }
  constant(dims, low, high) {
    return this.constantOf(
      dims,
      Array.from({ length: sizeOf(dims) }, () => Math.fround(this.random.between(low, high))),
    );
  }
  ints(list, dims = [list.length]) {
    return this.add('int64', dims, list);
  }
  indices(dims, size) {
    const one = () => this.random.whole(this.random.chance(0.2) ? -size : 0, size - 1);
    return this.ints(Array.from({ length: sizeOf(dims) }, one), dims);
  }
  booleans(dims) {
    return this.add(
      'bool',
      dims,
      Array.from({ length: sizeOf(dims) }, () => this.random.whole(0, 1)),
    );
  }

  /** Adds the node where its outputs are sane; true where it did. */
  append(operator, made) {
    if (!made) return false;
    const { reads, outputs = 1, ...attributes } = made;
    const results = operator.run(
      reads.map((name) => this.values.get(name)),
      attributes,
    );
    if (!results.every(sane)) return false;
    const makes = Array.from({ length: outputs }, (_, k) => `v${this.nodes.length}${outputs > 1 ? `_${k}` : ''}`);
    this.nodes.push({ op: operator.name, reads, makes, attributes });
    for (const name of reads) this.read.add(name);
    for (const [k, name] of makes.entries()) {
      this.values.set(name, results[k]);
      this.computed.push(name);
    }
    return true;
  }

  grow() {
    const fits = drawn.filter(({ since }) => since <= this.opset);
    for (let tries = 0; tries < 12; ++tries) {
      const recent = this.computed.slice(-2);
      const x = this.random.oneOf(this.random.chance(0.65) ? recent : this.computed);
      const operator = this.random.oneOf(fits);
      const before = this.constants.size;
      if (this.append(operator, operator.make(this, x))) return;
      for (let k = this.constants.size; k-- > before; ) {
        this.constants.delete(`c${k}`);
        this.values.delete(`c${k}`);
      }
    }
  }

  /** Scores from what nobody has read: one row, as it is or as a linear layer's. */
  finish() {
    const leaves = this.computed.filter((name) => !this.read.has(name)).slice(-3);
    const flat = leaves.map((name) => {
      this.append(byName.get('Flatten'), { reads: [name], axis: 0 });
      return this.computed.at(-1);
    });
    if (flat.length > 1) this.append(byName.get('Concat'), { reads: flat, axis: 1 });
    const size = this.values.get(this.computed.at(-1)).data.length;
    if (size > 20 || this.random.chance(0.5)) {
      const scale = 1.5 / Math.sqrt(size);
      const weights = this.constant([this.random.whole(1, 8), size], -scale, scale);
      this.append(byName.get('Gemm'), { reads: [this.computed.at(-1), weights], transB: 1 });
    }
  }
}

/** Leaves out nodes and constants that the output does not need. */
export function pruned(graph) {
  const needed = new Set([graph.output]);
  for (const node of [...graph.nodes].reverse()) {
    if (node.makes.some((name) => needed.has(name))) for (const name of node.reads) needed.add(name);
  }
  const nodes = graph.nodes.filter(({ makes }) => makes.some((name) => needed.has(name)));
  return { ...graph, nodes, constants: new Map([...graph.constants].filter(([name]) => needed.has(name))) };
}

/** Whether the output depends on the input. */
export function isAlive({ nodes, output }) {
  const alive = new Set(['x']);
  for (const node of nodes) if (node.reads.some((name) => alive.has(name))) for (const name of node.makes) alive.add(name);
  return alive.has(output);
}

export function generate(seed) {
  const growth = new Growth(seed);
  for (let count = growth.random.whole(1, 9); count > 0; --count) growth.grow();
  growth.finish();
  const { opset, input, nodes, constants, computed } = growth;
  return pruned({ seed, opset, input, nodes, constants, output: computed.at(-1) });
}
