// A network as an ONNX file.
import { onnx } from '../../node/support/onnx.mjs';

/** Attributes that are floats even where their value is whole. */
const floating = new Set(['alpha', 'beta', 'bias', 'gamma', 'epsilon', 'scale', 'softcap']);

export function fileOf({ opset, input, nodes, constants, output }) {
  return onnx({
    input,
    opset,
    outputs: [output],
    outputDims: null,
    nodes: nodes.map(({ op, reads, makes, attributes }) => {
      const marked = Object.entries(attributes).map(([name, value]) => [name, floating.has(name) ? { float: value } : value]);
      return { op, name: makes[0], reads, makes, ...Object.fromEntries(marked) };
    }),
    constants: Object.fromEntries(
      [...constants].map(([name, { type, dims, data }]) => [name, { type, dims, data: [...data] }]),
    ),
  });
}
