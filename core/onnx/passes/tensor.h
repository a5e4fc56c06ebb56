// Shapes, and views of tensors by strides (numpy's): what moves elements without arithmetic is one function and a StridedView.
#pragma once

#include <optional>

#include "core/onnx/graph.h"

namespace smoothgrad {

using Dims = std::vector<int64_t>;

// Nothing where a dimension is negative, or where there are more than 2^28 elements, which no pass makes.
std::optional<size_t> element_count(const Dims& dims);

// Element [i, j, ..] of the view is element offset + i * strides[0] + j * strides[1] + .. of the tensor.
struct StridedView {
  Dims dims, strides;
  int64_t offset = 0;

  bool operator==(const StridedView&) const = default;
};

StridedView whole(const Dims& dims);
// ONNX's (numpy's) broadcasting of a view, or of a tensor of these dimensions; nothing where it does not fit.
std::optional<StridedView> spread(const StridedView& view, const Dims& to);
inline std::optional<StridedView> spread(const Dims& dims, const Dims& to) { return spread(whole(dims), to); }
std::optional<Dims> spread_dims(const Dims& a, const Dims& b);
StridedView permuted(const StridedView& view, const std::vector<size_t>& axes);  // its axes in that order
StridedView swapped(StridedView view, size_t one, size_t other);                 // two axes changed over
StridedView without_last(StridedView view, size_t count);                        // at the first place along its last axes
bool in_order(const StridedView& view);  // its elements are those of the tensor, one after the other

// Walks over a view's elements in order: where in the tensor each is.
class Cursor {
 public:
  explicit Cursor(StridedView view) : view_(std::move(view)), index_(view_.dims.size(), 0), at_(view_.offset) {}
  size_t next();

 private:
  StridedView view_;
  Dims index_;
  int64_t at_;
};

Constant pick(const Constant& from, const StridedView& view);
// Like `from`, with these dimensions and the elements at these positions.
Constant pick(const Constant& from, Dims dims, const std::vector<size_t>& positions);
// One tensor filled with zeros, of the type of another.
Constant zeros_like(const Constant& other, Dims dims, size_t count);
Constant integer_tensor(Dims dims, std::vector<int64_t> values, int type = kInt64);

// An axis counted from the end made one from the start; nothing where there is none such.
std::optional<size_t> find_axis(int64_t axis, size_t rank);

}  // namespace smoothgrad
