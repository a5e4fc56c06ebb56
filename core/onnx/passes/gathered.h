// Which elements of their first input Gather, GatherElements and GatherND take, and ScatterElements and ScatterND replace,
// where the indices are constant.
#pragma once

#include "core/onnx/passes/node_reader.h"

namespace smoothgrad {

struct Gathered {
  Dims dims;                      // of the output, or of the updates
  std::vector<size_t> positions;  // of its elements, in a row-major tensor
};

// Of an input of these dimensions. Nothing where it is another operator, where the indices are computed, or where they do not
// fit.
std::optional<Gathered> gathered(const NodeReader& node, const Dims& dims);

}  // namespace smoothgrad
