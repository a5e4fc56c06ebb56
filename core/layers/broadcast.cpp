// Compiled for size.
#include "core/layers/broadcast.h"

#include <algorithm>

namespace smoothgrad {
namespace {

// Of `order`, what concerns the last `rank` of its axes: where an operand of fewer dimensions has them.
AxisOrder trailing(const AxisOrder& order, size_t rank) {
  AxisOrder own;
  for (size_t axis : order) {
    if (axis + rank >= order.size()) own.push_back(axis + rank - order.size());
  }
  return own;
}

}  // namespace

std::optional<std::vector<double>> per_channel(const Constant& constant, const Value& value) {
  if (constant.integer || constant.size() == 0 || constant.dims.size() > value.rank()) return std::nullopt;
  const size_t channels = static_cast<size_t>(memory_shape(value.view).channels);
  if (constant.size() == 1) return std::vector<double>(channels, constant.floats[0]);
  const size_t innermost = order_of(value.view).back(), missing = value.rank() - constant.dims.size();
  if (innermost < missing || constant.size() != channels) return std::nullopt;
  if (static_cast<size_t>(constant.dims[innermost - missing]) != channels) return std::nullopt;
  return std::vector<double>(constant.floats.begin(), constant.floats.end());
}

std::vector<float> elements_in_order(const Constant& constant, const AxisOrder& order) {
  const StridedView moved = permuted(whole(constant.dims), order);
  const Constant picked = in_order(moved) ? constant : pick(constant, moved);
  if (!picked.integer) return picked.floats;
  return {picked.ints.begin(), picked.ints.end()};
}

std::vector<float> spread_constant(const NodeBuilder& node, const Constant& constant, const StridedView& view) {
  if (constant.size() == 0) node.bad({"a constant operand without elements"});
  if (broadcast_dims(node, view.dims, constant.dims) != view.dims) node.bad({"a constant larger than the value it belongs to"});
  const std::vector<float> given = elements_in_order(constant, row_major(constant.dims.size()));
  std::vector<float> spread(*element_count(view.dims));
  const Walk walk(view.dims, order_of(view), whole(constant.dims));
  walk.for_each([&](size_t i, size_t j) { spread[i] = given[j]; });
  return spread;
}

std::vector<Shape> Operands::shapes() const {
  std::vector<Shape> shapes;
  for (const Value& value : values) shapes.push_back(memory_shape(value.view));
  return shapes;
}

std::vector<Walk> Operands::walks() const {
  std::vector<Walk> walks;
  for (const Value& value : values) walks.emplace_back(dims, order, value.view);
  return walks;
}

void Operands::spread_to(const NodeBuilder& node, const Dims& more) {
  const Dims wider = broadcast_dims(node, dims, more);
  if (!element_count(wider)) node.bad({"its output would be too large"});
  if (wider.size() != dims.size()) order = row_major(wider.size());
  dims = wider;
}

void Operands::follow(const Value& value) {
  if (led || value.dims() != dims) return;
  order = order_of(value.view);
  led = true;
}

Operands read_operands(NodeBuilder& node, int first, bool widen) {
  if (node.input_count() <= first) node.bad({"it must have at least one operand"});
  Operands operands;
  for (int i = first; i < node.input_count(); ++i) {
    if (!node.has_input(i)) node.bad({"input ", i, " is missing"});
    const Dims dims = node.is_constant(i) ? node.constant(i).dims : node.value(i).dims();
    operands.spread_to(node, dims);
  }
  for (int i = first; i < node.input_count(); ++i) {
    if (!node.is_constant(i)) operands.follow(node.value(i));
  }
  for (int i = first; i < node.input_count(); ++i) {
    const size_t rank = node.is_constant(i) ? node.constant(i).dims.size() : 0;
    operands.values.push_back(node.dense(node.value(i, trailing(operands.order, rank), widen)));
  }
  return operands;
}

Operands operands_of(NodeBuilder& node, const std::vector<Value>& values) {
  Operands operands;
  for (const Value& value : values) operands.spread_to(node, value.dims());
  for (const Value& value : values) operands.follow(value);
  for (const Value& value : values) operands.values.push_back(node.dense(value));
  return operands;
}

Dims broadcast_dims(const NodeBuilder& node, const Dims& a, const Dims& b) {
  const std::optional<Dims> dims = spread_dims(a, b);
  if (!dims) node.bad({"its inputs do not fit: ", show(a), " against ", show(b)});
  return *dims;
}

}  // namespace smoothgrad
