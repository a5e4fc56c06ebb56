// Gates of the ReLU family at eight channels of a pixel, one bit a channel in a byte: the forward pass clamps and records which
// units are active, lo < y < hi; the backward pass lets through what the rule says.
#pragma once

#include <limits>

#include "core/kernels/geometry.h"
#include "core/kernels/simd.h"
#include "core/network/rule.h"

namespace smoothgrad {

struct RecordGate {
  Float4 lo, hi;

  explicit RecordGate(Clamp clamp) : lo(splat(clamp.lo)), hi(splat(clamp.hi)) {}

  Float4 clamped(Float4 value) const { return min(max(value, lo), hi); }
  uint32_t active(Float4 value) const { return bitmask((value > lo) & (value < hi)); }

  void pass(Float4& low, Float4& high, uint8_t* bits) const {
    *bits = static_cast<uint8_t>(active(low) | active(high) << 4);
    low = clamped(low);
    high = clamped(high);
  }
  // half: 0, then 4.
  void pass_half(Float4& value, size_t half, uint8_t* bits) const {
    const uint32_t before = half == 0 ? 0u : *bits;
    *bits = static_cast<uint8_t>(before | active(value) << half);
    value = clamped(value);
  }
};

struct ApplyGate {
  Float4 floor;
  uint32_t always;  // these pass whether active or not

  explicit ApplyGate(Rule rule)
      : floor(splat(rule == Rule::kGradient ? -std::numeric_limits<float>::infinity() : 0.f)),
        always(rule == Rule::kDeconvnet ? 0xffu : 0u) {}

  Float4 passed(Float4 value, uint32_t bits) const {
    return max(select(lanes_of_bits(bits | always), value, splat(0.f)), floor);
  }
  void pass(Float4& low, Float4& high, const uint8_t* bits) const {
    low = passed(low, *bits);
    high = passed(high, static_cast<uint32_t>(*bits) >> 4);
  }
  void pass_half(Float4& value, size_t half, const uint8_t* bits) const {
    value = passed(value, static_cast<uint32_t>(*bits) >> half);
  }
};

// Where nothing gates, and no bits exist.
struct NoGate {
  void pass(Float4&, Float4&, const uint8_t*) const {}
  void pass_half(Float4&, size_t, const uint8_t*) const {}
};

}  // namespace smoothgrad
