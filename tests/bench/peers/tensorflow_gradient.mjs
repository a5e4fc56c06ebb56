// The gradient of one logit in TensorFlow.js, by hand: its wasm backend has no gradient kernels for depthwise convolutions and
// slow ones for others. Masks are step(y * (hi - y)); dX of a stride-1 convolution is a convolution with flipped weights; of a
// strided one, see strided_backward.mjs.
import * as tf from '@tensorflow/tfjs-core';
import { readNetwork, swapped } from '../graph/network.mjs';
import { stridedBackward } from './strided_backward.mjs';
import { maximum } from './tensorflow_pooling.mjs';

/** [O, I, KH, KW] as ONNX has them -> [KH, KW, I, O]; of a depthwise convolution [C, 1, KH, KW] -> [KH, KW, C, 1]. */
function filter(weights, [outputs, inputs, kh, kw], depthwise) {
  const taps = kh * kw;
  const moved = new Float32Array(weights.length);
  for (let o = 0; o < outputs; ++o) {
    for (let i = 0; i < inputs; ++i) {
      for (let t = 0; t < taps; ++t) moved[(t * inputs + i) * outputs + o] = weights[(o * inputs + i) * taps + t];
    }
  }
  return tf.tensor4d(moved, depthwise ? [kh, kw, outputs, 1] : [kh, kw, inputs, outputs]);
}

/** Weights of the stride-1 convolution that is the gradient: each filter turned round, inputs and outputs swapped. */
function flipped(weights, [outputs, inputs, kh, kw], depthwise) {
  const dims = depthwise ? [outputs, 1, kh, kw] : [inputs, outputs, kh, kw];
  const turned = depthwise ? [1, outputs] : [outputs, inputs]; // a depthwise one has nothing to swap
  return filter(swapped(weights, ...turned, kh * kw, true), dims, depthwise);
}

const explicit = ([top, left, bottom, right]) => [
  [0, 0],
  [top, bottom],
  [left, right],
  [0, 0],
];

function activationOf({ clamp }) {
  if (!clamp) return 'linear';
  if (clamp[0] === 0 && clamp[1] === 6) return 'relu6';
  if (clamp[0] === 0 && clamp[1] === Number.POSITIVE_INFINITY) return 'relu';
  throw new Error(`TensorFlow.js has no fused clamp to [${clamp}]`);
}

/** Of layers that have no activation fused in. */
const plainActivations = { linear: (z) => z, relu: tf.relu, relu6: tf.relu6 };

function prepareConv(layer, [shape]) {
  const { dims, weights, groups, strides, kernel, pads } = layer;
  const depthwise = groups > 1;
  if (depthwise && (groups !== dims[0] || dims[1] !== 1)) throw new Error(`${layer.name}: grouped, but not depthwise`);
  const convolve = depthwise ? tf.fused.depthwiseConv2d : tf.fused.conv2d;
  const forwardFilter = filter(weights, dims, depthwise);
  const bias = tf.tensor1d(layer.bias);
  const activation = activationOf(layer);
  const forward = ([x]) => convolve({ x, filter: forwardFilter, strides, pad: explicit(pads), bias, activation });
  if (strides[0] > 1) return { forward, backward: stridedBackward(layer, shape) };
  const backwardFilter = flipped(weights, dims, depthwise);
  const back = explicit(pads.map((pad, side) => kernel[side % 2] - 1 - pad));
  const backward = (g) => [convolve({ x: g, filter: backwardFilter, strides: 1, pad: back })];
  return { forward, backward };
}

const makers = {
  conv: prepareConv,
  maximum,
  add(layer) {
    const activate = plainActivations[activationOf(layer)];
    return { forward: ([a, b]) => activate(tf.add(a, b)), backward: (g) => [g, g] };
  },
  average(layer, [[channels, height, width]]) {
    const share = tf.scalar(1 / (height * width));
    const spread = (g) => (layer.isGated ? g : tf.broadcastTo(g, [1, height, width, channels])); // else by the gate
    return { forward: ([x]) => tf.mean(x, [1, 2], true), backward: (g) => [spread(tf.mul(g, share))] };
  },
  flatten(_layer, [[channels, height, width]]) {
    const first = [1, channels, height, width];
    const isImage = height * width > 1; // whose channels are to come first
    return {
      forward: ([x]) => tf.reshape(isImage ? tf.transpose(x, [0, 3, 1, 2]) : x, [1, channels * height * width]),
      backward: (g) => [isImage ? tf.transpose(tf.reshape(g, first), [0, 2, 3, 1]) : tf.reshape(g, [1, 1, 1, channels])],
    };
  },
  dense(layer, _shapes, target) {
    const [outputs, inputs] = layer.dims;
    const transposed = tf.tensor2d(swapped(layer.weights, outputs, inputs, 1, false), [inputs, outputs]);
    const weights = tf.tensor2d(layer.weights, [outputs, inputs]);
    const row = tf.tensor2d(layer.weights.slice(target * inputs, (target + 1) * inputs), [1, inputs]);
    const bias = tf.tensor1d(layer.bias);
    const activation = activationOf(layer);
    return {
      forward: ([x]) => tf.fused.matMul({ a: x, b: transposed, bias, activation }),
      // The last one's gradient is that of one logit.
      backward: (g) => [g ? tf.matMul(g, weights) : row],
    };
  },
};

/** The gradient at z from that at y = clip(z). */
function gate(layer, y, gradient, six) {
  if (!layer.clamp) return gradient;
  return tf.mul(gradient, tf.step(layer.clamp[1] === 6 ? tf.mul(y, tf.sub(six, y)) : y));
}

/** (image, noise: [1, H, W, C]) -> gradient of logit `target`, [1, H, W, C]. The backend must be ready. */
export function gradientFunction(onnx, target) {
  const network = readNetwork(onnx);
  const six = tf.scalar(6);
  const layers = network.layers.map((layer) => {
    const shapes = layer.inputs.map((name) => network.shapes.get(name));
    return { ...layer, ...makers[layer.kind](layer, shapes, target) };
  });
  return (image, noise) =>
    tf.tidy(() => {
      const values = new Map([[network.input, tf.add(image, noise)]]);
      const inputsOf = (layer) => layer.inputs.map((name) => values.get(name));
      for (const layer of layers) values.set(layer.output, layer.forward(inputsOf(layer)));
      const gradients = new Map();
      for (const layer of layers.toReversed()) {
        const y = values.get(layer.output);
        const gradient = gate(layer, y, gradients.get(layer.output), six);
        layer.backward(gradient, y, inputsOf(layer)).forEach((part, i) => {
          const name = layer.inputs[i];
          const before = gradients.get(name);
          gradients.set(name, before ? tf.add(before, part) : part);
        });
      }
      return gradients.get(network.input);
    });
}
