// Softmax and LogSoftmax over the elements along some axes.
#pragma once

#include <vector>

#include "core/layers/node_builder.h"

namespace smoothgrad {

// Not yet the node's result.
Value softmax_of(NodeBuilder& node, const Value& value, const std::vector<size_t>& axes, bool logarithm = false);

}  // namespace smoothgrad
