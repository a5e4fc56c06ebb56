// Local response normalisation over neighbouring channels (Krizhevsky et al. 2012, 3.3): y_c = x_c d_c^-beta with
// d_c = bias + alpha / size sum x_k^2, k from c - (size - 1) / 2, rounded down, to c + (size - 1) / 2, rounded up.
// dx_k = g_k d_k^-beta - 2 alpha beta / size x_k sum g_c y_c / d_c over the c whose window holds k. Saves x and d.
// Compiled for speed.
#include <algorithm>
#include <cmath>

#include "core/layers/builders.h"
#include "core/layers/node_builder.h"

namespace smoothgrad {
namespace {

struct LrnOptions {
  float alpha, beta, bias;
  int64_t size;
};

class Lrn final : public Layer {
 public:
  Lrn(Shape shape, LrnOptions options)
      : Layer({shape}, shape),
        options_(options),
        channels_(static_cast<size_t>(shape.channels)),
        before_(static_cast<size_t>((options.size - 1) / 2)),
        after_(static_cast<size_t>(options.size / 2)),
        factor_(options.alpha / static_cast<float>(options.size)) {}

  std::string_view kind() const override { return "lrn"; }
  size_t saved_bytes(int batch) const override { return 2 * static_cast<size_t>(batch) * output().size() * sizeof(float); }
  size_t scratch_bytes(int) const override { return channels_ * sizeof(float); }

  void forward(const ForwardPass& pass) const override {
    const size_t size = static_cast<size_t>(pass.batch) * output().size();
    float* x = reinterpret_cast<float*>(pass.saved);
    float* d = std::copy_n(pass.inputs[0], size, x);
    for (size_t first = 0; first < size; first += channels_) {
      for (size_t c = 0; c < channels_; ++c) {
        float sum = 0;
        for (size_t k = c - std::min(c, before_); k < std::min(c + after_ + 1, channels_); ++k) {
          sum += x[first + k] * x[first + k];
        }
        d[first + c] = options_.bias + factor_ * sum;
        pass.output[first + c] = x[first + c] * std::pow(d[first + c], -options_.beta);
      }
    }
  }

  void backward(const BackwardPass& pass) const override {
    const size_t size = static_cast<size_t>(pass.batch) * output().size();
    const float* x = reinterpret_cast<const float*>(pass.saved);
    const float* d = x + size;
    float* shares = reinterpret_cast<float*>(pass.scratch);  // g_c y_c / d_c
    for (size_t first = 0; first < size; first += channels_) {
      const float* g = pass.grad_output + first;
      float* out = pass.grad_inputs[0] + first;
      for (size_t c = 0; c < channels_; ++c) {
        const float power = std::pow(d[first + c], -options_.beta);
        out[c] = g[c] * power;
        shares[c] = out[c] * x[first + c] / d[first + c];
      }
      for (size_t k = 0; k < channels_; ++k) {
        float sum = 0;
        for (size_t c = k - std::min(k, after_); c < std::min(k + before_ + 1, channels_); ++c) sum += shares[c];
        out[k] -= 2 * options_.beta * factor_ * x[first + k] * sum;
      }
    }
  }

 private:
  LrnOptions options_;
  size_t channels_, before_, after_;
  float factor_;
};

}  // namespace

void build_lrn(NodeBuilder& node) {
  const Value given = node.value(0);
  if (given.rank() < 2) node.bad({"an input of ", show(given.dims()), ", which has no channels"});
  const Value input = node.ordered(given, with_innermost(order_of(given.view), 1));
  const int channels = static_cast<int>(given.dims()[1]);
  const LrnOptions options{node.attribute_float("alpha", 1e-4f), node.attribute_float("beta", 0.75f),
                           node.attribute_float("bias", 1), node.attribute_int("size", 0)};
  if (options.size < 1 || options.size > 1 << 16) node.bad({"size must be a number of channels"});
  node.emit_like(std::make_unique<Lrn>(Shape{1, static_cast<int>(input.size()) / channels, channels}, options), input);
}

}  // namespace smoothgrad
