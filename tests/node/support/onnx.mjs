// ONNX files made by a test: protocol buffers by hand, field numbers of onnx.proto.

const varint = (value) => {
  const bytes = [];
  for (let rest = BigInt.asUintN(64, BigInt(value)); ; rest >>= 7n) {
    if (rest < 128n) return [...bytes, Number(rest)];
    bytes.push(Number(rest & 127n) | 128);
  }
};

const number = (field, value) => [...varint(field << 3), ...varint(value)];
const bytes = (field, content) => [...varint((field << 3) | 2), ...varint(content.length), ...content];
const text = (field, value) => bytes(field, Buffer.from(value));
const float = (field, value) => [...varint((field << 3) | 5), ...new Uint8Array(Float32Array.of(value).buffer)];
const each = (list, one) => list.flatMap(one);

export const elementTypes = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7, bool: 9, float16: 10, float64: 11 };

/** A dimension below 0 is open, with a name; null: nothing is said of them. */
const port = (field, name, dims, type) => {
  const shape =
    dims &&
    bytes(
      2,
      each(dims, (dim) => bytes(1, dim < 0 ? text(2, 'open') : number(1, dim))),
    );
  return bytes(field, [...text(1, name), ...bytes(2, bytes(1, [...number(1, elementTypes[type]), ...(shape ?? [])]))]);
};

/** Whole numbers, lists of them, texts, or {float}. */
const attribute = ([name, value]) => {
  const [field, type] = Array.isArray(value)
    ? [each(value, (item) => number(8, item)), 7]
    : typeof value === 'string'
      ? [text(4, value), 3]
      : typeof value === 'object'
        ? [float(2, value.float), 1]
        : [number(3, value), 2];
  return bytes(5, [...text(1, name), ...field, ...number(20, type)]);
};

const node = ({ op, reads, makes, name = `the ${op}`, ...attributes }) => [
  ...each(reads, (name) => text(1, name)),
  ...each([makes].flat(), (name) => text(2, name)),
  ...text(3, name),
  ...text(4, op),
  ...each(Object.entries(attributes), attribute),
];

const arrays = { float32: Float32Array, int64: BigInt64Array, bool: Uint8Array };

/** StringStringEntryProto. */
const entries = (field, record) =>
  each(Object.entries(record), ([key, value]) => bytes(field, [...text(1, key), ...text(2, value)]));

const tensor = ([name, { dims, data, type = 'float32', place }]) =>
  bytes(5, [
    ...each(dims, (dim) => number(1, dim)),
    ...number(2, elementTypes[type]),
    ...text(8, name),
    ...(place
      ? [...entries(13, place), ...number(14, 1)]
      : bytes(9, Buffer.from(arrays[type].from(type === 'int64' ? data.map(BigInt) : data).buffer))),
  ]);

/**
 * The bytes of a model whose nodes lead from x to y. input: its dimensions, below 0 where they are open; constants: {name: {dims,
 * data, or the place of them in another file: {location, offset?, length?}}}; metadata: {key: value}; outputs: names, in the file's order, and
 * their dimensions, which may be left open altogether (null). A node: {op, reads, makes: a name or several, name?, ...attributes}.
 */
export function onnx({
  input,
  type = 'float32',
  nodes,
  constants = {},
  metadata = {},
  outputs = ['y'],
  outputDims = [],
  opset = 17,
}) {
  const graph = [
    ...each(nodes, (one) => bytes(1, node(one))),
    ...text(2, 'made by a test'),
    ...each(Object.entries(constants), tensor),
    ...port(11, 'x', input, type),
    ...each(outputs, (output) => port(12, output, outputDims, 'float32')),
  ];
  return Uint8Array.from([
    ...number(1, 8),
    ...bytes(7, graph),
    ...bytes(8, [...text(1, ''), ...number(2, opset)]),
    ...entries(14, metadata),
  ]);
}

/** Scores that are weighted sums of the channels' means: weights [classes][channels]. */
export const meansOfChannels = (weights, { before = [], reads = 'x', after = [], ...rest } = {}) =>
  onnx({
    input: [1, weights[0].length, 4, 4],
    ...rest,
    nodes: [
      ...before,
      { op: 'GlobalAveragePool', reads: [reads], makes: 'pooled' },
      { op: 'Flatten', reads: ['pooled'], makes: 'flat' },
      { op: 'Gemm', reads: ['flat', 'w'], makes: after.length > 0 ? 'scores' : 'y', transB: 1 },
      ...after,
    ],
    constants: { w: { dims: [weights.length, weights[0].length], data: weights.flat() }, ...rest.constants },
  });

/** The same with its weights in another file, as PyTorch's exporter writes it: {onnx, data}, the bytes of both. */
export function meansWithData(weights, location, more = {}) {
  const place = { location, offset: '8', length: String(4 * weights.flat().length) };
  const data = new Uint8Array(Float32Array.from([9, 9, ...weights.flat()]).buffer);
  const w = { dims: [weights.length, weights[0].length], place };
  return { onnx: meansOfChannels(weights, { ...more, constants: { w } }), data };
}
