// Compiled for size.
#include "core/layers/value.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "core/base/order.h"

namespace smoothgrad {
namespace {

// Axes from `first` to `last` of one shape that have as many elements as such axes of another: what a reshape does at one
// place.
struct Regroup {
  size_t first, last;          // of the old axes
  size_t new_first, new_last;  // of the new ones
};

// The smallest groups there are; dims have as many elements.
std::vector<Regroup> regroup(const Dims& from, const Dims& to) {
  std::vector<Regroup> groups;
  size_t i = 0, j = 0;
  while (i < from.size() || j < to.size()) {
    Regroup group{i, i, j, j};
    int64_t left = 1, right = 1;
    if (i < from.size()) left = from[i++];
    if (j < to.size()) right = to[j++];
    while (left != right) {
      if (left < right)
        left *= from[i++];
      else
        right *= to[j++];
    }
    group.last = i;
    group.new_last = j;
    groups.push_back(group);
  }
  return groups;
}

// Axes of one element aside, each lies directly around the next.
bool mergeable(const StridedView& view, const Regroup& group) {
  std::optional<int64_t> span;  // of the axis behind
  for (size_t axis = group.last; axis-- > group.first;) {
    if (view.dims[axis] == 1) continue;
    if (span && view.strides[axis] != span) return false;
    span = view.strides[axis] * view.dims[axis];
  }
  return true;
}

int64_t innermost_stride(const StridedView& view, const Regroup& group) {
  for (size_t axis = group.last; axis-- > group.first;) {
    if (view.dims[axis] != 1) return view.strides[axis];
  }
  return 0;
}

}  // namespace

AxisOrder row_major(size_t rank) { return axes_from(0, rank); }

AxisOrder axes_from(size_t first, size_t rank) {
  AxisOrder axes(rank - first);
  std::iota(axes.begin(), axes.end(), first);
  return axes;
}

AxisOrder order_of(const StridedView& view) {
  // An axis that repeats its elements lies outside. Of two strides that are equal, one belongs to an axis of one element, which
  // lies inside.
  const auto apart = [&view](size_t axis) { return view.strides[axis] == 0 ? INT64_MAX : std::abs(view.strides[axis]); };
  return order_by(view.dims.size(),
                  [&](size_t a, size_t b) { return apart(a) != apart(b) ? apart(a) > apart(b) : view.dims[a] > view.dims[b]; });
}

AxisOrder with_innermost(AxisOrder order, size_t axis) {
  std::erase(order, axis);
  order.push_back(axis);
  return order;
}

StridedView laid_out(const Dims& dims, const AxisOrder& order) {
  StridedView view{dims, Dims(dims.size(), 1)};
  int64_t stride = 1;
  for (size_t i = order.size(); i-- > 0;) {
    view.strides[order[i]] = stride;
    stride *= dims[order[i]];
  }
  return view;
}

bool is_dense(const StridedView& view, size_t size) {
  return view.offset == 0 && element_count(view.dims) == size && lies_in(view, order_of(view));
}

bool lies_in(const StridedView& view, const AxisOrder& order) {
  const StridedView plain = laid_out(view.dims, order);
  for (size_t axis = 0; axis < view.dims.size(); ++axis) {
    if (view.dims[axis] != 1 && view.strides[axis] != plain.strides[axis]) return false;
  }
  return true;
}

Shape memory_shape(const StridedView& view) {
  Shape shape;
  int Shape::* const inner[] = {&Shape::channels, &Shape::width};
  const AxisOrder order = order_of(view);
  for (size_t i = 0; i < order.size(); ++i) {
    int Shape::* const at = i < 2 ? inner[i] : &Shape::height;
    shape.*at *= static_cast<int>(view.dims[order[order.size() - 1 - i]]);
  }
  return shape;
}

std::optional<StridedView> reshaped(const StridedView& view, const Dims& dims) {
  StridedView out{dims, Dims(dims.size(), 0), view.offset};
  for (const Regroup& group : regroup(view.dims, dims)) {
    if (!mergeable(view, group)) return std::nullopt;
    int64_t stride = innermost_stride(view, group);
    for (size_t axis = group.new_last; axis-- > group.new_first;) {
      out.strides[axis] = stride;
      stride *= dims[axis];
    }
  }
  return out;
}

AxisOrder order_for_reshape(const StridedView& view, const Dims& dims) {
  const std::vector<Regroup> groups = regroup(view.dims, dims);
  // A group lies where its innermost element lay.
  const auto inner = [&view](const Regroup& group) {
    int64_t least = INT64_MAX;
    for (size_t axis = group.first; axis < group.last; ++axis) {
      if (view.dims[axis] != 1) least = std::min(least, std::abs(view.strides[axis]));
    }
    return least == INT64_MAX ? 0 : least;
  };
  AxisOrder order;
  for (const size_t i : order_by(groups.size(), [&](size_t a, size_t b) { return inner(groups[a]) > inner(groups[b]); })) {
    for (size_t axis = groups[i].first; axis < groups[i].last; ++axis) order.push_back(axis);
  }
  return order;
}

std::string show(const Dims& dims) {
  std::string text = "[";
  for (size_t i = 0; i < dims.size(); ++i) text += (i ? ", " : "") + std::to_string(dims[i]);
  return text + "]";
}

}  // namespace smoothgrad
