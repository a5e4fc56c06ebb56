// Pad with a constant along height and width, y = x inside and `value` around it; saves nothing. Other modes, channels and
// cropping are rearrangements (see rearrange.h).
#pragma once

#include <optional>

#include "core/layers/node_builder.h"

namespace smoothgrad {

struct ZeroPadding {
  Image input;
  std::vector<int64_t> pads;  // top, left, bottom, right
};

// If input 0 of the node comes from a Pad with zeros that nothing else reads: what that Pad reads, and its pads.
std::optional<ZeroPadding> absorbable_padding(const NodeBuilder& node);

}  // namespace smoothgrad
