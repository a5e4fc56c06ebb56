// The gradient of one logit as an ONNX graph: noise added, forward nodes, and behind them the backward nodes that automatic
// differentiation would have written, chosen for speed in ONNX Runtime: dX of a stride-1 convolution is a convolution with
// flipped, transposed weights, of a strided one a ConvTranspose (zeros between the gradients and a Conv cost 10 % more of a
// sample).

import { readNetwork, swapped } from '../graph/network.mjs';
import { floats, ints, node, writeModel } from '../graph/onnx.mjs';
import { maximum } from './onnxruntime_pooling.mjs';

class Writer {
  nodes = [];
  initializers = [];
  #constants = new Map();

  add(op, inputs, output, attributes) {
    this.nodes.push(node(op, inputs, output, attributes));
    return output;
  }
  weights(name, dims, values) {
    this.initializers.push(floats(name, dims, values));
    return name;
  }
  constant(value) {
    const name = `constant ${value}`;
    if (!this.#constants.has(name)) this.#constants.set(name, this.weights(name, [], [value]));
    return name;
  }
  list(name, values) {
    this.initializers.push(ints(name, values));
    return name;
  }
}

const forwardMakers = {
  conv(writer, layer, [input]) {
    const weights = writer.weights(`${layer.name} W`, layer.dims, layer.weights);
    const bias = writer.weights(`${layer.name} b`, [layer.bias.length], layer.bias);
    const { kernel: kernel_shape, strides, pads, groups: group } = layer;
    return writer.add('Conv', [input, weights, bias], `${layer.name} z`, { kernel_shape, strides, pads, group });
  },
  maximum: maximum.forward,
  average: (writer, layer, inputs) => writer.add('GlobalAveragePool', inputs, layer.output),
  add: (writer, layer, inputs) => writer.add('Add', inputs, layer.output),
  flatten: (writer, layer, inputs) => writer.add('Flatten', inputs, layer.output, { axis: 1 }),
  dense(writer, layer, [input]) {
    const weights = writer.weights(`${layer.name} W`, layer.dims, layer.weights);
    const bias = writer.weights(`${layer.name} b`, [layer.bias.length], layer.bias);
    return writer.add('Gemm', [input, weights, bias], `${layer.name} z`, { transB: 1 });
  },
};

const isRelu = ({ clamp: [lo, hi] }) => lo === 0 && hi === Number.POSITIVE_INFINITY;

function forward(writer, layer, inputs) {
  const z = forwardMakers[layer.kind](writer, layer, inputs);
  if (!layer.clamp) return z;
  if (isRelu(layer)) return writer.add('Relu', [z], `${layer.name} y`);
  return writer.add('Clip', [z, ...layer.clamp.map((bound) => writer.constant(bound))], `${layer.name} y`);
}

/**
 * The gradient at z from that at y = clip(z), which is 0 at the bounds. Of a ReLU by the sign of y (a third of the time of the
 * other way). Else it passes where clipping a hair inside of the bounds changes nothing (5 % of a sample less than by lo < y and
 * y < hi).
 */
function gate(writer, layer, y, gradient) {
  if (!layer.clamp) return gradient;
  if (isRelu(layer)) return writer.add('Mul', [gradient, writer.add('Sign', [y], `${layer.name} active`)], `${layer.name} dz`);
  const [lo, hi] = layer.clamp;
  const inside = [lo + 1e-30, hi * (1 - 2 ** -23)].map((bound) => writer.constant(bound));
  const clipped = writer.add('Clip', [y, ...inside], `${layer.name} inside`);
  const active = writer.add('Equal', [y, clipped], `${layer.name} active`);
  return writer.add('Where', [active, gradient, writer.constant(0)], `${layer.name} dz`);
}

function convBackward(writer, layer, gradient, [, height, width]) {
  const { dims, kernel, strides, pads, groups, weights, name } = layer;
  const [outputs, groupInputs] = dims;
  const attributes = { kernel_shape: kernel, group: groups };
  if (strides.some((stride) => stride > 1)) {
    const padding = [0, 1].map((axis) => {
      const covered = (layer.size[axis] - 1) * strides[axis] + kernel[axis] - pads[axis] - pads[axis + 2];
      return (axis === 0 ? height : width) - covered;
    });
    return writer.add('ConvTranspose', [gradient, `${name} W`], `${name} dx`, {
      ...attributes,
      strides,
      pads,
      output_padding: padding,
    });
  }
  const taps = kernel[0] * kernel[1];
  const groupOutputs = outputs / groups;
  const size = groupOutputs * groupInputs * taps;
  const flipped = new Float32Array(weights.length);
  for (let g = 0; g < groups; ++g) {
    flipped.set(swapped(weights.subarray(g * size, (g + 1) * size), groupOutputs, groupInputs, taps, true), g * size);
  }
  const transposed = writer.weights(`${name} WT`, [groups * groupInputs, groupOutputs, ...kernel], flipped);
  const back = pads.map((pad, side) => kernel[side % 2] - 1 - pad);
  return writer.add('Conv', [gradient, transposed], `${name} dx`, { ...attributes, strides, pads: back });
}

const backwardMakers = {
  conv: (writer, layer, gradient, shapes) => [convBackward(writer, layer, gradient, shapes[0])],
  average(writer, layer, gradient, [shape]) {
    const share = writer.add('Mul', [gradient, writer.constant(1 / (shape[1] * shape[2]))], `${layer.name} share`);
    if (layer.isGated) return [share]; // spread by the gate
    return [writer.add('Expand', [share, writer.list(`${layer.name} shape`, [1, ...shape])], `${layer.name} dx`)];
  },
  maximum: maximum.backward,
  add: (_writer, _layer, gradient) => [gradient, gradient],
  flatten(writer, layer, gradient, [shape]) {
    return [writer.add('Reshape', [gradient, writer.list(`${layer.name} shape`, [1, ...shape])], `${layer.name} dx`)];
  },
  /** The last one's gradient is that of one logit: a row of its weights. */
  dense(writer, layer, gradient) {
    const [op, inputs, attributes] = gradient
      ? ['MatMul', [gradient, `${layer.name} W`]]
      : ['Gather', [`${layer.name} W`, 'target'], { axis: 0 }];
    return [writer.add(op, inputs, `${layer.name} dx`, attributes)];
  },
};

/** Inputs image and noise [1, C, H, W] -> gradient of logit `target`, [1, C, H, W]. */
export function gradientGraph(onnx, target) {
  const network = readNetwork(onnx);
  const writer = new Writer();
  writer.list('target', [target]);
  const dims = [1, ...network.inputShape];
  const values = new Map([[network.input, writer.add('Add', ['image', 'noise'], 'noisy')]]);
  for (const layer of network.layers) {
    values.set(
      layer.output,
      forward(
        writer,
        layer,
        layer.inputs.map((name) => values.get(name)),
      ),
    );
  }
  const gradients = new Map();
  for (const layer of network.layers.toReversed()) {
    const gradient = gate(writer, layer, values.get(layer.output), gradients.get(layer.output));
    const shapes = layer.inputs.map((name) => network.shapes.get(name));
    backwardMakers[layer.kind](writer, layer, gradient, shapes).forEach((part, i) => {
      const name = layer.inputs[i];
      const before = gradients.get(name);
      gradients.set(name, before ? writer.add('Add', [before, part], `${layer.name} sum of dx`) : part);
    });
  }
  writer.add('Identity', [gradients.get(network.input)], 'gradient');
  return writeModel({
    name: 'gradient',
    inputs: { image: dims, noise: dims },
    outputs: { gradient: dims },
    nodes: writer.nodes,
    initializers: writer.initializers,
  });
}
