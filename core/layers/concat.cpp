// Concat of any number of values along channels, height or width; saves nothing.
// Compiled for size.
#include <algorithm>

#include "core/layers/builders.h"
#include "core/layers/node_builder.h"

namespace smoothgrad {
namespace {

// In memory [batch, H, W, C], what follows the axis in a dimension is one block: C, W * C or H * W * C floats.
enum class Axis { kChannels, kWidth, kHeight };

size_t block(Shape shape, Axis axis) {
  const size_t channels = static_cast<size_t>(shape.channels);
  if (axis == Axis::kChannels) return channels;
  return axis == Axis::kWidth ? channels * static_cast<size_t>(shape.width) : shape.size();
}

class Concat final : public Layer {
 public:
  Concat(std::vector<Shape> inputs, Shape output, Axis axis) : Layer(std::move(inputs), output), axis_(axis) {}

  std::string_view kind() const override { return "concat"; }

  void forward(const ForwardPass& pass) const override {
    for_each_block(pass.batch, [&](size_t k, size_t part, size_t whole, size_t length) {
      std::copy_n(pass.inputs[k] + part, length, pass.output + whole);
    });
  }

  void backward(const BackwardPass& pass) const override {
    for_each_block(pass.batch, [&](size_t k, size_t part, size_t whole, size_t length) {
      std::copy_n(pass.grad_output + whole, length, pass.grad_inputs[k] + part);
    });
  }

 private:
  template <typename Visit>
  void for_each_block(int batch, Visit visit) const {
    const size_t whole = block(output(), axis_), count = static_cast<size_t>(batch) * output().size() / whole;
    size_t first = 0;
    for (size_t k = 0; k < inputs().size(); ++k) {
      const size_t length = block(inputs()[k], axis_);
      for (size_t i = 0; i < count; ++i) visit(k, i * length, i * whole + first, length);
      first += length;
    }
  }

  Axis axis_;
};

}  // namespace

void build_concat(NodeBuilder& node) {
  if (node.input_count() == 0) node.bad("it must have at least one input");
  std::vector<Value> values;
  std::vector<Shape> shapes;
  for (int i = 0; i < node.input_count(); ++i) {
    values.push_back(node.value(i));
    shapes.push_back(values.back().shape);
  }
  const int rank = values[0].rank;
  int64_t axis = node.attribute_int("axis", 1);
  if (axis < 0) axis += rank;
  if (axis < 1 || axis >= rank) node.unsupported("axis " + std::to_string(axis) + ": only channels, height and width");
  int Shape::* const along = axis == 1 ? &Shape::channels : axis == 2 ? &Shape::height : &Shape::width;
  Shape out = shapes[0];
  out.*along = 0;
  for (size_t i = 0; i < shapes.size(); ++i) {
    Shape same = shapes[i];
    same.*along = shapes[0].*along;
    if (values[i].rank != rank || same != shapes[0]) node.bad("input " + std::to_string(i) + " differs beside the axis");
    out.*along += shapes[i].*along;
  }
  const Axis kind = axis == 1 ? Axis::kChannels : axis == 2 ? Axis::kHeight : Axis::kWidth;
  node.emit(std::make_unique<Concat>(std::move(shapes), out, kind), values, rank);
}

}  // namespace smoothgrad
