// Compiled for size.
#include "core/layers/walk.h"

#include <algorithm>

namespace smoothgrad {
Walk::Walk(const Dims& dims, const AxisOrder& order, const StridedView& a, const StridedView& b) {
  const Dims of_a = spread(a, dims)->strides, of_b = spread(b, dims)->strides;
  size_t out = 1;
  for (size_t i = order.size(); i-- > 0;) {
    const size_t extent = static_cast<size_t>(dims[order[i]]);
    if (extent == 1) continue;
    const Axis axis{extent, out, static_cast<size_t>(of_a[order[i]]), static_cast<size_t>(of_b[order[i]])};
    out *= extent;
    if (!axes_.empty()) {
      Axis& inner = axes_.back();
      if (axis.a == inner.a * inner.extent && axis.b == inner.b * inner.extent) {
        inner.extent *= extent;
        continue;
      }
    }
    axes_.push_back(axis);
  }
  if (axes_.empty()) axes_.push_back({1, 1, 1, 1});
  std::ranges::reverse(axes_);
}

bool Walk::repeats(size_t size, size_t operand) const {
  const auto step = [operand](const Axis& axis) { return operand ? axis.b : axis.a; };
  const bool outer = axes_.size() == 1 || (axes_.size() == 2 && step(axes_[0]) == 0);
  return outer && axes_.back().extent == size && step(axes_.back()) == 1;
}

bool Walk::follows(size_t operand) const {
  return std::ranges::all_of(axes_, [operand](const Axis& axis) { return (operand ? axis.b : axis.a) == axis.out; });
}

}  // namespace smoothgrad
