// What a map looks like that has never seen the network: an edge detector, the baseline of Adebayo et al. 2018.
#pragma once

#include <vector>

#include "core/base/tensor.h"

namespace smoothgrad {

// Sobel: the length of the gradient from 3 x 3 windows (1 2 1 across, -1 0 1 along), summed over channels; beyond the border
// the nearest pixel counts. [H, W, C] -> [H, W].
std::vector<float> sobel(ConstTensor image);

}  // namespace smoothgrad
