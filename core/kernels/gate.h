// Gates of the ReLU family at eight channels of a pixel, one bit a channel in a byte: the forward pass clamps and records which
// units are active, lo < y < hi; the backward pass lets through what the rule says.
#pragma once

#include <limits>

#include "core/base/rule.h"
#include "core/kernels/geometry.h"
#include "core/kernels/simd.h"

namespace smoothgrad {

struct RecordGate {
  Float4 lo, hi;

  explicit RecordGate(Clamp clamp) : lo(splat(clamp.lo)), hi(splat(clamp.hi)) {}

  Float4 clamped(Float4 value) const { return min(max(value, lo), hi); }
  // Also of values already clamped.
  uint8_t active(Float4 low, Float4 high) const {
    return static_cast<uint8_t>(bitmask((low > lo) & (low < hi), (high > lo) & (high < hi)));
  }

  void pass(Float4& low, Float4& high, uint8_t* bits) const {
    *bits = active(low, high);
    low = clamped(low);
    high = clamped(high);
  }
  // Of a row of values already clamped: what takes many instructions is not done where registers are short.
  void pass_row(const float* values, size_t pixels, uint8_t* bits) const {
    for (size_t p = 0; p < pixels; ++p, values += 8) bits[p] = active(load(values), load(values + 4));
  }
};

struct ApplyGate {
  Float4 floor;
  uint32_t always;  // these pass whether active or not

  explicit ApplyGate(Rule rule)
      : floor(splat(rule == Rule::kGradient ? -std::numeric_limits<float>::infinity() : 0.f)),
        always(rule == Rule::kDeconvnet ? 0xffu : 0u) {}

  // lanes: -1 where the unit was active.
  Float4 passed(Float4 value, Int4 lanes) const {
    return max(reinterpret_cast<Float4>(reinterpret_cast<Int4>(value) & lanes), floor);
  }
  void pass(Float4& low, Float4& high, const uint8_t* bits) const {
    const int32_t b = static_cast<int32_t>(*bits | always);
    const Int4 all = {b, b, b, b}, low_bits = {1, 2, 4, 8}, high_bits = {16, 32, 64, 128};
    low = passed(low, (all & low_bits) == low_bits);
    high = passed(high, (all & high_bits) == high_bits);
  }
};

}  // namespace smoothgrad
