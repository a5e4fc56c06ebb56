// Sums along axes.
#pragma once

#include <vector>

#include "core/layers/node_builder.h"

namespace smoothgrad {

// Summed along these axes, which are gone afterwards; not yet the node's result.
Value summed(NodeBuilder& node, const Value& value, const std::vector<size_t>& axes);

}  // namespace smoothgrad
