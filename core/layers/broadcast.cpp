// Compiled for size.
#include "core/layers/broadcast.h"

#include <algorithm>

namespace smoothgrad {

std::optional<std::vector<double>> per_channel(const Constant& constant, const Value& value) {
  if (constant.integer) return std::nullopt;
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
  if (dims.size() != static_cast<size_t>(rank) || dims[0] != 1) node.unsupported("a constant operand with a batch dimension");
  if (rank == 2) return {1, 1, static_cast<int>(dims[1])};
  return {static_cast<int>(dims[2]), static_cast<int>(dims[3]), static_cast<int>(dims[1])};
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
