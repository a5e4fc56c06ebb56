// y = scale_c x + shift_c a channel: batch normalisation and constant factors and summands, where no layer before absorbs them.
#pragma once

#include <vector>

#include "core/layers/node_builder.h"

namespace smoothgrad {

// Of input i of the node, a dense value, along its innermost axis. Lets the layer before absorb it, or emits a layer of its
// own.
void build_scale_shift(NodeBuilder& node, int i, const Value& input, std::span<const double> scale,
                       std::span<const double> shift);

// scale * value + shift, by constants that spread to the value's dimensions; not yet the node's result.
Value scale_shifted(NodeBuilder& node, const Value& value, const Constant& scale, const Constant& shift);

}  // namespace smoothgrad
