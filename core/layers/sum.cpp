// Add, Sub, Sum and Mean, y = sum_k f_k a_k of any number of values or constants, the smaller ones spread; saves nothing.
// Compiled for speed.
#include "core/layers/sum.h"

#include <algorithm>

#include "core/layers/broadcast.h"
#include "core/layers/builders.h"
#include "core/layers/scale_shift.h"

namespace smoothgrad {
namespace {

class Sum final : public Layer {
 public:
  Sum(const Operands& operands, std::vector<float> factors)
      : Layer(operands.shapes(), memory_shape(operands.view())), factors_(std::move(factors)), walks_(operands.walks()) {}

  std::string_view kind() const override { return "add"; }
  Role role() const override {
    const bool plain = factors_ == std::vector<float>{1, 1} && walks_[0].same() && walks_[1].same();
    return plain ? Role::kSum : Role::kOther;
  }

  void forward(const ForwardPass& pass) const override {
    for (size_t b = 0; b < static_cast<size_t>(pass.batch); ++b) {
      float* out = pass.output + b * output().size();
      std::fill_n(out, output().size(), 0.f);
      for (size_t k = 0; k < factors_.size(); ++k) {
        const float* in = pass.inputs[k] + b * inputs()[k].size();
        const float factor = factors_[k];
        if (walks_[k].same()) {
          for (size_t i = 0; i < output().size(); ++i) out[i] += factor * in[i];
        } else {
          walks_[k].for_each([&](size_t i, size_t j) { out[i] += factor * in[j]; });
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
        if (walks_[k].same()) {
          for (size_t i = 0; i < output().size(); ++i) out[i] = factor * grad[i];
        } else {
          std::fill_n(out, inputs()[k].size(), 0.f);
          walks_[k].for_each([&](size_t i, size_t j) { out[j] += factor * grad[i]; });
        }
      }
    }
  }

 private:
  std::vector<float> factors_;
  std::vector<Walk> walks_;
};

// With a constant (input k) that differs only by channel, a sum or difference of two is a ScaleShift.
bool build_with_channel_constant(NodeBuilder& node, int k, double sign) {
  if (!node.is_constant(k)) return false;
  const Value value = node.dense(1 - k);
  const auto numbers = per_channel(node.constant(k), value);
  if (!numbers) return false;
  const double of_value = k == 0 ? sign : 1, of_constant = k == 0 ? 1 : sign;
  std::vector<double> shift = *numbers;
  for (double& number : shift) number *= of_constant;
  build_scale_shift(node, 1 - k, value, std::vector<double>(shift.size(), of_value), shift);
  return true;
}

Value add_sum(NodeBuilder& node, const Operands& operands, std::vector<float> factors) {
  return node.add_step(std::make_unique<Sum>(operands, std::move(factors)), operands.values, operands.view());
}

void emit_sum(NodeBuilder& node, std::vector<float> factors) {
  const Operands operands = read_operands(node);
  if (operands.values.size() == 1) return node.alias(operands.values[0]);
  node.alias(add_sum(node, operands, std::move(factors)));
}

void build_two(NodeBuilder& node, float sign) {
  if (node.input_count() != 2) node.bad({"it must have two inputs"});
  if (build_with_channel_constant(node, node.is_constant(0) ? 0 : 1, static_cast<double>(sign))) return;
  emit_sum(node, {1, sign});
}

}  // namespace

Value sum_of(NodeBuilder& node, const std::vector<Value>& values, std::vector<float> factors) {
  return add_sum(node, operands_of(node, values), std::move(factors));
}

void build_add(NodeBuilder& node) { build_two(node, 1); }
void build_sub(NodeBuilder& node) { build_two(node, -1); }
void build_sum(NodeBuilder& node) { emit_sum(node, std::vector<float>(node.node().inputs.size(), 1)); }
void build_mean(NodeBuilder& node) {
  const size_t count = node.node().inputs.size();
  emit_sum(node, std::vector<float>(count, 1 / static_cast<float>(count)));
}

}  // namespace smoothgrad
