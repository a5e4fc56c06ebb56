// How a constant or a smaller value spreads over an [N, C, H, W] or [N, C] value, by ONNX's (numpy's) rules.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/layers/node_builder.h"

namespace smoothgrad {

// One number a channel, if the constant has one number in all or differs only by channel; else nothing.
std::optional<std::vector<double>> per_channel(const Constant& constant, const Value& value);

// Shape of a constant as a value: [.., C, H, W] or [.., C]. Throws where it has a batch dimension, or more dimensions.
Shape constant_shape(const NodeBuilder& node, const Constant& constant, int rank);

// The constant, its integers and booleans as floats.
Constant as_floats(const Constant& constant);

// Elements of a constant of that shape, [C, H, W], in the order of memory, [H, W, C].
std::vector<float> channels_last(const std::vector<float>& channels_first, Shape shape);

// The constant at every element of the value, [H, W, C]. Throws where it does not spread to the value's shape.
std::vector<float> spread_constant(const NodeBuilder& node, const Constant& constant, const Value& value);

// The shape that both spread to, each dimension equal or 1. Throws where they do not fit.
Shape broadcast_shape(const NodeBuilder& node, Shape a, Shape b);

// The inputs of an operator on several values or constants, all of one rank; `out` is the shape that they spread to.
struct Operands {
  std::vector<Value> values;
  std::vector<Shape> shapes;
  Shape out;
  int rank = 4;
};

// Inputs from `first` on; widen: constants may be integers. Throws where their ranks differ or they do not fit.
Operands read_operands(NodeBuilder& node, int first = 0, bool widen = false);

// A view of a small tensor at the positions of a large one: index(y, x, c), 0 stride where it has one element.
struct Spread {
  size_t row, col, channel;

  explicit Spread(Shape shape)
      : row(shape.height == 1 ? 0 : static_cast<size_t>(shape.width) * static_cast<size_t>(shape.channels)),
        col(shape.width == 1 ? 0 : static_cast<size_t>(shape.channels)),
        channel(shape.channels == 1 ? 0 : 1) {}
};

// visit(element of the large tensor, element of the small one), in order of memory of the large one.
template <typename Visit>
void for_each_spread(Shape large, Shape small, Visit visit) {
  const Spread spread(small);
  size_t i = 0;
  for (size_t y = 0; y < static_cast<size_t>(large.height); ++y) {
    for (size_t x = 0; x < static_cast<size_t>(large.width); ++x) {
      const size_t first = y * spread.row + x * spread.col;
      for (size_t c = 0; c < static_cast<size_t>(large.channels); ++c) visit(i++, first + c * spread.channel);
    }
  }
}

}  // namespace smoothgrad
