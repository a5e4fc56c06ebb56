// dX of a stride-2 convolution in TensorFlow.js from what its wasm backend does fast. Measured against the other way round
// each: a depthwise one by zeros put between the gradients and a stride-1 convolution (its four phases, concatenated, cost 10 %
// more of a sample), a dense one by its four phases as one convolution (conv2dTranspose costs 8 % more).
import * as tf from '@tensorflow/tfjs-core';
import { reach } from '../graph/windows.mjs';

/** [C, 1, KH, KW] -> [KH, KW, C, 1], turned round. */
function flippedTaps(weights, [channels, , kh, kw]) {
  const taps = kh * kw;
  const flipped = new Float32Array(weights.length);
  for (let c = 0; c < channels; ++c) {
    for (let t = 0; t < taps; ++t) flipped[t * channels + c] = weights[c * taps + taps - 1 - t];
  }
  return tf.tensor4d(flipped, [kh, kw, channels, 1]);
}

/** [1, H, W, C] -> [1, 2H, 2W, C], zero but for (y, x) at (2y + dy, 2x + dx). */
function spread(image, [dy, dx]) {
  const [, height, width, channels] = image.shape;
  const rows = tf.reshape(image, [height, 1, width, channels]);
  const zeros = tf.pad(rows, [
    [0, 0],
    [dy, 1 - dy],
    [0, 0],
    [dx * channels, (1 - dx) * channels],
  ]);
  return tf.reshape(zeros, [1, 2 * height, 2 * width, channels]);
}

function depthwise({ name, dims, weights, kernel, pads }) {
  const shift = [0, 1].map((axis) => (kernel[axis] - 1) / 2 - pads[axis]);
  if (shift.some((by) => by !== 0 && by !== 1)) throw new Error(`${name}: pads or kernel are not known here`);
  const filter = flippedTaps(weights, dims);
  return (gradient) => [tf.depthwiseConv2d(spread(gradient, shift), filter, 1, 'same')];
}

/** 1x1 without padding: positions that are passed over have no gradient. */
function pointwise({ dims: [outputs, inputs], weights }) {
  const filter = tf.tensor4d(weights, [1, 1, outputs, inputs]);
  return (gradient) => [spread(tf.conv2d(gradient, filter, 1, 'valid'), [0, 0])];
}

/**
 * dx[2i + r] = sum_k w[k] g[i + (r + pad - k) / 2], where that is whole: few taps for each phase r. So one convolution to 4 C
 * channels, [phase y, phase x, C], that are then moved to their places.
 */
function dense({ dims: [outputs, inputs, ...kernel], weights, pads, size: [height, width] }) {
  const reaches = kernel.map((taps, axis) => reach(taps, 2, pads[axis]));
  const taps = reaches.map(({ first, last }) => last - first + 1);
  const phases = new Float32Array(taps[0] * taps[1] * outputs * 4 * inputs); // [taps y, taps x, O, 2, 2, I]
  const tapOf = (axis, tap, phase) => phase + pads[axis] - 2 * (tap + reaches[axis].first);
  for (let at = 0; at < taps[0] * taps[1] * 4; ++at) {
    const [tapY, tapX, phaseY, phaseX] = [Math.floor(at / 4 / taps[1]), (at >> 2) % taps[1], (at >> 1) & 1, at & 1];
    const [y, x] = [tapOf(0, tapY, phaseY), tapOf(1, tapX, phaseX)];
    if (y < 0 || x < 0 || y >= kernel[0] || x >= kernel[1]) continue;
    for (let o = 0; o < outputs; ++o) {
      const row = ((tapY * taps[1] + tapX) * outputs + o) * 4 + phaseY * 2 + phaseX;
      for (let i = 0; i < inputs; ++i) phases[row * inputs + i] = weights[((o * inputs + i) * kernel[0] + y) * kernel[1] + x];
    }
  }
  const filter = tf.tensor4d(phases, [...taps, outputs, 4 * inputs]);
  const padding = [[0, 0], ...reaches.map(({ first, last }) => [Math.abs(first), last]), [0, 0]];
  return (gradient) => {
    const all = tf.conv2d(gradient, filter, 1, padding);
    const moved = tf.transpose(tf.reshape(all, [height, width, 2, 2 * inputs]), [0, 2, 1, 3]);
    return [tf.reshape(moved, [1, 2 * height, 2 * width, inputs])];
  };
}

function wayOf({ groups, kernel, pads }) {
  if (groups > 1) return depthwise;
  return kernel.every((size) => size === 1) && pads.every((pad) => pad === 0) ? pointwise : dense;
}

/** (layer, [C, H, W] of its input) -> (gradient [1, H / 2, W / 2, O]) -> [that at the input]. */
export function stridedBackward(layer, [, height, width]) {
  const { strides, size, name } = layer;
  if (strides.some((stride) => stride !== 2) || height !== 2 * size[0] || width !== 2 * size[1]) {
    throw new Error(`${name}: only strides of 2 that halve the input are known here`);
  }
  return wayOf(layer)(layer);
}
