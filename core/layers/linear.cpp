// Gemm and MatMul with constant weights, y = alpha W x + beta b: a 1x1 convolution of one pixel.
// Compiled for size.
#include "core/layers/builders.h"
#include "core/layers/convolution.h"
#include "core/layers/node_builder.h"

namespace smoothgrad {
namespace {

// weights: [K, M], or [M, K] where `outputs_first`.
void emit_linear(NodeBuilder& node, bool outputs_first, float alpha, std::vector<float> bias) {
  const Value input = node.value(0);
  const Constant& weights = node.float_constant(1);
  if (weights.dims.size() != 2) node.unsupported("weights of " + std::to_string(weights.dims.size()) + " dimensions, not 2");
  const size_t outputs = static_cast<size_t>(weights.dims[outputs_first ? 0 : 1]);
  const size_t inputs = static_cast<size_t>(weights.dims[outputs_first ? 1 : 0]);
  if (input.rank != 2) node.unsupported("an input of " + std::to_string(input.rank) + " dimensions: flatten it before");
  if (inputs != static_cast<size_t>(input.shape.channels)) {
    node.bad("weights for " + std::to_string(inputs) + " inputs, but " + std::to_string(input.shape.channels) + " arrive");
  }
  if (bias.size() == 1) bias.resize(outputs, float{bias[0]});  // a copy: the element moves
  if (bias.empty()) bias.assign(outputs, 0.f);
  if (bias.size() != outputs) node.bad("the bias must have one element, or one an output");
  std::vector<float> by_output(weights.floats.size());  // [M, K]
  for (size_t m = 0; m < outputs; ++m) {
    for (size_t k = 0; k < inputs; ++k) {
      by_output[m * inputs + k] = alpha * weights.floats[outputs_first ? m * inputs + k : k * outputs + m];
    }
  }
  ConvGeometry geometry;
  geometry.input = input.shape;
  geometry.output = {1, 1, static_cast<int>(outputs)};
  node.emit(std::make_unique<Convolution>(geometry, std::move(by_output), std::move(bias)), {input}, 2);
}

}  // namespace

void build_gemm(NodeBuilder& node) {
  if (node.attribute_int("transA", 0) != 0) node.unsupported("transA");
  std::vector<float> bias;
  if (node.has_input(2)) {
    const Constant& constant = node.float_constant(2);
    bias = constant.floats;
    // [M, 1] has as many elements, but is one an image.
    if (constant.dims.size() > 2 || (constant.dims.size() == 2 && constant.dims[0] != 1)) {
      node.unsupported("a bias other than one number, [M] or [1, M]");
    }
    for (float& element : bias) element *= node.attribute_float("beta", 1);
  }
  emit_linear(node, node.attribute_int("transB", 0) != 0, node.attribute_float("alpha", 1), std::move(bias));
}

void build_mat_mul(NodeBuilder& node) { emit_linear(node, false, 1, {}); }

}  // namespace smoothgrad
