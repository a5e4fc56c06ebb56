// Add and Mul of two values, one spread over the other where a dimension is 1. Add saves nothing, Mul both operands.
// Compiled for speed.
#include <algorithm>

#include "core/layers/broadcast.h"
#include "core/layers/builders.h"
#include "core/layers/scale_shift.h"

namespace smoothgrad {
namespace {

class Add final : public Layer {
 public:
  Add(Shape a, Shape b, Shape out) : Layer({a, b}, out) {}

  std::string_view kind() const override { return "add"; }
  Role role() const override { return Role::kSum; }

  void forward(const ForwardPass& pass) const override {
    for (size_t b = 0; b < static_cast<size_t>(pass.batch); ++b) {
      float* out = pass.output + b * output().size();
      std::fill_n(out, output().size(), 0.f);
      for (size_t k = 0; k < 2; ++k) {
        const float* in = pass.inputs[k] + b * inputs()[k].size();
        if (inputs()[k] == output()) {
          for (size_t i = 0; i < output().size(); ++i) out[i] += in[i];
        } else {
          for_each_spread(output(), inputs()[k], [&](size_t i, size_t j) { out[i] += in[j]; });
        }
      }
    }
  }

  void backward(const BackwardPass& pass) const override {
    for (size_t b = 0; b < static_cast<size_t>(pass.batch); ++b) {
      const float* grad = pass.grad_output + b * output().size();
      for (size_t k = 0; k < 2; ++k) {
        float* out = pass.grad_inputs[k] + b * inputs()[k].size();
        if (inputs()[k] == output()) {
          std::copy_n(grad, output().size(), out);
        } else {
          std::fill_n(out, inputs()[k].size(), 0.f);
          for_each_spread(output(), inputs()[k], [&](size_t i, size_t j) { out[j] += grad[i]; });
        }
      }
    }
  }
};

class Mul final : public Layer {
 public:
  Mul(Shape a, Shape b, Shape out) : Layer({a, b}, out) {}

  std::string_view kind() const override { return "mul"; }
  size_t saved_bytes(int batch) const override {
    return static_cast<size_t>(batch) * (inputs()[0].size() + inputs()[1].size()) * sizeof(float);
  }

  void forward(const ForwardPass& pass) const override {
    const size_t batch = static_cast<size_t>(pass.batch);
    float* saved = reinterpret_cast<float*>(pass.saved);
    for (size_t k = 0; k < 2; ++k) saved = std::copy_n(pass.inputs[k], batch * inputs()[k].size(), saved);
    for (size_t b = 0; b < batch; ++b) {
      float* out = pass.output + b * output().size();
      std::fill_n(out, output().size(), 1.f);
      for (size_t k = 0; k < 2; ++k) {
        const float* in = pass.inputs[k] + b * inputs()[k].size();
        for_each_spread(output(), inputs()[k], [&](size_t i, size_t j) { out[i] *= in[j]; });
      }
    }
  }

  // Of each operand: the gradient times the other operand, summed where the operand was spread.
  void backward(const BackwardPass& pass) const override {
    const size_t batch = static_cast<size_t>(pass.batch);
    const float* saved[2] = {reinterpret_cast<const float*>(pass.saved), nullptr};
    saved[1] = saved[0] + batch * inputs()[0].size();
    for (size_t b = 0; b < batch; ++b) {
      const float* grad = pass.grad_output + b * output().size();
      for (size_t k = 0; k < 2; ++k) {
        const Shape own = inputs()[k], others = inputs()[1 - k];
        const float* other = saved[1 - k] + b * others.size();
        float* out = pass.grad_inputs[k] + b * own.size();
        std::fill_n(out, own.size(), 0.f);
        const Spread spread(others);
        size_t pixel = 0;
        for_each_spread(output(), own, [&](size_t i, size_t j) {
          pixel = i / static_cast<size_t>(output().channels);
          const size_t y = pixel / static_cast<size_t>(output().width), x = pixel % static_cast<size_t>(output().width);
          const size_t c = i % static_cast<size_t>(output().channels);
          out[j] += grad[i] * other[y * spread.row + x * spread.col + c * spread.channel];
        });
      }
    }
  }
};

// With a constant (input k) that differs only by channel, x + b and x * a are a ScaleShift.
bool build_with_channel_constant(NodeBuilder& node, int k, bool multiply) {
  if (!node.is_constant(k)) return false;
  const Value input = node.value(1 - k);
  const auto numbers = per_channel(node.constant(k), input);
  if (!numbers) return false;
  const std::vector<double> neutral(numbers->size(), multiply ? 0. : 1.);
  build_scale_shift(node, 1 - k, multiply ? *numbers : neutral, multiply ? neutral : *numbers);
  return true;
}

template <typename Operation>
void build_binary(NodeBuilder& node, bool multiply) {
  if (node.input_count() != 2) node.bad("it must have two inputs");
  const int k = node.is_constant(0) ? 0 : 1;  // the operand that may be a constant; both operations commute
  if (build_with_channel_constant(node, k, multiply)) return;
  const Value a = node.value(1 - k), b = node.value(k, a.rank);
  if (a.rank != b.rank) node.unsupported("operands of different rank");
  const Shape out = broadcast_shape(node, a.shape, b.shape);
  node.emit(std::make_unique<Operation>(a.shape, b.shape, out), {a, b}, a.rank);
}

}  // namespace

void build_add(NodeBuilder& node) { build_binary<Add>(node, false); }
void build_mul(NodeBuilder& node) { build_binary<Mul>(node, true); }

}  // namespace smoothgrad
