// Writing ONNX (operators of version 16): tensors, nodes and models as graph/proto.mjs encodes them; and reading a tensor's numbers.
import { encodeModel } from './proto.mjs';

const float32 = 1;
const int64 = 7;
const float16 = 10;
const kinds = { number: { i: 2, f: 1 }, text: 3, ints: 7 };

function halfToFloat(half) {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const readers = {
  [float32]: (bytes) => new Float32Array(bytes),
  [float16]: (bytes) => Float32Array.from(new Uint16Array(bytes), halfToFloat),
  [int64]: (bytes) => Array.from(new BigInt64Array(bytes), Number),
};

/** {dims, data: Float32Array, or of whole numbers an array} of an initializer. */
export function readTensor({ name, dims, data_type, raw_data }) {
  if (!(data_type in readers)) {
    throw new Error(`initializer ${name}: the benchmark reads float32, float16 and int64, not type ${data_type}`);
  }
  if (raw_data === undefined) throw new Error(`initializer ${name}: the benchmark reads raw data alone`);
  return { dims, data: readers[data_type](new Uint8Array(raw_data).buffer) }; // a copy: it starts where the numbers do
}

export const floats = (name, dims, values) => tensor(name, dims, float32, Float32Array.from(values));
export const ints = (name, values) => tensor(name, [values.length], int64, BigInt64Array.from(values, BigInt));

function tensor(name, dims, data_type, values) {
  return { name, dims, data_type, raw_data: new Uint8Array(values.buffer) };
}

function attribute([name, value]) {
  if (Array.isArray(value)) return { name, ints: value, type: kinds.ints };
  if (typeof value === 'string') return { name, s: new TextEncoder().encode(value), type: kinds.text };
  return Number.isInteger(value) ? { name, i: value, type: kinds.number.i } : { name, f: value, type: kinds.number.f };
}

/** output: a name or several; attributes: {name: whole number, fraction, text or list of whole numbers}. */
export function node(op_type, input, output, attributes = {}) {
  const outputs = [output].flat();
  return { op_type, name: outputs[0], input, output: outputs, attribute: Object.entries(attributes).map(attribute) };
}

const port = (name, dims) => ({
  name,
  type: { tensor_type: { elem_type: float32, shape: { dim: dims.map((dim_value) => ({ dim_value })) } } },
});

/** inputs, outputs: {name: dims}, float32 all of them -> bytes of an .onnx file. */
export function writeModel({ name, inputs, outputs, nodes, initializers }) {
  const ports = (table) => Object.entries(table).map(([key, dims]) => port(key, dims));
  return encodeModel({
    ir_version: 8,
    producer_name: 'smoothgrad-bench',
    opset_import: [{ domain: '', version: 16 }],
    graph: { name, node: nodes, initializer: initializers, input: ports(inputs), output: ports(outputs) },
  });
}
