// Softmax over the channels of each pixel, y_c = exp(x_c) / sum_d exp(x_d); saves y. dx_c = y_c (g_c - sum_d g_d y_d).
// Compiled for size.
#include <algorithm>
#include <cmath>

#include "core/layers/builders.h"
#include "core/layers/node_builder.h"

namespace smoothgrad {
namespace {

class Softmax final : public Layer {
 public:
  explicit Softmax(Shape shape) : Layer({shape}, shape) {}

  std::string_view kind() const override { return "softmax"; }
  Role role() const override { return Role::kSoftmax; }
  size_t saved_bytes(int batch) const override { return static_cast<size_t>(batch) * output().size() * sizeof(float); }

  void forward(const ForwardPass& pass) const override {
    const size_t channels = static_cast<size_t>(output().channels), rows = static_cast<size_t>(pass.batch) * output().pixels();
    for (size_t row = 0; row < rows; ++row) {
      const float* x = pass.inputs[0] + row * channels;
      float* y = pass.output + row * channels;
      const float top = *std::max_element(x, x + channels);
      float sum = 0;
      for (size_t c = 0; c < channels; ++c) sum += y[c] = std::exp(x[c] - top);
      for (size_t c = 0; c < channels; ++c) y[c] /= sum;
    }
    std::copy_n(pass.output, rows * channels, reinterpret_cast<float*>(pass.saved));
  }

  void backward(const BackwardPass& pass) const override {
    const size_t channels = static_cast<size_t>(output().channels), rows = static_cast<size_t>(pass.batch) * output().pixels();
    for (size_t row = 0; row < rows; ++row) {
      const float* y = reinterpret_cast<const float*>(pass.saved) + row * channels;
      const float* g = pass.grad_output + row * channels;
      float mean = 0;
      for (size_t c = 0; c < channels; ++c) mean += g[c] * y[c];
      for (size_t c = 0; c < channels; ++c) pass.grad_inputs[0][row * channels + c] = y[c] * (g[c] - mean);
    }
  }
};

}  // namespace

void build_softmax(NodeBuilder& node) {
  const Value input = node.value(0);
  const int64_t axis = node.attribute_int("axis", node.opset() >= 13 ? -1 : 1);
  // Before opset 13 the input is flattened from the axis on, which is the same where only channels follow.
  const bool over_channels = axis == 1 || axis == 1 - input.rank;
  if (!over_channels || (node.opset() < 13 && input.shape.pixels() != 1)) node.unsupported("an axis other than the channels");
  node.emit(std::make_unique<Softmax>(input.shape), {input}, input.rank);
}

}  // namespace smoothgrad
