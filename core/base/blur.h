// Gaussian blur of an image, each channel for itself.
#pragma once

#include <vector>

#include "core/base/tensor.h"

namespace smoothgrad {

// [H, W, C] -> [H, W, C]; sigma in pixels, 0 = unchanged. The kernel reaches 3 sigma; near a border its weights inside the
// image are scaled to add up to 1, so a constant stays what it is.
std::vector<float> gaussian_blur(ConstTensor image, double sigma);

}  // namespace smoothgrad
