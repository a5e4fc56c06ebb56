// Networks of random weights as ONNX files, the same every time.
import { floats, ints, node, writeModel } from './onnx.mjs';

/** Numbers in [-1, 1) that are the same every time (Park and Miller's generator). */
function* random() {
  for (let state = 1; ; ) {
    state = (state * 48271) % 2147483647;
    yield (2 * state) / 2147483647 - 1;
  }
}

/** Puts layers one after another; each returns the name of what it makes. */
export class RandomNetwork {
  #numbers = random();
  #nodes = [];
  #initializers = [];

  /** inputs: how many products make a number: keeps the size of what goes through (He et al. 2015). */
  weights(name, dims, inputs) {
    const scale = Math.sqrt(6 / inputs);
    const size = dims.reduce((product, dim) => product * dim, 1);
    this.#initializers.push(
      floats(
        name,
        dims,
        Float32Array.from({ length: size }, () => scale * this.#numbers.next().value),
      ),
    );
    return name;
  }
  constant(name, value) {
    this.#initializers.push(floats(name, [], [value]));
    return name;
  }
  list(name, values) {
    this.#initializers.push(ints(name, values));
    return name;
  }
  add(op, inputs, name, attributes) {
    this.#nodes.push(node(op, inputs, name, attributes));
    return name;
  }
  /** Square kernels and strides; as much padding on all sides. */
  conv(input, name, [inputs, outputs], { kernel, stride = 1, pad = 0, groups = 1 }) {
    const operands = [
      input,
      this.weights(`${name}.weight`, [outputs, inputs / groups, kernel, kernel], (kernel * kernel * inputs) / groups),
      this.weights(`${name}.bias`, [outputs], 600),
    ];
    const attributes = { kernel_shape: [kernel, kernel], pads: [pad, pad, pad, pad], strides: [stride, stride], group: groups };
    return this.add('Conv', operands, name, attributes);
  }
  dense(input, name, [inputs, outputs]) {
    const operands = [
      input,
      this.weights(`${name}.weight`, [outputs, inputs], inputs),
      this.weights(`${name}.bias`, [outputs], 600),
    ];
    return this.add('Gemm', operands, name, { transB: 1 });
  }
  /** Bytes of an .onnx file; input, output: [name, dims]. */
  write(name, [input, inputDims], [output, outputDims]) {
    return writeModel({
      ...{ name, inputs: { [input]: inputDims }, outputs: { [output]: outputDims } },
      ...{ nodes: this.#nodes, initializers: this.#initializers },
    });
  }
}
