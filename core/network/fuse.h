// Chains of layers that run faster as one.
#pragma once

#include "core/layers/build_state.h"

namespace smoothgrad {

// Replaces 1x1 convolution, depthwise convolution, squeeze and excitation where there is one, 1x1 convolution, and the addition
// of the block's input where there is one, by an InvertedResidualLayer wherever its kernels cover the geometry. The layers that
// it replaces are dropped.
void fuse_inverted_residuals(BuildState& state);

}  // namespace smoothgrad
