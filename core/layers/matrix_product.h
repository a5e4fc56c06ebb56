// Products of two values: matrices in their last two dimensions, the dimensions before spread against each other.
#pragma once

#include "core/layers/node_builder.h"

namespace smoothgrad {

// factor * a b, of [.., M, K] and [.., K, N]; row-major, and not yet the node's result.
Value product_of(NodeBuilder& node, const Value& a, const Value& b, float factor = 1);

// Each matrix transposed.
Value with_last_swapped(const Value& value);

}  // namespace smoothgrad
