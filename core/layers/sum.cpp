// Add, Sub, Sum and Mean, y = sum_k f_k a_k of any number of values or constants, the smaller ones spread; saves nothing.
// Compiled for speed.
#include <algorithm>

#include "core/layers/broadcast.h"
#include "core/layers/builders.h"
#include "core/layers/scale_shift.h"

namespace smoothgrad {
namespace {

class Sum final : public Layer {
 public:
  Sum(std::vector<Shape> inputs, Shape out, std::vector<float> factors)
      : Layer(std::move(inputs), out), factors_(std::move(factors)) {}

  std::string_view kind() const override { return "add"; }
  Role role() const override {
    const bool plain = factors_.size() == 2 && std::ranges::count(factors_, 1.f) == 2;
    return plain ? Role::kSum : Role::kOther;
  }

  void forward(const ForwardPass& pass) const override {
    for (size_t b = 0; b < static_cast<size_t>(pass.batch); ++b) {
      float* out = pass.output + b * output().size();
      std::fill_n(out, output().size(), 0.f);
      for (size_t k = 0; k < factors_.size(); ++k) {
        const float* in = pass.inputs[k] + b * inputs()[k].size();
        const float factor = factors_[k];
        if (inputs()[k] == output()) {
          for (size_t i = 0; i < output().size(); ++i) out[i] += factor * in[i];
        } else {
          for_each_spread(output(), inputs()[k], [&](size_t i, size_t j) { out[i] += factor * in[j]; });
        }
      }
    }
  }

  void backward(const BackwardPass& pass) const override {
    for (size_t b = 0; b < static_cast<size_t>(pass.batch); ++b) {
      const float* grad = pass.grad_output + b * output().size();
      for (size_t k = 0; k < factors_.size(); ++k) {
        float* out = pass.grad_inputs[k] + b * inputs()[k].size();
        const float factor = factors_[k];
        if (inputs()[k] == output()) {
          for (size_t i = 0; i < output().size(); ++i) out[i] = factor * grad[i];
        } else {
          std::fill_n(out, inputs()[k].size(), 0.f);
          for_each_spread(output(), inputs()[k], [&](size_t i, size_t j) { out[j] += factor * grad[i]; });
        }
      }
    }
  }

 private:
  std::vector<float> factors_;
};

// With a constant (input k) that differs only by channel, a sum or difference of two is a ScaleShift.
bool build_with_channel_constant(NodeBuilder& node, int k, double sign) {
  if (!node.is_constant(k)) return false;
  const auto numbers = per_channel(node.constant(k), node.value(1 - k));
  if (!numbers) return false;
  const double of_value = k == 0 ? sign : 1, of_constant = k == 0 ? 1 : sign;
  std::vector<double> shift = *numbers;
  for (double& number : shift) number *= of_constant;
  build_scale_shift(node, 1 - k, std::vector<double>(shift.size(), of_value), shift);
  return true;
}

void emit_sum(NodeBuilder& node, std::vector<float> factors) {
  Operands operands = read_operands(node);
  if (operands.values.size() == 1) return node.alias(operands.values[0]);
  node.emit(std::make_unique<Sum>(std::move(operands.shapes), operands.out, std::move(factors)), operands.values,
            operands.rank);
}

void build_two(NodeBuilder& node, float sign) {
  if (node.input_count() != 2) node.bad("it must have two inputs");
  if (build_with_channel_constant(node, node.is_constant(0) ? 0 : 1, static_cast<double>(sign))) return;
  emit_sum(node, {1, sign});
}

}  // namespace

void build_add(NodeBuilder& node) { build_two(node, 1); }
void build_sub(NodeBuilder& node) { build_two(node, -1); }
void build_sum(NodeBuilder& node) { emit_sum(node, std::vector<float>(node.node().inputs.size(), 1)); }
void build_mean(NodeBuilder& node) {
  const size_t count = node.node().inputs.size();
  emit_sum(node, std::vector<float>(count, 1 / static_cast<float>(count)));
}

}  // namespace smoothgrad
