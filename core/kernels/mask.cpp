// Compiled for speed.
#include "core/kernels/mask.h"

#include <algorithm>

#include "core/kernels/simd.h"

namespace smoothgrad {
namespace {

// `size` is 32 or less.
uint32_t mask_word(const float* values, size_t size, Clamp clamp) {
  uint32_t word = 0;
  for (size_t i = 0; i < size; ++i) {
    word |= static_cast<uint32_t>(values[i] > clamp.lo && values[i] < clamp.hi) << i;
  }
  return word;
}

}  // namespace

void make_mask(const float* values, size_t size, Clamp clamp, uint32_t* mask) {
  const Float4 lo = splat(clamp.lo), hi = splat(clamp.hi);
  for (; size >= 32; size -= 32, values += 32) {
    uint32_t word = 0;
    for (int i = 0; i < 8; ++i) {
      const Float4 value = load(values + 4 * i);
      word |= bitmask((value > lo) & (value < hi)) << (4 * i);
    }
    *mask++ = word;
  }
  if (size > 0) *mask = mask_word(values, size, clamp);
}

void gate_gradient(float* gradient, size_t size, const uint32_t* mask, Rule rule) {
  const Float4 floor = splat(rule == Rule::kGradient ? -std::numeric_limits<float>::infinity() : 0.f);
  const bool everywhere = rule == Rule::kDeconvnet;
  for (; size >= 32; size -= 32, gradient += 32) {
    const uint32_t word = everywhere ? ~0u : *mask++;
    for (int i = 0; i < 8; ++i) {
      const Float4 kept = select(lanes_of_bits(word >> (4 * i)), load(gradient + 4 * i), splat(0.f));
      store(gradient + 4 * i, max(kept, floor));
    }
  }
  for (size_t i = 0; i < size; ++i) {
    const bool active = everywhere || (*mask >> i & 1);
    gradient[i] = active ? std::max(gradient[i], floor[0]) : 0.f;
  }
}

}  // namespace smoothgrad
