// Sigmoid y = 1 / (1 + exp(-x)) and Tanh; they save their derivative, y (1 - y) and 1 - y^2. Rules do not concern them.
// Compiled for size.
#include <cmath>

#include "core/layers/builders.h"
#include "core/layers/node_builder.h"

namespace smoothgrad {
namespace {

struct ValueAndSlope {
  float value, slope;
};

ValueAndSlope sigmoid(float x) {
  const float y = 1.f / (1.f + std::exp(-x));
  return {y, y * (1.f - y)};
}

ValueAndSlope hyperbolic_tangent(float x) {
  const float y = std::tanh(x);
  return {y, 1.f - y * y};
}

using Function = ValueAndSlope (*)(float);

class SmoothActivation final : public Layer {
 public:
  SmoothActivation(Shape shape, std::string_view kind, Function function)
      : Layer({shape}, shape), kind_(kind), function_(function) {}

  std::string_view kind() const override { return kind_; }
  size_t saved_bytes(int batch) const override { return elements(batch) * sizeof(float); }

  void forward(const ForwardPass& pass) const override {
    float* slopes = reinterpret_cast<float*>(pass.saved);
    for (size_t i = 0, size = elements(pass.batch); i < size; ++i) {
      const auto [value, slope] = function_(pass.inputs[0][i]);
      pass.output[i] = value;
      slopes[i] = slope;
    }
  }

  void backward(const BackwardPass& pass) const override {
    const float* slopes = reinterpret_cast<const float*>(pass.saved);
    for (size_t i = 0, size = elements(pass.batch); i < size; ++i) pass.grad_inputs[0][i] = slopes[i] * pass.grad_output[i];
  }

 private:
  size_t elements(int batch) const { return static_cast<size_t>(batch) * output().size(); }

  std::string_view kind_;
  Function function_;
};

void build_smooth(NodeBuilder& node, std::string_view kind, Function function) {
  const Value input = node.value(0);
  node.emit(std::make_unique<SmoothActivation>(input.shape, kind, function), {input}, input.rank);
}

}  // namespace

void build_sigmoid(NodeBuilder& node) { build_smooth(node, "sigmoid", sigmoid); }
void build_tanh(NodeBuilder& node) { build_smooth(node, "tanh", hyperbolic_tangent); }

}  // namespace smoothgrad
