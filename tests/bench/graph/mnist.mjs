// A network of MNIST's size as an ONNX file: conv5x5x32, pool, conv5x5x64, pool, 1024, 10, with ReLU; random weights, since
// only its speed is of interest.
import { RandomNetwork } from './random.mjs';

export const mnistShape = [1, 1, 28, 28];

export function mnistNetwork() {
  const network = new RandomNetwork();
  const convolved = (input, name, channels) => {
    const sum = network.conv(input, name, channels, { kernel: 5, pad: 2 });
    const relu = network.add('Relu', [sum], `${name}.relu`);
    return network.add('MaxPool', [relu], `${name}.pool`, { kernel_shape: [2, 2], strides: [2, 2] });
  };
  const pooled = convolved(convolved('image', 'conv1', [1, 32]), 'conv2', [32, 64]);
  const features = network.add('Flatten', [pooled], 'features', { axis: 1 });
  const hidden = network.add('Relu', [network.dense(features, 'hidden', [64 * 7 * 7, 1024])], 'hidden.relu');
  return network.write('mnist', ['image', mnistShape], [network.dense(hidden, 'logits', [1024, 10]), [1, 10]]);
}
