// Compiled for size.
#include "core/layers/walk.h"

#include <algorithm>

namespace smoothgrad {
namespace {

// The step along an axis of a tensor of `rank` axes; 0 where the operand has no such axis, or is spread along it.
size_t step_of(const StridedView& operand, size_t axis, size_t rank) {
  const size_t missing = rank - operand.dims.size();
  if (axis < missing || operand.dims[axis - missing] == 1) return 0;
  return static_cast<size_t>(operand.strides[axis - missing]);
}

}  // namespace

Walk::Walk(const Dims& dims, const AxisOrder& order, const StridedView& a, const StridedView& b) {
  size_t out = 1;
  for (size_t i = order.size(); i-- > 0;) {
    const size_t extent = static_cast<size_t>(dims[order[i]]);
    if (extent == 1) continue;
    const Axis axis{extent, out, step_of(a, order[i], dims.size()), step_of(b, order[i], dims.size())};
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

}  // namespace smoothgrad
