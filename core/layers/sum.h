// Sums of values with factors.
#pragma once

#include <vector>

#include "core/layers/node_builder.h"

namespace smoothgrad {

// The smaller ones spread; not yet the node's result.
Value sum_of(NodeBuilder& node, const std::vector<Value>& values, std::vector<float> factors);

}  // namespace smoothgrad
