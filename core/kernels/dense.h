// Dense and grouped convolutions, both directions, on XNNPACK's f32 micro-kernels. Weights are packed once
// and the tables of input offsets are made once: an object is immutable and shared by all lanes.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/kernels/column_backward.h"
#include "core/kernels/geometry.h"
#include "core/kernels/winograd.h"

namespace smoothgrad {

// An affine map from a set of input pixels to every output pixel of a grid: out[p] = clamp(bias + sum_t W_t in[pixel(p, t)]).
// A forward convolution is one such product; the backward of a stride-s convolution is one for each of its s x s phases.
class TapProduct {
 public:
  struct Grid {  // of output pixels, and how they lie in the output image [H, W, groups * group_outputs]
    int rows = 0, cols = 0;
    size_t offset = 0;      // of the first pixel, in floats
    size_t row_stride = 0;  // in floats
    size_t col_stride = 0;
  };

  static constexpr ptrdiff_t kOutside = -1;

  // weights: [groups, group_outputs, taps, group_inputs]; bias: [groups * group_outputs] or empty.
  // input_offset(row, col, tap): of the pixel that the tap reads, in floats, or kOutside.
  template <typename InputOffset>
  TapProduct(const Grid& grid, int groups, int group_inputs, int group_outputs, int taps, std::span<const float> weights,
             std::span<const float> bias, InputOffset input_offset)
      : TapProduct(grid, groups, group_inputs, group_outputs, taps, weights, bias) {
    std::vector<ptrdiff_t> offsets;
    offsets.reserve(static_cast<size_t>(grid.rows) * static_cast<size_t>(grid.cols) * static_cast<size_t>(taps));
    for (int row = 0; row < grid.rows; ++row) {
      for (int col = 0; col < grid.cols; ++col) {
        for (int tap = 0; tap < taps; ++tap) offsets.push_back(input_offset(row, col, tap));
      }
    }
    make_table(offsets);
  }

  TapProduct(TapProduct&&) = default;
  TapProduct(const TapProduct&) = delete;  // the table points at zeros_

  void run(const float* input, Clamp clamp, float* output) const;
  size_t bytes() const;

 private:
  TapProduct(const Grid& grid, int groups, int group_inputs, int group_outputs, int taps, std::span<const float> weights,
             std::span<const float> bias);
  void make_table(std::span<const ptrdiff_t> offsets);  // [rows, cols, taps]

  Grid grid_;
  std::vector<float> zeros_;  // what a tap outside the input reads
  int groups_, group_inputs_, group_outputs_, taps_;
  size_t group_weights_;             // floats of packed weights a group
  std::vector<float> weights_;       // packed as the micro-kernels read them
  std::vector<const float*> table_;  // [tile, tap, tile pixels], see make_table()
};

class DenseConvolution {
 public:
  // weights: [O, KH, KW, I / groups]; bias: [O] or empty. Channels of input and output are those of the geometry.
  DenseConvolution(const ConvGeometry& geometry, std::span<const float> weights, std::span<const float> bias);

  // input [batch, H, W, C] -> output [batch, OH, OW, O]; scratch: scratch_bytes(batch) for the call only
  void forward(int batch, const float* input, Clamp clamp, float* output, std::byte* scratch) const;
  // grad_output [batch, OH, OW, O] -> grad_input [batch, H, W, C], overwritten
  void backward(int batch, const float* grad_output, float* grad_input, std::byte* scratch) const;

  size_t scratch_bytes(int batch) const;
  size_t bytes() const;

 private:
  void pack_backward(std::span<const float> weights);
  void pack_phase(std::span<const float> weights, int first_y, int first_x);

  ConvGeometry geometry_;
  std::vector<Winograd> winograd_;    // of both directions, or none; then all else is empty
  std::vector<TapProduct> forward_;   // one
  std::vector<TapProduct> backward_;  // one a phase; none where there are
  std::optional<ColumnBackward> columns_;
  bool gaps_ = false;  // between the phases: input pixels that no output reads
};

}  // namespace smoothgrad
