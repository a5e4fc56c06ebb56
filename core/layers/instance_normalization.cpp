// InstanceNormalization of an image, a channel at a time over its pixels: z = (x - mean) / s, s = sqrt(variance + epsilon),
// y = scale_c z + B_c. dx = scale_c / s (g - mean(g) - z mean(g z)). Saves z and, a channel, scale_c / s.
// Compiled for speed.
#include <algorithm>
#include <cmath>

#include "core/layers/builders.h"
#include "core/layers/node_builder.h"

namespace smoothgrad {
namespace {

class InstanceNormalization final : public Layer {
 public:
  InstanceNormalization(Shape shape, std::vector<float> scale, std::vector<float> shift, float epsilon)
      : Layer({shape}, shape), scale_(std::move(scale)), shift_(std::move(shift)), epsilon_(epsilon) {}

  std::string_view kind() const override { return "instance-normalization"; }
  size_t saved_bytes(int batch) const override {
    return static_cast<size_t>(batch) * (output().size() + channels()) * sizeof(float);
  }
  size_t scratch_bytes(int) const override { return 2 * channels() * sizeof(float); }
  size_t weight_bytes() const override { return 2 * channels() * sizeof(float); }

  void forward(const ForwardPass& pass) const override {
    float* mean = reinterpret_cast<float*>(pass.scratch);
    float* variance = mean + channels();
    const float share = 1.f / static_cast<float>(output().pixels());
    for (size_t b = 0; b < static_cast<size_t>(pass.batch); ++b) {
      const float* x = pass.inputs[0] + b * output().size();
      float* y = pass.output + b * output().size();
      float* z = reinterpret_cast<float*>(pass.saved) + b * (output().size() + channels());
      float* slopes = z + output().size();
      std::fill_n(mean, 2 * channels(), 0.f);
      for_each([&](size_t i, size_t c) { mean[c] += share * x[i]; });
      for_each([&](size_t i, size_t c) { variance[c] += share * (x[i] - mean[c]) * (x[i] - mean[c]); });
      for (size_t c = 0; c < channels(); ++c) {
        variance[c] = 1 / std::sqrt(variance[c] + epsilon_);  // now 1 / s
        slopes[c] = scale_[c] * variance[c];
      }
      for_each([&](size_t i, size_t c) {
        z[i] = (x[i] - mean[c]) * variance[c];
        y[i] = scale_[c] * z[i] + shift_[c];
      });
    }
  }

  void backward(const BackwardPass& pass) const override {
    float* mean = reinterpret_cast<float*>(pass.scratch);
    float* along = mean + channels();  // mean(g z)
    const float share = 1.f / static_cast<float>(output().pixels());
    for (size_t b = 0; b < static_cast<size_t>(pass.batch); ++b) {
      const float* g = pass.grad_output + b * output().size();
      float* out = pass.grad_inputs[0] + b * output().size();
      const float* z = reinterpret_cast<const float*>(pass.saved) + b * (output().size() + channels());
      const float* slopes = z + output().size();
      std::fill_n(mean, 2 * channels(), 0.f);
      for_each([&](size_t i, size_t c) {
        mean[c] += share * g[i];
        along[c] += share * g[i] * z[i];
      });
      for_each([&](size_t i, size_t c) { out[i] = slopes[c] * (g[i] - mean[c] - z[i] * along[c]); });
    }
  }

 private:
  size_t channels() const { return scale_.size(); }

  template <typename Visit>
  void for_each(Visit visit) const {
    size_t i = 0;
    for (size_t p = 0; p < output().pixels(); ++p) {
      for (size_t c = 0; c < channels(); ++c) visit(i++, c);
    }
  }

  std::vector<float> scale_, shift_;
  float epsilon_;
};

}  // namespace

void build_instance_normalization(NodeBuilder& node) {
  const Value input = node.image(0);
  for (int i = 1; i <= 2; ++i) {
    if (node.float_constant(i).size() != static_cast<size_t>(input.shape.channels)) {
      node.bad("input " + std::to_string(i) + " must have one float a channel");
    }
  }
  node.emit(std::make_unique<InstanceNormalization>(input.shape, node.constant(1).floats, node.constant(2).floats,
                                                    node.attribute_float("epsilon", 1e-5f)),
            {input}, 4);
}

}  // namespace smoothgrad
