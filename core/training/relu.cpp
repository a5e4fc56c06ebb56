// ReLU y = max(x, 0); the gradient passes where y > 0.
// Compiled for speed.
#include <algorithm>

#include "core/training/layer.h"

namespace smoothgrad::training {
namespace {

class Relu final : public Layer {
 public:
  explicit Relu(Shape shape) : Layer(LayerKind::kRelu, shape, shape) {}

  void forward(const ForwardPass& pass) const override {
    const size_t size = pass.images * output().size();
    for (size_t i = 0; i < size; ++i) pass.output[i] = std::max(pass.input[i], 0.f);
  }

  void backward(const BackwardPass& pass) const override {
    const size_t size = pass.images * output().size();
    for (size_t i = 0; i < size; ++i) pass.grad_input[i] = pass.output[i] > 0 ? pass.grad_output[i] : 0.f;
  }
};

}  // namespace

std::unique_ptr<const Layer> make_relu(Shape input) { return std::make_unique<Relu>(input); }

}  // namespace smoothgrad::training
