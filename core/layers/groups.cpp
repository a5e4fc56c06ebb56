// Compiled for size.
#include "core/layers/groups.h"

#include <algorithm>

#include "core/base/order.h"

namespace smoothgrad {

Grouped group_along(NodeBuilder& node, const Value& value, const std::vector<size_t>& axes) {
  const auto along = [&axes](size_t axis) { return std::ranges::find(axes, axis) != axes.end(); };
  AxisOrder order = order_of(value.view);
  std::erase_if(order, [&](size_t axis) { return value.dims()[axis] == 1 && !along(axis); });
  const auto first = std::ranges::find_if(order, along);
  const auto last = std::find_if_not(first, order.end(), along);
  const bool together = std::none_of(last, order.end(), along);
  order = order_of(value.view);
  if (!together) order = with_last(order, along);
  Grouped grouped{node.ordered(value, order), {}};
  bool behind = false;
  for (size_t axis : order) {
    const size_t extent = static_cast<size_t>(value.dims()[axis]);
    behind |= along(axis);
    (along(axis) ? grouped.groups.length : behind ? grouped.groups.step : grouped.groups.outer) *= extent;
  }
  return grouped;
}

}  // namespace smoothgrad
