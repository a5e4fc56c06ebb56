// An activation as the graph sees it: a view of what a step leaves in memory, by ONNX's dimensions for a batch of one image.
// Transposing, slicing and most reshaping only change the view, so nothing moves until a layer asks for another order.
#pragma once

#include <vector>

#include "core/base/tensor.h"
#include "core/onnx/passes/tensor.h"

namespace smoothgrad {

struct Value {
  int id = 0;        // of the step's output
  StridedView view;  // of one image's memory

  const Dims& dims() const { return view.dims; }
  size_t rank() const { return view.dims.size(); }
  size_t size() const { return element_count(view.dims).value_or(0); }
};

// Axes in the order of memory, the outermost first.
using AxisOrder = std::vector<size_t>;

AxisOrder order_of(const StridedView& view);
AxisOrder row_major(size_t rank);
AxisOrder axes_from(size_t first, size_t rank);  // first, first + 1, ..
AxisOrder with_innermost(AxisOrder order, size_t axis);
inline const AxisOrder kChannelsLast = {0, 2, 3, 1};  // of [N, C, H, W]

// A tensor of these dimensions whose axes lie in that order.
StridedView laid_out(const Dims& dims, const AxisOrder& order);
// As the view lies, with other dimensions.
inline StridedView laid_out_like(const StridedView& view, const Dims& dims) { return laid_out(dims, order_of(view)); }

// Each element of a memory of `size` floats once, in whatever order of axes.
bool is_dense(const StridedView& view, size_t size);
// The axes lie in that order, those of one element aside.
bool lies_in(const StridedView& view, const AxisOrder& order);

// Extents in the order of memory: the innermost axis is the channels, the next the width, all others together the height. Of an
// image that lies channels last, its own height, width and channels.
Shape memory_shape(const StridedView& view);

// The view with other dimensions, as many elements and the same row-major order of them; nothing where no strides do that.
std::optional<StridedView> reshaped(const StridedView& view, const Dims& dims);
// An order in which a copy of the view can be reshaped: axes that are merged or cut anew lie in their own order, all others
// stay.
AxisOrder order_for_reshape(const StridedView& view, const Dims& dims);

std::string show(const Dims& dims);  // "[1, 3, 224, 224]"

}  // namespace smoothgrad
