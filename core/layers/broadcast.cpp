// Compiled for size.
#include "core/layers/broadcast.h"

#include <algorithm>

namespace smoothgrad {

std::optional<std::vector<double>> per_channel(const Constant& constant, const Value& value) {
  if (constant.integer || constant.dims.size() > static_cast<size_t>(value.rank)) return std::nullopt;
  const size_t channels = static_cast<size_t>(value.shape.channels);
  if (constant.size() == 1) return std::vector<double>(channels, constant.floats[0]);
  // The channels are the last dimension of [N, C] and the third from the end of [N, C, H, W]; all others must be 1.
  const size_t from_end = value.rank == 4 ? 3 : 1;
  if (constant.size() != channels || constant.dims.size() < from_end) return std::nullopt;
  if (static_cast<size_t>(constant.dims[constant.dims.size() - from_end]) != channels) return std::nullopt;
  return std::vector<double>(constant.floats.begin(), constant.floats.end());
}

Shape constant_shape(const NodeBuilder& node, const Constant& constant, int rank) {
  std::vector<int64_t> dims = constant.dims;
  while (dims.size() < static_cast<size_t>(rank)) dims.insert(dims.begin(), 1);
  if (constant.size() == 0) node.bad("a constant operand without elements");
  if (dims.size() != static_cast<size_t>(rank)) {
    node.unsupported("a constant operand of " + std::to_string(dims.size()) + " dimensions beside a value of " +
                     std::to_string(rank));
  }
  if (dims[0] != 1) node.unsupported("a constant operand with a batch dimension");
  for (int64_t dim : dims) {
    if (dim > 1 << 26) node.bad("a constant operand of " + std::to_string(dim) + " elements along one dimension");
  }
  if (rank == 2) return {1, 1, static_cast<int>(dims[1])};
  return {static_cast<int>(dims[2]), static_cast<int>(dims[3]), static_cast<int>(dims[1])};
}

Constant as_floats(const Constant& constant) {
  Constant floats = constant;
  if (constant.integer) floats.floats.assign(constant.ints.begin(), constant.ints.end());
  floats.ints.clear();
  floats.integer = false;
  return floats;
}

std::vector<float> channels_last(const std::vector<float>& channels_first, Shape shape) {
  std::vector<float> moved(channels_first.size());
  const size_t pixels = shape.pixels(), channels = static_cast<size_t>(shape.channels);
  for (size_t c = 0; c < channels; ++c) {
    for (size_t p = 0; p < pixels; ++p) moved[p * channels + c] = channels_first[c * pixels + p];
  }
  return moved;
}

std::vector<float> spread_constant(const NodeBuilder& node, const Constant& constant, const Value& value) {
  const Shape small = constant_shape(node, constant, value.rank);
  if (broadcast_shape(node, value.shape, small) != value.shape) node.bad("a constant larger than the value it belongs to");
  const std::vector<float> given = channels_last(constant.floats, small);
  std::vector<float> spread(value.shape.size());
  for_each_spread(value.shape, small, [&](size_t i, size_t j) { spread[i] = given[j]; });
  return spread;
}

Operands read_operands(NodeBuilder& node, int first, bool widen) {
  if (node.input_count() <= first) node.bad("it must have at least one operand");
  Operands operands;
  // The rank is that of the operands that are values; constants follow it.
  operands.rank = 0;
  for (int i = first; i < node.input_count(); ++i) {
    if (node.is_constant(i)) continue;
    const int rank = node.value(i).rank;
    if (operands.rank && rank != operands.rank) node.unsupported("operands of different rank");
    operands.rank = rank;
  }
  for (int i = first; i < node.input_count(); ++i) {
    const Value value = node.value(i, operands.rank, widen);
    if (operands.rank == 0) operands.rank = value.rank;
    operands.out = i == first ? value.shape : broadcast_shape(node, operands.out, value.shape);
    operands.values.push_back(value);
    operands.shapes.push_back(value.shape);
  }
  return operands;
}

Shape broadcast_shape(const NodeBuilder& node, Shape a, Shape b) {
  const auto fit = [&](int left, int right) {
    if (left != right && left != 1 && right != 1) {
      node.bad("its inputs do not fit: " + std::to_string(left) + " against " + std::to_string(right) + " along one dimension");
    }
    return std::max(left, right);
  };
  return {fit(a.height, b.height), fit(a.width, b.width), fit(a.channels, b.channels)};
}

}  // namespace smoothgrad
