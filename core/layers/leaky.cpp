// LeakyRelu, PRelu and ThresholdedRelu: y = x where x > threshold, slope * x elsewhere; PRelu has a slope a channel or an
// element, ThresholdedRelu a slope of 0. Saves one bit an element.
// Rules: the derivative times g, g cut at 0 for guided; DeconvNet passes max(g, 0) everywhere.
// Compiled for size.
#include <algorithm>

#include "core/kernels/mask.h"
#include "core/layers/broadcast.h"
#include "core/layers/builders.h"
#include "core/layers/node_builder.h"

namespace smoothgrad {
namespace {

class Leaky final : public Layer {
 public:
  Leaky(Shape shape, std::vector<float> slopes, float threshold = 0)
      : Layer({shape}, shape), slopes_(std::move(slopes)), threshold_(threshold) {}

  std::string_view kind() const override { return "leaky-relu"; }
  size_t saved_bytes(int batch) const override { return mask_bytes(static_cast<size_t>(batch) * output().size()); }
  size_t weight_bytes() const override { return slopes_.size() * sizeof(float); }

  void forward(const ForwardPass& pass) const override {
    const size_t size = static_cast<size_t>(pass.batch) * output().size();
    const float* input = pass.inputs[0];
    make_mask(input, size, {threshold_, Clamp{}.hi}, reinterpret_cast<uint32_t*>(pass.saved));
    for (size_t i = 0; i < size; ++i) {
      pass.output[i] = input[i] > threshold_ ? input[i] : slopes_[i % slopes_.size()] * input[i];
    }
  }

  void backward(const BackwardPass& pass) const override {
    const size_t size = static_cast<size_t>(pass.batch) * output().size();
    const uint32_t* mask = reinterpret_cast<const uint32_t*>(pass.saved);
    for (size_t i = 0; i < size; ++i) {
      const bool active = mask[i / 32] >> (i % 32) & 1;
      const float gradient = pass.rule == Rule::kGradient ? pass.grad_output[i] : std::max(pass.grad_output[i], 0.f);
      const bool whole = active || pass.rule == Rule::kDeconvnet;
      const float slope = whole ? 1 : slopes_[i % slopes_.size()];
      pass.grad_inputs[0][i] = slope == 0 ? 0 : slope * gradient;  // be it infinite or not
    }
  }

 private:
  std::vector<float> slopes_;  // one, one a channel, or one an element
  float threshold_;
};

void emit_leaky(NodeBuilder& node, float slope, float threshold) {
  const Value input = node.dense(0);
  node.emit_like(std::make_unique<Leaky>(memory_shape(input.view), std::vector<float>{slope}, threshold), input);
}

}  // namespace

void build_leaky_relu(NodeBuilder& node) { emit_leaky(node, node.attribute_float("alpha", 0.01f), 0); }
void build_thresholded_relu(NodeBuilder& node) { emit_leaky(node, 0, node.attribute_float("alpha", 1)); }

void build_prelu(NodeBuilder& node) {
  const Value input = node.dense(0);
  const Constant& constant = node.float_constant(1);
  std::vector<float> slopes;
  if (const auto by_channel = per_channel(constant, input)) {
    slopes.assign(by_channel->begin(), by_channel->end());
  } else {
    slopes = spread_constant(node, constant, input.view);
  }
  node.emit_like(std::make_unique<Leaky>(memory_shape(input.view), std::move(slopes)), input);
}

}  // namespace smoothgrad
