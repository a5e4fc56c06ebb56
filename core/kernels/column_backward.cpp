// Compiled for speed.
#include "core/kernels/column_backward.h"

#include <algorithm>
#include <vector>

#include "core/kernels/simd.h"
#include "core/kernels/transpose.h"
#include "core/kernels/xnnpack.h"

namespace smoothgrad {
namespace {

void add(const float* from, size_t size, float* to) {
  size_t i = 0;
  for (; i + 4 <= size; i += 4) store(to + i, load(to + i) + load(from + i));
  for (; i < size; ++i) to[i] += from[i];
}

}  // namespace

bool ColumnBackward::wins(const ConvGeometry& g) {
  const auto padded = [](int outputs) {
    const int tile = static_cast<int>(xnnpack::kTileCols);
    return (outputs + tile - 1) / tile * tile;
  };
  const int taps = g.kernel_height * g.kernel_width;
  return g.groups == 1 && g.dilation_x == 1 && 3 * padded(taps * g.input.channels) < 2 * taps * padded(g.input.channels);
}

ColumnBackward::ColumnBackward(const ConvGeometry& geometry, std::span<const float> weights)
    : geometry_(geometry),
      product_(1, geometry.output.channels, geometry.kernel_height * geometry.kernel_width * geometry.input.channels,
               transposed(weights, static_cast<size_t>(geometry.output.channels),
                          weights.size() / static_cast<size_t>(geometry.output.channels)),
               {}) {}

size_t ColumnBackward::scratch_bytes() const {
  const ConvGeometry& g = geometry_;
  return static_cast<size_t>(g.output.width * g.kernel_height * g.kernel_width * g.input.channels) * sizeof(float);
}

void ColumnBackward::run(const float* grad_output, float* grad_input, float* scratch) const {
  const ConvGeometry& g = geometry_;
  const size_t output_row = static_cast<size_t>(g.output.width) * static_cast<size_t>(g.output.channels);
  const size_t input_row = static_cast<size_t>(g.input.width) * static_cast<size_t>(g.input.channels);
  std::fill_n(grad_input, g.input.size(), 0.f);
  for (int oy = 0; oy < g.output.height; ++oy) {
    product_.run(static_cast<size_t>(g.output.width), grad_output + static_cast<size_t>(oy) * output_row, Clamp{}, scratch);
    for (int ky = 0; ky < g.kernel_height; ++ky) {
      const int iy = oy * g.stride_y + ky * g.dilation_y - g.pad_top;
      if (iy < 0 || iy >= g.input.height) continue;
      add_row(scratch + ky * g.kernel_width * g.input.channels, grad_input + static_cast<size_t>(iy) * input_row);
    }
  }
}

// What one row of the kernel adds to one row of the input. Pixels in turns so far apart that what one of a turn adds to does
// not touch the next one's: a load that spans two stores which are under way waits for both.
void ColumnBackward::add_row(const float* columns, float* grad_row) const {
  const ConvGeometry& g = geometry_;
  const int channels = g.input.channels, turns = (g.kernel_width + g.stride_x - 1) / g.stride_x;
  const size_t column_step = static_cast<size_t>(g.kernel_height * g.kernel_width * channels);
  const size_t whole = static_cast<size_t>(g.kernel_width * channels);
  for (int turn = 0; turn < turns; ++turn) {
    for (int ox = turn; ox < g.output.width; ox += turns) {
      const float* from = columns + static_cast<size_t>(ox) * column_step;
      const int ix = ox * g.stride_x - g.pad_left;
      if (ix >= 0 && ix + g.kernel_width <= g.input.width) {
        add(from, whole, grad_row + ix * channels);
        continue;
      }
      const int first = std::max(ix, 0), end = std::min(ix + g.kernel_width, g.input.width);
      if (first < end)
        add(from + (first - ix) * channels, static_cast<size_t>((end - first) * channels), grad_row + first * channels);
    }
  }
}

}  // namespace smoothgrad
