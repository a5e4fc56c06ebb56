// The families of the engine: which a source file belongs to, by its path; the first row that matches.

const sources = (folder, names) => new RegExp(`^core/${folder}/(${names.replaceAll(' ', '|')})\\.(cpp|h)$`);

const convolutionKernels =
  'column_backward depthwise depthwise_block inverted_residual stripes unroll winograd gate activation geometry mask';
const convolutionLayers = 'convolution transposed_convolution inverted_residual window';
const elementwise = 'elementwise elementwise_table clamp leaky choice product sum scale_shift broadcast walk constants';
const shapes = 'move concat gather padding rearrange';
const normalisations = 'normalization lp_normalization lrn groups';

export const templates = 'Templates of the standard library, shared';
export const libraries = 'Libraries: C++, C, mathematics, memory';

/** The rows of the table, in its order: what it is called, and what is of it. */
export const families = [
  ['Convolutions: kernels', [sources('kernels', convolutionKernels)]],
  ['Convolutions: layers', [sources('layers', convolutionLayers)]],
  ['Matrix products: kernels, of convolutions too', [sources('kernels', '\\w*product dense xnnpack transpose'), /xnnpack/]],
  ['Matrix products, Einsum and attention: layers', [sources('layers', 'linear matrix_product einsum attention layer_chain')]],
  ['Element-wise: one operand, several, activations', [sources('layers', elementwise), sources('kernels', 'smooth')]],
  ['Pooling', [sources('layers', '\\w*pool'), sources('kernels', 'max_taps')]],
  ['Reductions and Softmax', [sources('layers', 'reduction softmax')]],
  ['Normalisations', [sources('layers', normalisations)]],
  ['Shapes: Transpose, Slice, Concat, Gather, Pad, …', [sources('layers', shapes)]],
  ['Resize and GridSample', [sources('layers', 'resize interpolation grid_sample')]],
  ['Layers: values, builders, the table of operators', [/^core\/layers\//, /^core\/kernels\/(simd\.h|peak\.)/]],
  ['ONNX: reading', [/^core\/onnx\/[^/]+$/, /protozero/]],
  ['ONNX: folding of constants', [/^core\/onnx\/passes\/(fold\w*|gathered|tensor|view_of|equation|infer_dims|window_dims)\./]],
  ['ONNX: other passes', [/^core\/onnx\/passes\//]],
  ['Network: built, fused, its memory', [/^core\/network\//]],
  ['Attribution: methods, samples, statistics', [/^core\/attribution\//]],
  ['The denoised map', [/^core\/denoise\//]],
  ['Photos, views and colours', [/^core\/image\//]],
  ['Figures of maps', [/^core\/study\//]],
  ['Base: noise, texts, names', [/^core\/base\//]],
  ['Training', [/^core\/training\//]],
  ['The border to JavaScript', [/^wasm\//, /\/emscripten\/(val|bind|wire|em_\w+)\.h$/, /\/embind\//]],
  [libraries, [/\/system\/lib\//]],
];

/** The family of a source file of ours, or undefined. */
export const familyOf = (path) => families.find(([, patterns]) => patterns.some((pattern) => pattern.test(path)))?.[0];
