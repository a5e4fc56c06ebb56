// Depthwise 3x3 and 5x5 at strides 1 and 2, both directions, on blocks of eight channels: planes [rows, cols, 8] that carry their
// zero padding with them, so that the kernels have no borders. Seven pixels by four channels are in registers at once: seven
// divides the widths of the usual networks (112 ... 7), and 7 sums, 5 weights and a pixel are 13 of V8's 15 vector registers.
#pragma once

#include <cstddef>

#include "core/kernels/geometry.h"
#include "core/kernels/simd.h"
#include "core/kernels/unroll.h"

namespace smoothgrad {

constexpr int kBlock = 8;  // channels

// A row of output pixels; sizes in floats. The rows of taps are `row_count`, each `row_step` behind the one before.
struct DepthwiseRow {
  const float* input;  // what the first tap of the first pixel reads
  ptrdiff_t row_step;
  const float* weights;  // [rows of taps, K, 8]
  size_t weight_step;
  int row_count;
  int cols;  // of the output
  float* output;
  size_t pixel_step;  // of the output
};

// Which column of the input the pixel i of a tile reads through tap kx.
template <int K, int Stride>
struct Correlation {  // the forward pass, and at stride 1 the backward pass with flipped weights
  static constexpr int kTaps = K;
  static constexpr int inputs(int pixels) { return (pixels - 1) * Stride + K; }
  static constexpr int column(int i, int kx) { return i * Stride + kx; }
};

// The backward pass at stride 2: pixel i is read through tap kx by output j, 2 j + kx = i + Phase, stored K / 2 columns later.
template <int K, int Phase>
struct Spread {
  static constexpr int kTaps = K;
  static constexpr int inputs(int pixels) { return (pixels - 1 + Phase) / 2 + K / 2 + 1; }
  static constexpr int column(int i, int kx) { return (i + Phase - kx) % 2 != 0 ? -1 : (i + Phase - kx) / 2 + K / 2; }
};

// sums[i] += the taps of pixel i, four channels.
template <typename Pattern, int Pixels>
inline void add_taps(const DepthwiseRow& row, const float* input, size_t half, Float4 (&sums)[Pixels]) {
  constexpr int kTaps = Pattern::kTaps;
  const float* weights = row.weights + half;
  input += half;
  for (int r = 0; r < row.row_count; ++r, input += row.row_step, weights += row.weight_step) {
    Float4 weight[kTaps];
    for (int kx = 0; kx < kTaps; ++kx) weight[kx] = load(weights + kx * kBlock);
    unroll<Pattern::inputs(Pixels)>([&](auto x) {
      const Float4 value = load(input + x * kBlock);
      unroll<Pixels>([&](auto i) {
        unroll<kTaps>([&](auto kx) {
          if constexpr (Pattern::column(i, kx) == x) sums[i] = multiply_add(value, weight[kx], sums[i]);
        });
      });
    });
  }
}

// Bias, then the taps, then the clamp; `channels` of the block's eight are written.
template <typename Pattern, int Pixels>
inline void depthwise_tile(const DepthwiseRow& row, const float* input, const float* bias, Clamp clamp, float* output) {
  for (size_t half = 0; half < kBlock; half += 4) {
    Float4 sums[Pixels];
    for (int i = 0; i < Pixels; ++i) sums[i] = load(bias + half);
    add_taps<Pattern>(row, input, half, sums);
    for (int i = 0; i < Pixels; ++i) {
      store(output + static_cast<size_t>(i) * row.pixel_step + half, min(max(sums[i], splat(clamp.lo)), splat(clamp.hi)));
    }
  }
}

}  // namespace smoothgrad
