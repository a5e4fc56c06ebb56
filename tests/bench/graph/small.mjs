// A small network of what the peers' gradient graphs are made of in ResNet-18 and MobileNetV2, in the forms that PyTorch's exporter
// writes: what the benchmark is tested with.
import { RandomNetwork } from './random.mjs';

const strided = { kernel: 3, stride: 2, pad: 1 };

/** `odd`: with an operator that they do not know, too. */
export function smallNetwork({ odd = false } = {}) {
  const network = new RandomNetwork();
  const relu = (name) => network.add('Relu', [name], `${name}.relu`);
  const stem = relu(network.conv('image', 'stem', [3, 16], { kernel: 7, stride: 2, pad: 3 }));
  const pooled = network.add('MaxPool', [stem], 'pooled', { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] });
  const first = relu(network.conv(pooled, 'first', [16, 24], strided));
  const second = network.conv(first, 'second', [24, 24], { kernel: 3, pad: 1 });
  const shortcut = network.conv(pooled, 'shortcut', [16, 24], { kernel: 1, stride: 2 });
  const block = relu(network.add('Add', [second, shortcut], 'block'));
  const spatial = network.conv(block, 'spatial', [24, 24], { ...strided, groups: 24 });
  const bounds = [0, 6].map((bound) => network.constant(`bound ${bound}`, bound));
  const clipped = network.add('Clip', [spatial, ...bounds], 'clipped');
  const projected = network.conv(clipped, 'projected', [24, 40], { kernel: 1 });
  const mean = network.add('ReduceMean', [projected], 'mean', { axes: [-1, -2], keepdims: 1 });
  const flat = network.add('Reshape', [mean, network.list('shape', [1, 40])], 'flat');
  const kept = network.add(odd ? 'Sigmoid' : 'Identity', [flat], 'kept');
  const hidden = relu(network.dense(kept, 'hidden', [40, 30]));
  return network.write('small', ['image', [1, 3, 32, 32]], [network.dense(hidden, 'logits', [30, 10]), [1, 10]]);
}
