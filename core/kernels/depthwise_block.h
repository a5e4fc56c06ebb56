// Depthwise 3x3 and 5x5 at strides 1 and 2, both directions, on blocks of eight channels: planes [rows, cols, 8] that carry
// their zero padding with them, so that the kernels have no borders. Seven pixels by four channels are in registers at once:
// seven divides the widths of the usual networks (112 ... 7), and 7 sums, 5 weights and a pixel are 13 of V8's 15 vector
// registers.
#pragma once

#include <cstddef>

#include "core/kernels/geometry.h"
#include "core/kernels/simd.h"
#include "core/kernels/unroll.h"

namespace smoothgrad {

constexpr int kBlock = 8;  // channels
constexpr int kDepthwiseTile = 7;

// Which pixel of a tile reads the input column x through tap kx; if it is none, what is said is outside the tile.
template <int K, int Stride>
struct Correlation {  // the forward pass, and at stride 1 the backward pass with flipped weights
  static constexpr int kTaps = K, kStride = Stride;
  static constexpr int inputs(int pixels) { return (pixels - 1) * Stride + K; }
  static constexpr int pixel(int x, int kx) { return x < kx || (x - kx) % Stride != 0 ? -1 : (x - kx) / Stride; }
};

// The backward pass at stride 2: pixel i is read through tap kx by output j, 2 j + kx = i + Phase, stored K / 2 columns later.
template <int K, int Phase>
struct Spread {
  static constexpr int kTaps = K;
  static constexpr int inputs(int pixels) { return (pixels - 1 + Phase) / 2 + K / 2 + 1; }
  static constexpr int pixel(int x, int kx) { return 2 * (x - K / 2) + kx - Phase; }
};

// A rectangle of the input, rows and columns of which may lie outside.
struct Piece {
  int first_row, first_col, rows, cols;

  size_t size() const { return static_cast<size_t>(rows) * static_cast<size_t>(cols) * kBlock; }
};

// One direction of a depthwise convolution: from the planes it reads to the pixels it makes.
struct DepthwiseDirection {
  int kernel, stride;
  bool spread;       // the backward pass at stride 2, else a correlation
  int pad_y, pad_x;  // of the correlation; of the forward pass where spread
  Shape input, output;

  static bool covers(const ConvGeometry& g) {
    return g.kernel_height == g.kernel_width && (g.kernel_height == 3 || g.kernel_height == 5) && g.stride_y == g.stride_x &&
           (g.stride_y == 1 || g.stride_y == 2) && g.dilation_y == 1 && g.dilation_x == 1;
  }
  static DepthwiseDirection forward(const ConvGeometry& g) {
    return {g.kernel_height, g.stride_y, false, g.pad_top, g.pad_left, g.input, g.output};
  }
  static DepthwiseDirection backward(const ConvGeometry& g) {
    const int last = g.kernel_height - 1;
    if (g.stride_y == 1) return {g.kernel_height, 1, false, last - g.pad_top, last - g.pad_left, g.output, g.input};
    return {g.kernel_height, 2, true, g.pad_top, g.pad_left, g.output, g.input};
  }

  // First row or column of the input that output `at` reads, and one behind the last.
  int first(int at, int pad) const { return spread ? ((at + pad) >> 1) - kernel / 2 : at * stride - pad; }
  int end(int at, int pad) const { return spread ? ((at + pad) >> 1) + 1 : at * stride - pad + kernel; }

  // What rows y0 ... y1 - 1 by columns x0 ... x1 - 1 of the output read.
  Piece piece(int y0, int y1, int x0, int x1) const {
    const int row = first(y0, pad_y), col = first(x0, pad_x);
    return {row, col, end(y1 - 1, pad_y) - row, end(x1 - 1, pad_x) - col};
  }
};

// A row of output pixels.
struct DepthwiseRow {
  const float* input;    // of the first row of taps, at the column of the first tap of the first pixel
  ptrdiff_t row_step;    // of the plane, in floats
  const float* weights;  // [K, K, 8]
  const float* bias;     // [8]
  int y, x, cols;        // of the first pixel, and how many
};

namespace depthwise_detail {

struct Taps {
  const float* input;
  ptrdiff_t row_step;
  const float* weights;
  size_t weight_step;
  int rows;
};

// sums[i] += the taps of pixel i, four channels.
template <typename Pattern, int Pixels>
[[gnu::always_inline]] inline void add_taps(const Taps& taps, const float* input, size_t half, Float4 (&sums)[Pixels]) {
  constexpr int kTaps = Pattern::kTaps;
  const float* weights = taps.weights + half;
  input += half;
  const int rows = opaque(taps.rows);  // several rows in one basic block are too many loads for V8's registers
  for (int r = 0; r < rows; ++r, input += taps.row_step, weights += taps.weight_step) {
    Float4 weight[kTaps];
    for (int kx = 0; kx < kTaps; ++kx) weight[kx] = load(weights + kx * kBlock);
    unroll<Pattern::inputs(Pixels)>([&](auto x) {
      const Float4 value = load(input + x * kBlock);
      unroll<kTaps>([&](auto kx) {
        constexpr int kPixel = Pattern::pixel(x, kx);
        if constexpr (kPixel >= 0 && kPixel < Pixels) sums[kPixel] = multiply_add(value, weight[kx], sums[kPixel]);
      });
    });
  }
}

template <typename Pattern, int Pixels, typename Emit>
[[gnu::always_inline]] inline void tile(const Taps& taps, const float* input, const float* bias, int col, const Emit& emit) {
  for (size_t half = 0; half < kBlock; half += 4) {
    Float4 sums[Pixels];
    // The bias last: sums that begin with it lose more digits, and units beside a kink flip.
    for (int i = 0; i < Pixels; ++i) sums[i] = Float4{};
    add_taps<Pattern>(taps, input, half, sums);
    for (int i = 0; i < Pixels; ++i) emit(static_cast<size_t>(col + i), half, sums[i] + load(bias + half));
  }
}

// The loops are functions of their own, and `emit` stays behind its reference: constants of the epilogue that a compiler moved
// into registers ahead of the loop would push sums out of them.
template <typename Pattern, typename Emit>
[[gnu::noinline]] void correlate(const Taps& given_taps, const float* bias, int cols, const Emit& emit) {
  constexpr int kStep = Pattern::kStride * kBlock;
  const Taps taps = given_taps;
  const float* input = taps.input;
  int col = 0;
  for (; col + kDepthwiseTile <= cols; col += kDepthwiseTile, input += kDepthwiseTile * kStep) {
    tile<Pattern, kDepthwiseTile>(taps, input, bias, col, emit);
  }
  for (; col < cols; ++col, input += kStep) tile<Pattern, 1>(taps, input, bias, col, emit);
}

// Tiles of even width, so that all begin in the same phase.
template <int K, int Phase, typename Emit>
[[gnu::noinline]] void spread(const Taps& given_taps, const float* bias, int cols, const Emit& emit) {
  const Taps taps = given_taps;
  const float* input = taps.input;
  int col = 0;
  for (; col + 8 <= cols; col += 8, input += 4 * kBlock) tile<Spread<K, Phase>, 8>(taps, input, bias, col, emit);
  for (; col + 2 <= cols; col += 2, input += kBlock) tile<Spread<K, Phase>, 2>(taps, input, bias, col, emit);
  if (col < cols) tile<Spread<K, Phase>, 1>(taps, input, bias, col, emit);
}

}  // namespace depthwise_detail

// emit(col, half, sums): bias and taps of channels half ... half + 3 of the pixel `col` of the row.
template <typename Emit>
void correlate_row(const DepthwiseDirection& d, const DepthwiseRow& row, const Emit& emit) {
  const depthwise_detail::Taps taps{row.input, row.row_step, row.weights, static_cast<size_t>(d.kernel * kBlock), d.kernel};
  if (d.kernel == 3 && d.stride == 1) depthwise_detail::correlate<Correlation<3, 1>>(taps, row.bias, row.cols, emit);
  if (d.kernel == 3 && d.stride == 2) depthwise_detail::correlate<Correlation<3, 2>>(taps, row.bias, row.cols, emit);
  if (d.kernel == 5 && d.stride == 1) depthwise_detail::correlate<Correlation<5, 1>>(taps, row.bias, row.cols, emit);
  if (d.kernel == 5 && d.stride == 2) depthwise_detail::correlate<Correlation<5, 2>>(taps, row.bias, row.cols, emit);
}

// The backward pass: at stride 1 a correlation, at stride 2 the taps of each parity by themselves.
template <typename Emit>
void backward_row(const DepthwiseDirection& d, const DepthwiseRow& row, const Emit& emit) {
  using namespace depthwise_detail;
  if (!d.spread) {
    const Taps taps{row.input, row.row_step, row.weights, static_cast<size_t>(d.kernel * kBlock), d.kernel};
    if (d.kernel == 3) correlate<Correlation<3, 1>>(taps, row.bias, row.cols, emit);
    if (d.kernel == 5) correlate<Correlation<5, 1>>(taps, row.bias, row.cols, emit);
    return;
  }
  // Tap 0 or 1 reads the last row of the piece, the next taps the rows above it.
  const int first_tap = (row.y + d.pad_y) & 1, phase = (row.x + d.pad_x) & 1;
  const Taps taps{row.input + d.kernel / 2 * row.row_step, -row.row_step, row.weights + first_tap * d.kernel * kBlock,
                  static_cast<size_t>(2 * d.kernel * kBlock), (d.kernel - first_tap + 1) / 2};
  if (d.kernel == 3 && phase == 0) spread<3, 0>(taps, row.bias, row.cols, emit);
  if (d.kernel == 3 && phase == 1) spread<3, 1>(taps, row.bias, row.cols, emit);
  if (d.kernel == 5 && phase == 0) spread<5, 0>(taps, row.bias, row.cols, emit);
  if (d.kernel == 5 && phase == 1) spread<5, 1>(taps, row.bias, row.cols, emit);
}

// [H, W, C] at its channel `first` -> plane, zeros outside; `channels` <= 8 of the block exist.
void pack_plane(Shape shape, const float* image, size_t first, size_t channels, const Piece& piece, float* plane);

}  // namespace smoothgrad
