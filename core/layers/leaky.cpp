// LeakyRelu and PRelu: y = x where x > 0, slope * x elsewhere; PRelu has a slope a channel. Saves one bit an element.
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
  Leaky(Shape shape, std::vector<float> slopes) : Layer({shape}, shape), slopes_(std::move(slopes)) {}

  std::string_view kind() const override { return "leaky-relu"; }
  size_t saved_bytes(int batch) const override { return mask_bytes(static_cast<size_t>(batch) * output().size()); }
  size_t weight_bytes() const override { return slopes_.size() * sizeof(float); }

  void forward(const ForwardPass& pass) const override {
    const size_t size = static_cast<size_t>(pass.batch) * output().size();
    const float* input = pass.inputs[0];
    make_mask(input, size, {0, Clamp{}.hi}, reinterpret_cast<uint32_t*>(pass.saved));
    for (size_t i = 0; i < size; ++i) pass.output[i] = input[i] > 0 ? input[i] : slopes_[i % slopes_.size()] * input[i];
  }

  void backward(const BackwardPass& pass) const override {
    const size_t size = static_cast<size_t>(pass.batch) * output().size();
    const uint32_t* mask = reinterpret_cast<const uint32_t*>(pass.saved);
    for (size_t i = 0; i < size; ++i) {
      const bool positive = mask[i / 32] >> (i % 32) & 1;
      const float gradient = pass.rule == Rule::kGradient ? pass.grad_output[i] : std::max(pass.grad_output[i], 0.f);
      const bool whole = positive || pass.rule == Rule::kDeconvnet;
      pass.grad_inputs[0][i] = whole ? gradient : slopes_[i % slopes_.size()] * gradient;
    }
  }

 private:
  std::vector<float> slopes_;  // one a channel
};

}  // namespace

void build_leaky_relu(NodeBuilder& node) {
  const Value input = node.value(0);
  std::vector<float> slopes(static_cast<size_t>(input.shape.channels), node.attribute_float("alpha", 0.01f));
  node.emit(std::make_unique<Leaky>(input.shape, std::move(slopes)), {input}, input.rank);
}

void build_prelu(NodeBuilder& node) {
  const Value input = node.value(0);
  const auto slopes = per_channel(node.constant(1), input);
  if (!slopes) node.unsupported("slopes other than one, or one a channel");
  node.emit(std::make_unique<Leaky>(input.shape, std::vector<float>(slopes->begin(), slopes->end())), {input}, input.rank);
}

}  // namespace smoothgrad
