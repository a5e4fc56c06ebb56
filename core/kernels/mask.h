// The one bit an element that a unit of the ReLU family keeps for its backward pass: whether it was active.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/rule.h"
#include "core/kernels/geometry.h"

namespace smoothgrad {

// Bytes of a mask of `size` elements, in whole words of 32.
constexpr size_t mask_bytes(size_t size) { return (size + 31) / 32 * sizeof(uint32_t); }

// Bit i of the mask: lo < values[i] < hi, of values already clamped (at the kinks the derivative is 0).
void make_mask(const float* values, size_t size, Clamp clamp, uint32_t* mask);

// gradient[i] becomes what the rule lets through.
void gate_gradient(float* gradient, size_t size, const uint32_t* mask, Rule rule);

}  // namespace smoothgrad
