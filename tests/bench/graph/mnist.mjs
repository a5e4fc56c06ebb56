// A network of MNIST's size as an ONNX file: conv5x5x32, pool, conv5x5x64, pool, 1024, 10, with ReLU; random weights, since
// only its speed is of interest.
import { floats, node, writeModel } from './onnx.mjs';

export const mnistShape = [1, 1, 28, 28];

/** Numbers in [-1, 1) that are the same every time (Park and Miller's generator). */
function* random() {
  for (let state = 1; ; ) {
    state = (state * 48271) % 2147483647;
    yield (2 * state) / 2147483647 - 1;
  }
}

export function mnistNetwork() {
  const numbers = random();
  const nodes = [];
  const initializers = [];
  const weights = (name, dims, inputs) => {
    const scale = Math.sqrt(6 / inputs); // keeps the size of what goes through (He et al. 2015)
    const size = dims.reduce((product, dim) => product * dim, 1);
    initializers.push(
      floats(
        name,
        dims,
        Float32Array.from({ length: size }, () => scale * numbers.next().value),
      ),
    );
    return name;
  };
  const add = (op, inputs, name, attributes) => {
    nodes.push(node(op, inputs, name, attributes));
    return name;
  };
  const conv = (input, name, inputs, outputs) => {
    const operands = [
      input,
      weights(`${name}.weight`, [outputs, inputs, 5, 5], 25 * inputs),
      weights(`${name}.bias`, [outputs], 600),
    ];
    const sum = add('Conv', operands, name, { kernel_shape: [5, 5], pads: [2, 2, 2, 2] });
    return add('MaxPool', [add('Relu', [sum], `${name}.relu`)], `${name}.pool`, { kernel_shape: [2, 2], strides: [2, 2] });
  };
  const dense = (input, name, inputs, outputs) => {
    const operands = [input, weights(`${name}.weight`, [outputs, inputs], inputs), weights(`${name}.bias`, [outputs], 600)];
    return add('Gemm', operands, name, { transB: 1 });
  };
  const features = add('Flatten', [conv(conv('image', 'conv1', 1, 32), 'conv2', 32, 64)], 'features', { axis: 1 });
  dense(add('Relu', [dense(features, 'hidden', 64 * 7 * 7, 1024)], 'hidden.relu'), 'logits', 1024, 10);
  return writeModel({ name: 'mnist', inputs: { image: mnistShape }, outputs: { logits: [1, 10] }, nodes, initializers });
}
