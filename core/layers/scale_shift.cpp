// y = scale x + shift, a channel or an element, with a fused activation of the ReLU family; saves one bit an element where it
// clamps, else nothing.
// Compiled for speed.
#include "core/layers/scale_shift.h"

#include <algorithm>
#include <cmath>

#include "core/kernels/mask.h"
#include "core/layers/broadcast.h"
#include "core/layers/builders.h"

namespace smoothgrad {
namespace {

class ScaleShift final : public Layer {
 public:
  ScaleShift(Shape shape, std::vector<float> scale, std::vector<float> shift)
      : Layer({shape}, shape), scale_(std::move(scale)), shift_(std::move(shift)) {}

  std::string_view kind() const override { return "scale-shift"; }
  size_t weight_bytes() const override { return 2 * scale_.size() * sizeof(float); }
  size_t saved_bytes(int batch) const override { return clamp_ == Clamp{} ? 0 : mask_bytes(elements(batch)); }
  bool absorb_clamp(Clamp clamp) override {
    if (clamp_ != Clamp{}) return false;
    clamp_ = clamp;
    return true;
  }

  void forward(const ForwardPass& pass) const override {
    const size_t channels = scale_.size(), size = elements(pass.batch);
    for (size_t pixel = 0; pixel < size; pixel += channels) {
      const float* x = pass.inputs[0] + pixel;
      float* y = pass.output + pixel;
      for (size_t c = 0; c < channels; ++c) y[c] = std::min(std::max(scale_[c] * x[c] + shift_[c], clamp_.lo), clamp_.hi);
    }
    if (clamp_ != Clamp{}) make_mask(pass.output, size, clamp_, reinterpret_cast<uint32_t*>(pass.saved));
  }

  void backward(const BackwardPass& pass) const override {
    const size_t channels = scale_.size(), size = elements(pass.batch);
    if (clamp_ != Clamp{}) gate_gradient(pass.grad_output, size, reinterpret_cast<const uint32_t*>(pass.saved), pass.rule);
    for (size_t pixel = 0; pixel < size; pixel += channels) {
      const float* from = pass.grad_output + pixel;
      float* to = pass.grad_inputs[0] + pixel;
      for (size_t c = 0; c < channels; ++c) to[c] = scale_[c] * from[c];
    }
  }

 private:
  size_t elements(int batch) const { return static_cast<size_t>(batch) * output().size(); }

  std::vector<float> scale_, shift_;  // one a channel, or one an element
  Clamp clamp_;
};

std::vector<float> narrowed(std::span<const double> numbers) { return {numbers.begin(), numbers.end()}; }

}  // namespace

void build_scale_shift(NodeBuilder& node, int i, const Value& input, std::span<const double> scale,
                       std::span<const double> shift) {
  // The layer before may have been taken for another shape since (Reshape): then its channels are others.
  Layer* const before = node.absorber(i);
  const bool fits = before && static_cast<size_t>(before->output().channels) == scale.size();
  if (fits && before->absorb_scale_shift(scale, shift)) return node.alias(input);
  node.emit_like(std::make_unique<ScaleShift>(memory_shape(input.view), narrowed(scale), narrowed(shift)), input);
}

Value scale_shifted(NodeBuilder& node, const Value& value, const Constant& scale, const Constant& shift) {
  const Value input = node.dense(value);
  const auto by_channel = per_channel(scale, input), shift_by_channel = per_channel(shift, input);
  const bool narrow = by_channel && shift_by_channel;
  auto layer = std::make_unique<ScaleShift>(memory_shape(input.view),
                                            narrow ? narrowed(*by_channel) : spread_constant(node, scale, input.view),
                                            narrow ? narrowed(*shift_by_channel) : spread_constant(node, shift, input.view));
  return node.add_step(std::move(layer), {input}, input.view);
}

// Inputs: X, scale, B, mean, var (ONNX); y = scale (x - mean) / sqrt(var + epsilon) + B. momentum is of training only.
void build_batch_normalization(NodeBuilder& node) {
  if (node.reader().in_training_mode()) node.unsupported({"training_mode: export the model in evaluation mode"});
  if (node.attribute_int("spatial", 1) != 1) node.unsupported({"spatial 0, statistics of each pixel"});
  const Value given = node.value(0);
  if (given.rank() < 2) node.bad({"an input of ", show(given.dims()), ", which has no channels"});
  const Value input = node.ordered(given, with_innermost(order_of(given.view), 1));
  const size_t channels = static_cast<size_t>(given.dims()[1]);
  for (int i = 1; i <= 4; ++i) {
    if (node.float_constant(i).size() != channels) node.bad({"input ", i, " must have one float a channel"});
  }
  const double epsilon = node.attribute_float("epsilon", 1e-5f);
  std::vector<double> scale(channels), shift(channels);
  for (size_t c = 0; c < channels; ++c) {
    scale[c] = node.constant(1).floats[c] / std::sqrt(node.constant(4).floats[c] + epsilon);
    shift[c] = node.constant(2).floats[c] - node.constant(3).floats[c] * scale[c];
  }
  build_scale_shift(node, 0, input, scale, shift);
}

}  // namespace smoothgrad
