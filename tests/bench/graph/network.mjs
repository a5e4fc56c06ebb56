// A model as a list of layers with their weights: what both peers' gradient graphs are made from. Knows the operators of the
// benchmark's networks and refuses others.
import { readTensor } from './onnx.mjs';
import { decodeModel } from './proto.mjs';

const attributesOf = (node) =>
  Object.fromEntries(node.attribute.map(({ name, i, ints }) => [name, ints.length > 0 ? ints : i]));

function outputSize(size, kernel, stride, before, after) {
  return Math.floor((size + before + after - kernel) / stride) + 1;
}

/** Where a window of kernel [kh, kw] lies in an input of [C, H, W]. */
function readWindow(attributes, [, height, width], kernel) {
  const [sy, sx] = attributes.strides ?? [1, 1];
  const pads = attributes.pads ?? [0, 0, 0, 0]; // top, left, bottom, right
  const [kh, kw] = kernel;
  const size = [outputSize(height, kh, sy, pads[0], pads[2]), outputSize(width, kw, sx, pads[1], pads[3])];
  return { kernel, strides: [sy, sx], pads, size };
}

const layerMakers = {
  Conv(node, shapes, constants) {
    const [input, weightName, biasName] = node.input;
    const attributes = attributesOf(node);
    const { dims, data } = constants.get(weightName); // [O, I / groups, KH, KW]
    const window = readWindow(attributes, shapes.get(input), dims.slice(2));
    const bias = constants.get(biasName)?.data ?? new Float32Array(dims[0]);
    const [height, width] = window.size;
    return {
      kind: 'conv',
      ...window,
      groups: attributes.group ?? 1,
      dims,
      weights: data,
      bias,
      shape: [dims[0], height, width],
    };
  },
  GlobalAveragePool: (node, shapes) => ({ kind: 'average', shape: [shapes.get(node.input[0])[0], 1, 1] }),
  Add: (node, shapes) => ({ kind: 'add', shape: shapes.get(node.input[0]) }),
  Flatten: (node, shapes) => ({ kind: 'flatten', shape: [shapes.get(node.input[0]).reduce((a, b) => a * b), 1, 1] }),
  Gemm(node, _shapes, constants) {
    const { dims, data } = constants.get(node.input[1]);
    if (attributesOf(node).transB !== 1) throw new Error(`${node.name}: Gemm must have transB = 1`);
    return { kind: 'dense', dims, weights: data, bias: constants.get(node.input[2]).data, shape: [dims[0], 1, 1] };
  },
};

function clampOf(node, constants) {
  if (node.op_type === 'Relu') return [0, Number.POSITIVE_INFINITY];
  return node.input.slice(1).map((name) => constants.get(name).data[0]);
}

/** [{kind, name, inputs, output, shape: [C, H, W] of the output, clamp?: [lo, hi], ...weights}] in the order of the file. */
export function readNetwork(bytes) {
  const { graph } = decodeModel(bytes);
  const constants = new Map(graph.initializer.map((tensor) => [tensor.name, readTensor(tensor)]));
  const [input] = graph.input;
  const inputShape = input.type.tensor_type.shape.dim.slice(1).map(({ dim_value }) => dim_value);
  const shapes = new Map([[input.name, inputShape]]);
  const layers = [];
  for (const node of graph.node) {
    const [output] = node.output;
    if (node.op_type === 'Cast' && constants.has(node.input[0])) {
      constants.set(output, constants.get(node.input[0]));
    } else if (node.op_type === 'Clip' || node.op_type === 'Relu') {
      const before = layers.at(-1);
      if (before.output !== node.input[0]) throw new Error(`${node.name}: an activation must follow its layer`);
      Object.assign(before, { clamp: clampOf(node, constants), output });
      shapes.set(output, before.shape);
    } else if (node.op_type in layerMakers) {
      const layer = layerMakers[node.op_type](node, shapes, constants);
      const inputs = node.input.filter((name) => shapes.has(name));
      layers.push({ ...layer, name: node.name, inputs, output });
      shapes.set(output, layer.shape);
    } else {
      throw new Error(`${node.name}: the benchmark's peers do not know operator ${node.op_type}`);
    }
  }
  return { input: input.name, inputShape, shapes, layers, classes: layers.at(-1).shape[0] };
}

/** [A, B, rest] -> [B, A, rest], each rest turned round if asked: weights of a convolution for its gradient. */
export function swapped(weights, a, b, rest, turn) {
  const result = new Float32Array(weights.length);
  for (let i = 0; i < a; ++i) {
    for (let j = 0; j < b; ++j) {
      for (let k = 0; k < rest; ++k) {
        result[(j * a + i) * rest + (turn ? rest - 1 - k : k)] = weights[(i * b + j) * rest + k];
      }
    }
  }
  return result;
}
