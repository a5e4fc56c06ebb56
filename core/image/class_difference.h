// Two classes by the difference of their maps, each scaled to [0, 1] first (Smilkov et al. 2017, figure 6): unlike the
// gradient of S_a - S_b, it weighs both classes alike, whatever the size of their gradients.
#pragma once

#include <vector>

#include "core/image/noise_aware.h"

namespace smoothgrad {

// Maps of one size -> a - b, in [-1, 1], each scaled from 0 to its 99th percentile and clipped before.
std::vector<float> scaled_difference(std::span<const float> a, std::span<const float> b);

// Throws Error(kBadOption) on maps with signs: they have no scale from 0 to 1.
void check_scaled_difference(const MapOptions& options);

}  // namespace smoothgrad
