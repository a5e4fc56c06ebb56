// y = f(x), element by element, for every row of the table, where no layer before takes it over; dx = f'(x) g. Saves f'(x).
// Compiled for size.
#include "core/layers/elementwise.h"

#include <array>

#include "core/layers/builders.h"
#include "core/layers/node_builder.h"

namespace smoothgrad {
namespace {

class Elementwise final : public Layer {
 public:
  Elementwise(Shape shape, const ElementwiseFunction& function, std::array<float, 2> parameters)
      : Layer({shape}, shape), function_(function), parameters_(parameters) {}

  std::string_view kind() const override { return function_.kind; }
  size_t saved_bytes(int batch) const override { return elements(batch) * sizeof(float); }

  void forward(const ForwardPass& pass) const override {
    float* slopes = reinterpret_cast<float*>(pass.saved);
    if (function_.fast) {
      return function_.fast(pass.inputs[0], elements(pass.batch), parameters_.data(), pass.output, slopes);
    }
    for (size_t i = 0, size = elements(pass.batch); i < size; ++i) {
      const auto [value, slope] = function_.at(pass.inputs[0][i], parameters_.data());
      pass.output[i] = value;
      slopes[i] = slope;
    }
  }

  void backward(const BackwardPass& pass) const override {
    const float* slopes = reinterpret_cast<const float*>(pass.saved);
    multiply(pass.grad_output, slopes, elements(pass.batch), pass.grad_inputs[0]);
  }

 private:
  size_t elements(int batch) const { return static_cast<size_t>(batch) * output().size(); }

  const ElementwiseFunction& function_;
  std::array<float, 2> parameters_;
};

}  // namespace

Value applied(NodeBuilder& node, std::string_view op, const Value& value) {
  const Value input = node.dense(value);
  auto layer = std::make_unique<Elementwise>(memory_shape(input.view), *find_elementwise(op), std::array<float, 2>{});
  return node.add_step(std::move(layer), {input}, input.view);
}

void build_elementwise(NodeBuilder& node) {
  const Value input = node.dense(0);
  std::string op = node.node().op;
  if (const std::string approximate = node.attribute_string("approximate", "none"); approximate == "tanh") {
    op += "/tanh";
  } else if (approximate != "none") {
    node.bad({"approximate '", approximate, "' is neither none nor tanh"});
  }
  const ElementwiseFunction& function = *find_elementwise(op);
  std::array<float, 2> parameters{};
  for (size_t i = 0; i < 2 && function.attributes[i]; ++i) {
    parameters[i] = node.attribute_float(function.attributes[i], function.absent[i]);
  }
  if (op == "Celu" && parameters[0] == 0) node.bad({"alpha must not be 0"});
  if (Layer* before = function.fast ? node.absorber(0) : nullptr;
      before && before->absorb_smooth({function.fast, parameters})) {
    return node.alias(input);
  }
  node.emit_like(std::make_unique<Elementwise>(memory_shape(input.view), function, parameters), input);
}

}  // namespace smoothgrad
