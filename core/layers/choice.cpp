// Min and Max of any number of operands, and Where by a constant condition: y is one of the operands, element by element, and
// so the gradient is that operand's alone; the first of equals wins. Min and Max save which, a byte an element; Where nothing.
// Rules do not concern them, not even Max with 0: a file that means a ReLU says so.
// Compiled for size.
#include <algorithm>

#include "core/layers/broadcast.h"
#include "core/layers/builders.h"

namespace smoothgrad {
namespace {

class Choice : public Layer {
 public:
  explicit Choice(const Operands& operands)
      : Layer(operands.shapes(), memory_shape(operands.view())), walks_(operands.walks()) {}

  void backward(const BackwardPass& pass) const final {
    for (size_t k = 0; k < inputs().size(); ++k) {
      std::fill_n(pass.grad_inputs[k], static_cast<size_t>(pass.batch) * inputs()[k].size(), 0.f);
    }
    for (size_t b = 0; b < static_cast<size_t>(pass.batch); ++b) {
      const uint8_t* chosen = choices(pass.saved, b);
      const float* grad = pass.grad_output + b * output().size();
      for (size_t k = 0; k < inputs().size(); ++k) {
        float* out = pass.grad_inputs[k] + b * inputs()[k].size();
        walks_[k].for_each([&](size_t i, size_t j) { out[j] += chosen[i] == k ? grad[i] : 0; });
      }
    }
  }

 protected:
  // Which operand each element of image b is.
  virtual const uint8_t* choices(const std::byte* saved, size_t b) const = 0;
  const std::vector<Walk>& walks() const { return walks_; }

 private:
  std::vector<Walk> walks_;  // of each operand
};

class Extreme final : public Choice {
 public:
  Extreme(const Operands& operands, bool largest) : Choice(operands), largest_(largest) {}

  std::string_view kind() const override { return largest_ ? "max" : "min"; }
  size_t saved_bytes(int batch) const override { return static_cast<size_t>(batch) * output().size(); }

  void forward(const ForwardPass& pass) const override {
    std::fill_n(pass.saved, saved_bytes(pass.batch), std::byte{0});
    for (size_t b = 0; b < static_cast<size_t>(pass.batch); ++b) {
      float* out = pass.output + b * output().size();
      std::byte* chosen = pass.saved + b * output().size();
      for (size_t k = 0; k < inputs().size(); ++k) {
        const float* in = pass.inputs[k] + b * inputs()[k].size();
        walks()[k].for_each([&](size_t i, size_t j) {
          if (k > 0 && !(largest_ ? in[j] > out[i] : in[j] < out[i])) return;
          out[i] = in[j];
          chosen[i] = static_cast<std::byte>(k);
        });
      }
    }
  }

 private:
  const uint8_t* choices(const std::byte* saved, size_t b) const override {
    return reinterpret_cast<const uint8_t*>(saved) + b * output().size();
  }

  bool largest_;
};

class Where final : public Choice {
 public:
  Where(const Operands& operands, std::vector<uint8_t> chosen) : Choice(operands), chosen_(std::move(chosen)) {}

  std::string_view kind() const override { return "where"; }
  size_t weight_bytes() const override { return chosen_.size(); }

  void forward(const ForwardPass& pass) const override {
    for (size_t b = 0; b < static_cast<size_t>(pass.batch); ++b) {
      float* out = pass.output + b * output().size();
      for (size_t k = 0; k < 2; ++k) {
        const float* in = pass.inputs[k] + b * inputs()[k].size();
        walks()[k].for_each([&](size_t i, size_t j) { out[i] = chosen_[i] == k ? in[j] : out[i]; });
      }
    }
  }

 private:
  const uint8_t* choices(const std::byte*, size_t) const override { return chosen_.data(); }

  std::vector<uint8_t> chosen_;  // in the order of memory: 0 where the condition holds, else 1
};

void build_extreme(NodeBuilder& node, bool largest) {
  const Operands operands = read_operands(node);
  if (operands.values.size() == 1) return node.alias(operands.values[0]);
  if (operands.values.size() > UINT8_MAX) node.unsupported({"more than 255 operands"});
  node.emit(std::make_unique<Extreme>(operands, largest), operands.values, operands.view());
}

}  // namespace

void build_max(NodeBuilder& node) { build_extreme(node, true); }
void build_min(NodeBuilder& node) { build_extreme(node, false); }

void build_where(NodeBuilder& node) {
  if (node.input_count() != 3) node.bad({"it must have three inputs"});
  const Constant condition = node.constant(0);
  Operands operands = read_operands(node, 1);
  operands.spread_to(node, condition.dims);
  const std::vector<float> holds = spread_constant(node, condition, operands.view());
  std::vector<uint8_t> chosen(holds.size());
  std::ranges::transform(holds, chosen.begin(), [](float truth) { return static_cast<uint8_t>(truth == 0); });
  node.emit(std::make_unique<Where>(operands, std::move(chosen)), operands.values, operands.view());
}

}  // namespace smoothgrad
