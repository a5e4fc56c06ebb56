// Relu y = max(x, 0) and Clip y = min(max(x, lo), hi), where no layer before them takes them over. Saves one bit an element.
// Compiled for speed.
#include <algorithm>

#include "core/kernels/mask.h"
#include "core/layers/builders.h"
#include "core/layers/node_builder.h"

namespace smoothgrad {
namespace {

class ClampLayer final : public Layer {
 public:
  ClampLayer(Shape shape, Clamp clamp) : Layer({shape}, shape), clamp_(clamp) {}

  std::string_view kind() const override { return "clamp"; }
  size_t saved_bytes(int batch) const override { return mask_bytes(elements(batch)); }

  void forward(const ForwardPass& pass) const override {
    const size_t size = elements(pass.batch);
    const float* input = pass.inputs[0];
    for (size_t i = 0; i < size; ++i) pass.output[i] = std::min(std::max(input[i], clamp_.lo), clamp_.hi);
    make_mask(pass.output, size, clamp_, reinterpret_cast<uint32_t*>(pass.saved));
  }

  void backward(const BackwardPass& pass) const override {
    const size_t size = elements(pass.batch);
    gate_gradient(pass.grad_output, size, reinterpret_cast<const uint32_t*>(pass.saved), pass.rule);
    std::copy_n(pass.grad_output, size, pass.grad_inputs[0]);
  }

 private:
  size_t elements(int batch) const { return static_cast<size_t>(batch) * output().size(); }

  Clamp clamp_;
};

void build_clamp(NodeBuilder& node, Clamp clamp) {
  if (clamp == Clamp{}) return node.alias(node.value(0));
  if (Layer* before = node.absorber(0); before && before->absorb_clamp(clamp)) return node.alias(node.value(0));
  const Value input = node.dense(0);
  node.emit_like(std::make_unique<ClampLayer>(memory_shape(input.view), clamp), input);
}

// A bound of Clip: an attribute up to opset 10, an optional input from 11 on.
float bound(NodeBuilder& node, const char* name, int input, float absent) {
  if (!node.has_input(input)) return node.attribute_float(name, absent);
  const Constant& constant = node.constant(input);
  if (constant.integer || constant.floats.size() != 1) node.bad({name, " must be one float"});
  return constant.floats[0];
}

}  // namespace

void build_relu(NodeBuilder& node) { build_clamp(node, {0, Clamp{}.hi}); }

void build_clip(NodeBuilder& node) {
  const Clamp clamp{bound(node, "min", 1, Clamp{}.lo), bound(node, "max", 2, Clamp{}.hi)};
  if (!(clamp.lo <= clamp.hi)) node.bad({"its minimum is above its maximum"});
  build_clamp(node, clamp);
}

}  // namespace smoothgrad
