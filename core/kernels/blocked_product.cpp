// Compiled for speed.
#include "core/kernels/blocked_product.h"

#include <algorithm>

namespace smoothgrad {
namespace {

struct PutSums {
  const Put& put;
  void operator()(size_t pixel, const Float4 (&sums)[2]) const {
    const Float4 lo = splat(put.clamp.lo), hi = splat(put.clamp.hi);
    for (size_t v = 0, at = pixel * put.step; v < 2; ++v, at += 4) {
      const Float4 sum = put.added ? sums[v] + load(put.added + at) : sums[v];
      store(put.to + at, min(max(sum, lo), hi));
    }
  }
};

}  // namespace

BlockedWeights::BlockedWeights(size_t outputs, size_t inputs, std::span<const float> weights, bool transposed,
                               std::span<const float> bias)
    : outputs_(outputs), inputs_(inputs), packed_(outputs * (inputs + 1)) {
  const size_t output_step = transposed ? 1 : inputs, input_step = transposed ? outputs : 1;
  float* to = packed_.data();
  for (size_t first = 0; first < outputs; first += kGroup) {
    const size_t end = std::min(first + kGroup, outputs);
    for (size_t o = first; o < end; ++o) *to++ = bias.empty() ? 0.f : bias[o];
    for (size_t i = 0; i < inputs; ++i) {
      const float* from = weights.data() + i * input_step;
      for (size_t o = first; o < end; ++o) *to++ = from[o * output_step];
    }
  }
}

void multiply_group(const float* group, size_t inputs, const float* input, size_t pixels, const Put& put) {
  const PutSums emit{put};
  multiply_group(group, inputs, input, pixels, emit);
}

void pack_blocks(const float* pixels_first, size_t pixels, size_t channels, float* blocks) {
  for (size_t first = 0; first < channels; first += 8) {
    const float* from = pixels_first + first;
    for (size_t p = 0; p < pixels; ++p, from += channels, blocks += 8) {
      store(blocks, load(from));
      store(blocks + 4, load(from + 4));
    }
  }
}

}  // namespace smoothgrad
