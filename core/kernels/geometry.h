// Where the taps of a sliding window fall; shared by convolutions and pooling.
#pragma once

#include <limits>

#include "core/base/tensor.h"

namespace smoothgrad {

// Padding below and to the right is implied by the output's size, and so may be asymmetric.
struct ConvGeometry {
  Shape input;
  Shape output;
  int kernel_height = 1, kernel_width = 1;
  int stride_y = 1, stride_x = 1;
  int dilation_y = 1, dilation_x = 1;
  int pad_top = 0, pad_left = 0;
  int groups = 1;
};

// Bounds of a fused ReLU family activation; the default clamps nothing.
struct Clamp {
  float lo = -std::numeric_limits<float>::infinity();
  float hi = std::numeric_limits<float>::infinity();

  bool operator==(const Clamp&) const = default;
};

}  // namespace smoothgrad
