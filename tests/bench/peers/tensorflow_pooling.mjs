// Maximum pooling in TensorFlow.js' wasm backend: a kernel that says where each maximum lies, and the gradient added up there.
// Its own gradient kernel takes three times as long, comparing the four phases of the input with their maxima twice as long.
import * as tf from '@tensorflow/tfjs-core';

/**
 * What is pooled has to come from a ReLU. Of a window without positive numbers the kernel says a wrong place and a maximum of
 * 1e-38, where after a ReLU there is no gradient; the maxima are therefore those of maxPool, which costs next to nothing.
 */
export function maximum({ kernel, strides, pads: [top, left, bottom, right] }, [[channels, height, width]]) {
  const pad = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  const attributes = { filterSize: kernel, strides, pad, includeBatchInIndex: false };
  const size = height * width * channels;
  return {
    forward: ([x]) => tf.maxPool(x, kernel, strides, pad),
    backward(gradient, y, [x]) {
      const [, places] = tf.engine().runKernel('MaxPoolWithArgmax', { x }, attributes);
      const parts = tf.mul(gradient, tf.step(y));
      const sum = tf.scatterND(tf.reshape(places, [-1, 1]), tf.reshape(parts, [-1]), [size]);
      return [tf.reshape(sum, [1, height, width, channels])];
    },
  };
}
