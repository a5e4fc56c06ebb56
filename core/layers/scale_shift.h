// y = scale_c x + shift_c a channel: batch normalisation and constant factors and summands, where no layer before absorbs them.
#pragma once

#include <vector>

#include "core/layers/node_builder.h"

namespace smoothgrad {

// Of input i of the node. Lets the layer before absorb it, or emits a layer of its own.
void build_scale_shift(NodeBuilder& node, int i, std::span<const double> scale, std::span<const double> shift);

}  // namespace smoothgrad
