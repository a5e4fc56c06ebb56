// Which outputs of steps are images.
#pragma once

#include <vector>

#include "core/network/network.h"

namespace smoothgrad {

// Channels last in the memory that step `step` leaves, from float `first` on.
struct SpatialOutput {
  int step = 0;
  Shape shape;
  size_t first = 0;
};

// Images, [1, C, H, W] or [1, H, W, C], and the tokens of one, [1, h w, C] or [1, 1 + h w, C] with the input's proportions, of
// which the first stands for the whole and is left out; in the order of the network. Behind the last attention, tokens beside
// the first may no longer count, and are not listed; nor are scores of attention, and constants.
std::vector<SpatialOutput> spatial_outputs(const Network& network);

}  // namespace smoothgrad
