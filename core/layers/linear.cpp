// Gemm and MatMul with constant weights, y = alpha W x + beta b along one axis: a 1x1 convolution, of as many pixels as there
// are elements beside that axis.
// Compiled for size.
#include "core/layers/linear.h"

#include "core/kernels/transpose.h"
#include "core/layers/builders.h"
#include "core/layers/convolution.h"

namespace smoothgrad {
void emit_linear(NodeBuilder& node, const Value& input, size_t axis, int matrix, bool outputs_first, float alpha,
                 std::vector<float> bias) {
  const Value value = node.ordered(input, with_innermost(order_of(input.view), axis));
  const Dims& dims_of_weights = node.float_constant(matrix).dims;
  const size_t inputs = static_cast<size_t>(value.dims()[axis]);
  const size_t outputs = static_cast<size_t>(dims_of_weights[outputs_first ? 0 : 1]);
  if (dims_of_weights[outputs_first ? 1 : 0] != value.dims()[axis]) {
    node.bad({"weights for ", dims_of_weights[outputs_first ? 1 : 0], " inputs, but ", inputs, " arrive"});
  }
  if (bias.size() == 1) bias.resize(outputs, float{bias[0]});  // a copy: the element moves
  if (bias.empty()) bias.assign(outputs, 0.f);
  if (bias.size() != outputs) node.bad({"the bias must have one element, or one an output"});
  std::vector<float> weights = node.take_constant(matrix).floats;  // may be large: not copied where they lie as they should
  if (!outputs_first) weights = transposed(weights, inputs, outputs);
  for (size_t i = 0; alpha != 1 && i < weights.size(); ++i) weights[i] *= alpha;
  const int pixels = static_cast<int>(value.size() / inputs);
  ConvGeometry geometry;
  geometry.input = {1, pixels, static_cast<int>(inputs)};
  geometry.output = {1, pixels, static_cast<int>(outputs)};
  Dims dims = value.dims();
  dims[axis] = static_cast<int64_t>(outputs);
  const StridedView view = laid_out(dims, with_innermost(order_of(value.view), axis));
  node.emit(std::make_unique<Convolution>(geometry, std::move(weights), std::move(bias)), {value}, view);
}

// One number, or one an output: [], [1], [M] or [1, M].
bool is_by_output(const Constant& bias) { return bias.dims.empty() || static_cast<size_t>(bias.dims.back()) == bias.size(); }

void build_gemm(NodeBuilder& node) {
  const bool simple_bias = !node.has_input(2) || (node.is_constant(2) && is_by_output(node.float_constant(2)));
  if (!simple_bias || !node.is_constant(1) || node.attribute_int("transA", 0) != 0) return build_gemm_of_values(node);
  const Constant& weights = node.float_constant(1);
  const Value input = node.value(0);
  if (weights.dims.size() != 2) node.bad({"weights of ", show(weights.dims), ", which are no matrix"});
  if (input.rank() != 2) node.bad({"an input of ", show(input.dims()), ", which is no matrix: flatten it before"});
  std::vector<float> bias;
  if (node.has_input(2)) bias = node.float_constant(2).floats;
  for (float& element : bias) element *= node.attribute_float("beta", 1);
  const bool outputs_first = node.attribute_int("transB", 0) != 0;
  emit_linear(node, input, 1, 1, outputs_first, node.attribute_float("alpha", 1), std::move(bias));
}

// x W or W x where W is a constant matrix, else a product of two values.
void build_mat_mul(NodeBuilder& node) {
  if (node.input_count() != 2) node.bad({"it must have two inputs"});
  const auto matrix = [&node](int i) { return node.is_constant(i) && node.constant(i).dims.size() == 2; };
  if (matrix(1) && !node.is_constant(0)) {
    const Value input = node.value(0);
    if (input.rank() == 0) node.bad({"an input without dimensions"});
    return emit_linear(node, input, input.rank() - 1, 1, false, 1, {});
  }
  if (matrix(0) && !node.is_constant(1) && node.value(1).rank() > 1) {
    const Value input = node.value(1);
    return emit_linear(node, input, input.rank() - 2, 0, true, 1, {});
  }
  build_product_of_matrices(node);
}

}  // namespace smoothgrad
