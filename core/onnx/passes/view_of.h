// The operators that only move elements, as views of their first input; for folding constants and for shapes alike.
#pragma once

#include "core/onnx/passes/node_reader.h"

namespace smoothgrad {

// Output `output` of Identity, Dropout, Reshape, Flatten, Squeeze, Unsqueeze, Transpose, Slice, Expand, Split, for a first
// input of these dimensions. Nothing where it is another operator, where what it needs is computed, or where it does not fit.
std::optional<StridedView> view_of(const NodeReader& node, const Dims& dims, size_t output = 0);

}  // namespace smoothgrad
