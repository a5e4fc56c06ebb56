// How constants and smaller values spread over a value, by ONNX's (numpy's) rules.
#pragma once

#include <optional>
#include <vector>

#include "core/layers/node_builder.h"
#include "core/layers/walk.h"

namespace smoothgrad {

// One number for each place along the axis that lies innermost in the (dense) value's memory, if the constant has one number in
// all or differs only along that axis; else nothing.
std::optional<std::vector<double>> per_channel(const Constant& constant, const Value& value);

// Elements of the constant as floats, its axes in that order.
std::vector<float> elements_in_order(const Constant& constant, const AxisOrder& order);

// The constant at every element of a dense value, in the order of its memory. Throws where it does not spread to its
// dimensions.
std::vector<float> spread_constant(const NodeBuilder& node, const Constant& constant, const StridedView& view);

// The inputs of an operator on several values or constants, and what they spread to.
struct Operands {
  std::vector<Value> values;  // dense, each in its own order
  Dims dims;
  AxisOrder order;   // that of the first value that has all elements, for most others lie so too; constants follow
  bool led = false;  // there is such a value

  StridedView view() const { return laid_out(dims, order); }
  std::vector<Shape> shapes() const;
  void follow(const Value& value);
  void spread_to(const NodeBuilder& node, const Dims& more);
  std::vector<Walk> walks() const;  // through all that they spread to, along each
};

Operands operands_of(NodeBuilder& node, const std::vector<Value>& values);

// Inputs from `first` on; widen: constants may be integers. Throws where they do not fit.
Operands read_operands(NodeBuilder& node, int first = 0, bool widen = false);

// The shape that both spread to, each dimension equal or 1. Throws where they do not fit.
Dims broadcast_dims(const NodeBuilder& node, const Dims& a, const Dims& b);

}  // namespace smoothgrad
