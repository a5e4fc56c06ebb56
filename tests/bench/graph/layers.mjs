// ONNX's operators as layers: those of the networks that peers are made of, in the forms that PyTorch's exporters write. What a
// layer says here, both peers compute, so anything else is refused by its name.

function outputSize(size, kernel, stride, before, after) {
  return Math.floor((size + before + after - kernel) / stride) + 1;
}

/** Where a window of kernel [kh, kw] lies in an input of [C, H, W]. */
function readWindow({ name, attributes, shape }, kernel) {
  const { strides = [1, 1], pads = [0, 0, 0, 0], dilations = [], ceil_mode } = attributes; // pads: top, left, bottom, right
  if (ceil_mode || dilations.some((dilation) => dilation !== 1)) {
    throw new Error(`${name}: dilated windows and sizes rounded up are not known`);
  }
  const size = [0, 1].map((axis) => outputSize(shape(0)[axis + 1], kernel[axis], strides[axis], pads[axis], pads[axis + 2]));
  return { kernel, strides, pads, size };
}

const count = (dims) => dims.reduce((a, b) => a * b, 1);

const flatten = ({ shape }) => ({ kind: 'flatten', shape: [count(shape(0)), 1, 1] });

/**
 * node: {name, attributes, shape(i): [C, H, W] of input i, constant(i): {dims, data} of it or undefined}
 * -> {kind, shape: [C, H, W] of the output, ...}
 */
export const layerMakers = {
  Conv(node) {
    const { dims, data } = node.constant(1); // [O, I / groups, KH, KW]
    const window = readWindow(node, dims.slice(2));
    const bias = node.constant(2)?.data ?? new Float32Array(dims[0]);
    const groups = node.attributes.group ?? 1;
    return { kind: 'conv', ...window, groups, dims, weights: data, bias, shape: [dims[0], ...window.size] };
  },
  MaxPool(node) {
    const window = readWindow(node, node.attributes.kernel_shape);
    return { kind: 'maximum', ...window, shape: [node.shape(0)[0], ...window.size] };
  },
  GlobalAveragePool: ({ shape }) => ({ kind: 'average', shape: [shape(0)[0], 1, 1] }),
  ReduceMean(node) {
    const axes = [...(node.constant(1)?.data ?? node.attributes.axes ?? [])].map((axis) => (axis < 0 ? axis + 4 : axis));
    if (axes.sort().join() !== '2,3' || node.attributes.keepdims === 0) {
      throw new Error(`${node.name}: only means over height and width that keep their axes are known`);
    }
    return layerMakers.GlobalAveragePool(node);
  },
  Add({ name, shape, constant }) {
    if (constant(0) || constant(1) || shape(0).join() !== shape(1).join()) {
      throw new Error(`${name}: only sums of two images of one size are known`);
    }
    return { kind: 'add', shape: shape(0) };
  },
  Flatten: flatten,
  Reshape(node) {
    if (node.constant(1)?.data.length !== 2) throw new Error(`${node.name}: only reshaping to [1, N] is known`);
    return flatten(node);
  },
  Gemm({ name, attributes, constant }) {
    const { dims, data } = constant(1);
    if (attributes.transB !== 1) throw new Error(`${name}: Gemm must have transB = 1`);
    return { kind: 'dense', dims, weights: data, bias: constant(2).data, shape: [dims[0], 1, 1] };
  },
};

/** [lo, hi] of operators that clamp what the layer before them has made. */
export const clampMakers = {
  Relu: () => [0, Number.POSITIVE_INFINITY],
  Clip: ({ constant }) => [constant(1)?.data[0] ?? Number.NEGATIVE_INFINITY, constant(2)?.data[0] ?? Number.POSITIVE_INFINITY],
};

/** Those whose output is their input, in inference. */
export const idle = new Set(['Identity', 'Dropout']);
