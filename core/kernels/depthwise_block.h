// Depthwise 3x3 and 5x5 at strides 1 and 2, both directions, on blocks of eight channels: planes [rows, cols, 8] that carry
// their zero padding with them, so that the kernels have no borders.
#pragma once

#include <cstddef>

#include "core/kernels/geometry.h"

namespace smoothgrad {

constexpr int kBlock = 8;  // channels

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

// Bias and taps of each pixel of the row -> output [cols, 8].
void correlate_row(const DepthwiseDirection& direction, const DepthwiseRow& row, Clamp clamp, float* output);
// The backward pass: at stride 1 a correlation, at stride 2 the taps of each parity by themselves.
void backward_row(const DepthwiseDirection& direction, const DepthwiseRow& row, float* output);

// [H, W, C] at its channel `first` -> plane, zeros outside; `channels` <= 8 of the block exist.
void pack_plane(Shape shape, const float* image, size_t first, size_t channels, const Piece& piece, float* plane);

}  // namespace smoothgrad
