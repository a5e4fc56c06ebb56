#include "core/onnx/passes/tensor.h"

#include <algorithm>

namespace smoothgrad {

std::optional<size_t> element_count(const Dims& dims) {
  constexpr int64_t kMost = int64_t{1} << 28;
  int64_t count = 1;
  bool none = false;
  for (int64_t dim : dims) {
    none |= dim == 0;
    if (dim < 0 || dim > kMost || count * std::max<int64_t>(dim, 1) > kMost) return std::nullopt;
    count *= std::max<int64_t>(dim, 1);  // so that strides cannot overflow either
  }
  return none ? 0 : static_cast<size_t>(count);
}

StridedView whole(const Dims& dims) {
  StridedView view{dims, Dims(dims.size(), 1)};
  for (size_t i = dims.size(); i-- > 1;) view.strides[i - 1] = view.strides[i] * dims[i];
  return view;
}

std::optional<StridedView> spread(const StridedView& view, const Dims& to) {
  if (view.dims.size() > to.size()) return std::nullopt;
  StridedView wider{to, Dims(to.size(), 0), view.offset};
  const size_t more = to.size() - view.dims.size();
  for (size_t i = 0; i < view.dims.size(); ++i) {
    if (view.dims[i] == to[more + i]) wider.strides[more + i] = view.strides[i];
    if (view.dims[i] != to[more + i] && view.dims[i] != 1) return std::nullopt;
  }
  return wider;
}

StridedView permuted(const StridedView& view, const std::vector<size_t>& axes) {
  StridedView moved{{}, {}, view.offset};
  for (size_t axis : axes) {
    moved.dims.push_back(view.dims[axis]);
    moved.strides.push_back(view.strides[axis]);
  }
  return moved;
}

StridedView swapped(StridedView view, size_t one, size_t other) {
  std::swap(view.dims[one], view.dims[other]);
  std::swap(view.strides[one], view.strides[other]);
  return view;
}

StridedView without_last(StridedView view, size_t count) {
  view.dims.resize(view.dims.size() - count);
  view.strides.resize(view.strides.size() - count);
  return view;
}

std::optional<Dims> spread_dims(const Dims& a, const Dims& b) {
  if (a.size() < b.size()) return spread_dims(b, a);
  Dims dims = a;
  const size_t more = a.size() - b.size();
  for (size_t i = 0; i < b.size(); ++i) {
    int64_t& dim = dims[more + i];
    if (dim == 1) dim = b[i];
    if (dim != b[i] && b[i] != 1) return std::nullopt;
  }
  return dims;
}

size_t Cursor::next() {
  const size_t found = static_cast<size_t>(at_);
  for (size_t axis = index_.size(); axis-- > 0;) {
    at_ += view_.strides[axis];
    if (++index_[axis] < view_.dims[axis]) break;
    at_ -= view_.strides[axis] * view_.dims[axis];
    index_[axis] = 0;
  }
  return found;
}

bool in_order(const StridedView& view) {
  const StridedView plain = whole(view.dims);
  for (size_t i = 0; i < view.dims.size(); ++i) {
    if (view.dims[i] != 1 && view.strides[i] != plain.strides[i]) return false;
  }
  return view.offset == 0;
}

Constant zeros_like(const Constant& other, Dims dims, size_t count) {
  Constant made;
  made.dims = std::move(dims);
  made.integer = other.integer;
  made.type = other.type;
  if (made.integer)
    made.ints.resize(count);
  else
    made.floats.resize(count);
  return made;
}

Constant pick(const Constant& from, const StridedView& view) {
  const size_t count = element_count(view.dims).value_or(0);
  Constant made = zeros_like(from, view.dims, count);
  Cursor cursor(view);
  for (size_t i = 0; i < count; ++i) {
    const size_t at = cursor.next();
    if (from.integer)
      made.ints[i] = from.ints[at];
    else
      made.floats[i] = from.floats[at];
  }
  return made;
}

Constant pick(const Constant& from, Dims dims, const std::vector<size_t>& positions) {
  Constant made = zeros_like(from, std::move(dims), positions.size());
  for (size_t i = 0; i < positions.size(); ++i) {
    if (from.integer)
      made.ints[i] = from.ints[positions[i]];
    else
      made.floats[i] = from.floats[positions[i]];
  }
  return made;
}

Constant integer_tensor(Dims dims, std::vector<int64_t> values, int type) {
  Constant made;
  made.dims = std::move(dims);
  made.ints = std::move(values);
  made.integer = true;
  made.type = type;
  return made;
}

std::optional<size_t> find_axis(int64_t axis, size_t rank) {
  const int64_t count = static_cast<int64_t>(rank);
  if (axis < -count || axis >= count) return std::nullopt;
  return static_cast<size_t>(axis < 0 ? axis + count : axis);
}

}  // namespace smoothgrad
