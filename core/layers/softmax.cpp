// Softmax along an axis, y_c = exp(x_c) / sum_d exp(x_d), dx_c = y_c (g_c - sum_d g_d y_d); and LogSoftmax, log y_c, with
// dx_c = g_c - y_c sum_d g_d. Both save y.
// Compiled for speed.
#include "core/layers/softmax.h"

#include <algorithm>
#include <cmath>

#include "core/kernels/smooth.h"
#include "core/layers/builders.h"
#include "core/layers/groups.h"

namespace smoothgrad {
namespace {

class Softmax final : public Layer {
 public:
  Softmax(Shape shape, Groups groups, bool logarithm) : Layer({shape}, shape), groups_(groups), logarithm_(logarithm) {}

  std::string_view kind() const override { return logarithm_ ? "log-softmax" : "softmax"; }
  Role role() const override {
    const bool over_channels = groups_.length == static_cast<size_t>(output().channels) && groups_.step == 1;
    return over_channels && !logarithm_ ? Role::kSoftmax : Role::kOther;
  }
  size_t saved_bytes(int batch) const override { return static_cast<size_t>(batch) * output().size() * sizeof(float); }

  void forward(const ForwardPass& pass) const override {
    const size_t length = groups_.length, step = groups_.step;
    const bool fast = step == 1 && groups_.outer > 1;  // not of a classifier's own, which keeps the library's bits
    groups_.for_each(pass.batch, [&](size_t, size_t first) {
      const float* x = pass.inputs[0] + first;
      float* y = reinterpret_cast<float*>(pass.saved) + first;
      float* out = pass.output + first;
      float top = x[0];
      for (size_t k = 1; k < length; ++k) top = std::max(top, x[k * step]);
      float sum = fast ? exponentials(x, length, top, y) : 0;
      for (size_t k = 0; !fast && k < length; ++k) sum += y[k * step] = std::exp(x[k * step] - top);
      const float log_sum = std::log(sum);
      for (size_t k = 0; k < length; ++k) {
        y[k * step] /= sum;
        out[k * step] = logarithm_ ? x[k * step] - top - log_sum : y[k * step];
      }
    });
  }

  void backward(const BackwardPass& pass) const override {
    const size_t length = groups_.length, step = groups_.step;
    groups_.for_each(pass.batch, [&](size_t, size_t first) {
      const float* y = reinterpret_cast<const float*>(pass.saved) + first;
      const float* g = pass.grad_output + first;
      float* out = pass.grad_inputs[0] + first;
      float sum = 0;
      for (size_t k = 0; k < length; ++k) sum += logarithm_ ? g[k * step] : g[k * step] * y[k * step];
      for (size_t k = 0; k < length; ++k) {
        out[k * step] = logarithm_ ? g[k * step] - y[k * step] * sum : y[k * step] * (g[k * step] - sum);
      }
    });
  }

 private:
  Groups groups_;
  bool logarithm_;
};

void build_along_axis(NodeBuilder& node, bool logarithm) {
  const Value input = node.value(0);
  const bool flattens = node.opset() < 13;  // from the axis on
  const size_t axis = node.axis(node.attribute_int("axis", flattens ? 1 : -1), input.rank());
  node.alias(softmax_of(node, input, flattens ? axes_from(axis, input.rank()) : AxisOrder{axis}, logarithm));
}

}  // namespace

Value softmax_of(NodeBuilder& node, const Value& value, const std::vector<size_t>& axes, bool logarithm) {
  const auto [grouped, groups] = group_along(node, value, axes);
  auto layer = std::make_unique<Softmax>(memory_shape(grouped.view), groups, logarithm);
  return node.add_step(std::move(layer), {grouped}, grouped.view);
}

void build_softmax(NodeBuilder& node) { build_along_axis(node, false); }
void build_log_softmax(NodeBuilder& node) { build_along_axis(node, true); }

}  // namespace smoothgrad
