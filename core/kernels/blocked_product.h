// Matrix products on pixels in blocks of eight channels, [C / 8, pixels, 8], with the epilogue in the caller's hands.
// The register tile is kTilePixels pixels by eight outputs; more sums hide more of the latency of multiply-add. V8 has fifteen
// vector registers, and moves every load of a basic block ahead of its arithmetic: with a conditional exit after each step four
// pixels fit (eight sums, two weights, four inputs, a product). With one after each pixel, never taken, six do where products
// are fused (twelve sums, two weights, one input); elsewhere those branches cost more than they gain.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "core/kernels/geometry.h"
#include "core/kernels/simd.h"
#include "core/kernels/unroll.h"

namespace smoothgrad {

// Weights in groups of eight outputs: their biases, then for each input their weights.
class BlockedWeights {
 public:
  // weights [outputs, inputs] or, transposed, [inputs, outputs]; bias [outputs] or empty. Both counts are multiples of eight.
  BlockedWeights(size_t outputs, size_t inputs, std::span<const float> weights, bool transposed, std::span<const float> bias);

  size_t inputs() const { return inputs_; }
  size_t outputs() const { return outputs_; }
  size_t bytes() const { return packed_.size() * sizeof(float); }
  const float* group(size_t first_output) const { return packed_.data() + first_output * (inputs_ + 1); }

 private:
  size_t outputs_, inputs_;
  std::vector<float> packed_;
};

constexpr size_t kGroup = 8;  // outputs that are made together
#if defined(__wasm_relaxed_simd__)
constexpr int kTilePixels = 6;
constexpr bool kBranchEachPixel = true;
#else
constexpr int kTilePixels = 4;
constexpr bool kBranchEachPixel = false;
#endif
constexpr size_t kPixelSlack = kTilePixels - 1;  // pixels behind the last one that the products may read

// [pixels, C] of floats -> [C / 8, pixels, 8].
void pack_blocks(const float* pixels_first, size_t pixels, size_t channels, float* blocks);

namespace product_detail {

// Any numbers that a count of inputs never is, each another one, for the branches that are never taken.
constexpr size_t impossible(int input, int pixel) { return ~static_cast<size_t>(8 * pixel + input); }

// sums[pixel] = bias + the products, over k > 0 inputs.
template <int Pixels>
[[gnu::always_inline]] inline void multiply_tile(const float* input, size_t block_step, size_t k, const float* weights,
                                                 Float4 (&sums)[Pixels][2]) {
  const Float4 bias[2] = {load(weights), load(weights + 4)};
  unroll<Pixels>([&](auto p) { sums[p][0] = bias[0], sums[p][1] = bias[1]; });
  weights += kGroup;
  // The products with one input; true when it was the last.
  const auto step = [&](auto i) __attribute__((always_inline)) {
    const Float4 low = load(weights + i * 8), high = load(weights + i * 8 + 4);
    const auto pixel = [&](auto p) __attribute__((always_inline)) {
      const Float4 value = splat(input[p * 8 + i]);
      sums[p][0] = multiply_add(value, low, sums[p][0]);
      sums[p][1] = multiply_add(value, high, sums[p][1]);
      return kBranchEachPixel && k == impossible(i, p);
    };
    const bool never = [&]<int... P>(std::integer_sequence<int, P...>) __attribute__((always_inline)) {
      return (pixel(std::integral_constant<int, P>{}) || ...);
    }(std::make_integer_sequence<int, Pixels>{});
    return never || k == static_cast<size_t>(i + 1);
  };
  while (![&]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline)) {
    return (step(std::integral_constant<int, I>{}) || ...);
  }(std::make_integer_sequence<int, 8>{})) {
    k -= 8;
    input += block_step;
    weights += 8 * kGroup;
  }
}

// A function of its own, and `emit` stays behind its reference: constants of the epilogue that a compiler moved into registers
// ahead of the loop would push sums out of them.
template <int Pixels, typename Emit>
[[gnu::noinline]] void multiply_tiles(const float* weights, size_t inputs, const float* input, size_t pixels, size_t first,
                                      size_t tiles, const Emit& emit) {
  for (const size_t end = first + tiles * Pixels; first < end; first += Pixels) {
    Float4 sums[Pixels][2];
    multiply_tile(input + first * 8, pixels * 8, inputs, weights, sums);
    unroll<Pixels>([&](auto p) {
      if (first + p < pixels) emit(first + p, sums[p]);
    });
  }
}

}  // namespace product_detail

// The outputs of one group for all pixels of input [inputs / 8, pixels, 8]: emit(pixel, {low four, high four}). In tiles of
// kTilePixels pixels and of one less, so that no tile is cut short where there are many.
template <typename Emit>
void multiply_group(const float* group, size_t inputs, const float* input, size_t pixels, const Emit& emit) {
  using product_detail::multiply_tiles;
  const size_t tiles = (pixels + kTilePixels - 1) / kTilePixels;
  const size_t smaller = std::min(kTilePixels * tiles - pixels, tiles), larger = tiles - smaller;
  multiply_tiles<kTilePixels>(group, inputs, input, pixels, 0, larger, emit);
  multiply_tiles<kTilePixels - 1>(group, inputs, input, pixels, kTilePixels * larger, smaller, emit);
}

template <typename Emit>
void multiply_group(const BlockedWeights& weights, size_t first_output, const float* input, size_t pixels, const Emit& emit) {
  multiply_group(weights.group(first_output), weights.inputs(), input, pixels, emit);
}

// The usual epilogue: pixel p to `to + p * step`, with what is at `added` (or null) as far on top, clamped.
struct Put {
  float* to;
  size_t step;
  const float* added = nullptr;
  Clamp clamp = {};
};

// Not a template, of whose loops there is one copy more for each epilogue. group: of BlockedWeights.
void multiply_group(const float* group, size_t inputs, const float* input, size_t pixels, const Put& put);

}  // namespace smoothgrad
