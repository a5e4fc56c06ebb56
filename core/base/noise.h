// Noise is named, not drawn: element i of sample k under seed q is a pure function of (q, k, i), so that any thread, machine
// or day computes the same. Philox4x32-10 (Salmon et al. 2011) with key q and counter (i / 4, k), then Box-Muller.
#pragma once

#include <cstdint>
#include <span>

namespace smoothgrad {

// Standard-normal noise of one sample: out[i] is element i (of a tensor [H, W, C], in that order; fewer than 2^34 elements).
// The block's words 0, 1 make elements 0 (cosine) and 1 (sine), its words 2, 3 elements 2 and 3; within 1.5e-6. The bits are
// the same in every build (no fused multiply-add).
void standard_normal(uint64_t seed, uint64_t sample, std::span<float> out);

}  // namespace smoothgrad
