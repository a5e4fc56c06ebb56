// The operators that only move elements, as views of their first input; for folding constants and for shapes alike.
#pragma once

#include "core/onnx/passes/node_reader.h"

namespace smoothgrad {

// What Identity, Dropout, Reshape, Flatten, Squeeze, Unsqueeze make of these dimensions: the elements stay in their (row-major)
// order. Nothing where it is another operator, where what it needs is computed, or where it does not fit.
std::optional<Dims> relabelled(const NodeReader& node, const Dims& dims);

// Output `output` of Transpose, Slice, Expand, Split as a view of the same memory as `from`. Nothing as above.
std::optional<StridedView> moved(const NodeReader& node, const StridedView& from, size_t output = 0);

// Either, of a row-major tensor of these dimensions.
std::optional<StridedView> view_of(const NodeReader& node, const Dims& dims, size_t output = 0);

}  // namespace smoothgrad
