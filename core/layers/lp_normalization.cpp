// LpNormalization, y = x / n with n the norm along an axis, the sum of |x| (p 1) or the root of the sum of x^2 (p 2); 0 where n
// is 0. dx = (g - (dn/dx) sum g y) / n, where dn/dx is the sign of y (p 1) or y (p 2). Saves y and, for each group, 1 / n.
// Compiled for size.
#include <cmath>

#include "core/layers/builders.h"
#include "core/layers/groups.h"

namespace smoothgrad {
namespace {

class LpNormalization final : public Layer {
 public:
  LpNormalization(Shape shape, Groups groups, int64_t p) : Layer({shape}, shape), groups_(groups), p_(p) {}

  std::string_view kind() const override { return "lp-normalization"; }
  size_t saved_bytes(int batch) const override {
    return static_cast<size_t>(batch) * (output().size() + groups_.count()) * sizeof(float);
  }

  void forward(const ForwardPass& pass) const override {
    const size_t length = groups_.length, step = groups_.step;
    float* saved = reinterpret_cast<float*>(pass.saved);
    float* reciprocals = saved + static_cast<size_t>(pass.batch) * output().size();
    groups_.for_each(pass.batch, [&](size_t number, size_t first) {
      const float* x = pass.inputs[0] + first;
      float sum = 0;
      for (size_t k = 0; k < length; ++k) sum += p_ == 1 ? std::abs(x[k * step]) : x[k * step] * x[k * step];
      const float norm = p_ == 1 ? sum : std::sqrt(sum);
      const float reciprocal = reciprocals[number] = norm > 0 ? 1 / norm : 0;
      for (size_t k = 0; k < length; ++k) {
        saved[first + k * step] = pass.output[first + k * step] = x[k * step] * reciprocal;
      }
    });
  }

  void backward(const BackwardPass& pass) const override {
    const size_t length = groups_.length, step = groups_.step;
    const float* saved = reinterpret_cast<const float*>(pass.saved);
    const float* reciprocals = saved + static_cast<size_t>(pass.batch) * output().size();
    groups_.for_each(pass.batch, [&](size_t number, size_t first) {
      const float* y = saved + first;
      const float* g = pass.grad_output + first;
      float sum = 0;
      for (size_t k = 0; k < length; ++k) sum += g[k * step] * y[k * step];
      for (size_t k = 0; k < length; ++k) {
        const float value = y[k * step];
        const float slope = p_ == 2 ? value : static_cast<float>(value > 0) - static_cast<float>(value < 0);
        pass.grad_inputs[0][first + k * step] = (g[k * step] - slope * sum) * reciprocals[number];
      }
    });
  }

 private:
  Groups groups_;
  int64_t p_;
};

}  // namespace

void build_lp_normalization(NodeBuilder& node) {
  const Value input = node.value(0);
  const int64_t p = node.attribute_int("p", 2);
  if (p != 1 && p != 2) node.bad({"p must be 1 or 2"});
  const auto [value, groups] = group_along(node, input, {node.axis(node.attribute_int("axis", -1), input.rank())});
  node.emit_like(std::make_unique<LpNormalization>(memory_shape(value.view), groups, p), value);
}

}  // namespace smoothgrad
