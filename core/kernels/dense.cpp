// Compiled for speed.
#include "core/kernels/dense.h"

#include <algorithm>
#include <cstdint>

#include "core/kernels/xnnpack.h"

namespace smoothgrad {
namespace {

bool divides(int divisor, int value) { return value % divisor == 0; }

// The taps through which outputs read the pixels of a phase.
std::vector<int> phase_taps(const ConvGeometry& g, int first_y, int first_x) {
  std::vector<int> taps;
  for (int tap = 0; tap < g.kernel_height * g.kernel_width; ++tap) {
    const int ky = tap / g.kernel_width, kx = tap % g.kernel_width;
    if (divides(g.stride_y, first_y + g.pad_top - ky * g.dilation_y) &&
        divides(g.stride_x, first_x + g.pad_left - kx * g.dilation_x)) {
      taps.push_back(tap);
    }
  }
  return taps;
}

// [groups, O, kernel taps, I] -> [groups, I, taps, O], of some of the taps
std::vector<float> transpose_taps(const ConvGeometry& g, std::span<const float> weights, std::span<const int> taps) {
  const size_t groups = static_cast<size_t>(g.groups), kernel_taps = static_cast<size_t>(g.kernel_height * g.kernel_width);
  const size_t outputs = static_cast<size_t>(g.output.channels) / groups,
               inputs = static_cast<size_t>(g.input.channels) / groups;
  std::vector<float> transposed(groups * inputs * taps.size() * outputs, 0.f);
  float* to = transposed.data();
  for (size_t group = 0; group < groups; ++group) {
    for (size_t i = 0; i < inputs; ++i) {
      for (int tap : taps) {
        for (size_t o = 0; o < outputs; ++o, ++to) {
          *to = weights[((group * outputs + o) * kernel_taps + static_cast<size_t>(tap)) * inputs + i];
        }
      }
    }
  }
  return transposed;
}

}  // namespace

TapProduct::TapProduct(const Grid& grid, int groups, int group_inputs, int group_outputs, int taps,
                       std::span<const float> weights, std::span<const float> bias)
    : grid_(grid),
      zeros_(static_cast<size_t>(group_inputs), 0.f),
      groups_(groups),
      group_inputs_(group_inputs),
      group_outputs_(group_outputs),
      taps_(taps),
      group_weights_(xnnpack::packed_size(static_cast<size_t>(group_outputs), static_cast<size_t>(taps),
                                          static_cast<size_t>(group_inputs))),
      weights_(xnnpack::pack_groups(groups, group_outputs, taps, group_inputs, weights, bias)) {
  // A grid without gaps is one long row, so that no tile is cut short at the end of a row of pixels.
  if (grid_.row_stride == grid_.col_stride * static_cast<size_t>(grid_.cols)) {
    grid_.cols *= grid_.rows;
    grid_.rows = 1;
  }
}

// The micro-kernel adds a base to every pointer but the one to the zeros. Pointers are therefore stored as if the input began
// just behind the zeros, where no offset can be mistaken for them, and the base makes up the difference.
void TapProduct::make_table(std::span<const ptrdiff_t> offsets) {
  const uintptr_t origin = reinterpret_cast<uintptr_t>(zeros_.data()) + sizeof(float);
  const size_t taps = static_cast<size_t>(taps_), cols = static_cast<size_t>(grid_.cols);
  const size_t tiles = (cols + xnnpack::kTileRows - 1) / xnnpack::kTileRows;
  table_.reserve(static_cast<size_t>(grid_.rows) * tiles * taps * xnnpack::kTileRows);
  for (size_t row = 0; row < static_cast<size_t>(grid_.rows); ++row) {
    for (size_t first = 0; first < cols; first += xnnpack::kTileRows) {
      for (size_t tap = 0; tap < taps; ++tap) {
        for (size_t i = 0; i < xnnpack::kTileRows; ++i) {
          const size_t col = std::min(first + i, cols - 1);  // a short tile repeats its last pixel
          const ptrdiff_t offset = offsets[(row * cols + col) * taps + tap];
          table_.push_back(offset == kOutside
                               ? zeros_.data()
                               : reinterpret_cast<const float*>(origin + static_cast<uintptr_t>(offset) * sizeof(float)));
        }
      }
    }
  }
}

void TapProduct::run(const float* input, Clamp clamp, float* output) const {
  const uintptr_t origin = reinterpret_cast<uintptr_t>(zeros_.data()) + sizeof(float);
  const size_t taps = static_cast<size_t>(taps_), cols = static_cast<size_t>(grid_.cols);
  const size_t group_inputs = static_cast<size_t>(group_inputs_), group_outputs = static_cast<size_t>(group_outputs_);
  const float* const* pointers = table_.data();
  for (size_t row = 0; row < static_cast<size_t>(grid_.rows); ++row) {
    float* out_row = output + grid_.offset + row * grid_.row_stride;
    for (size_t first = 0; first < cols; first += xnnpack::kTileRows) {
      const size_t tile = std::min(xnnpack::kTileRows, cols - first);
      for (size_t g = 0; g < static_cast<size_t>(groups_); ++g) {
        const uintptr_t base = reinterpret_cast<uintptr_t>(input + g * group_inputs) - origin;
        xnnpack::igemm(tile, group_outputs, taps, group_inputs, pointers, reinterpret_cast<const float*>(base), zeros_.data(),
                       weights_.data() + g * group_weights_, out_row + first * grid_.col_stride + g * group_outputs,
                       grid_.col_stride, clamp);
      }
      pointers += taps * xnnpack::kTileRows;
    }
  }
}

size_t TapProduct::bytes() const { return weights_.size() * sizeof(float) + table_.size() * sizeof(float*); }

DenseConvolution::DenseConvolution(const ConvGeometry& geometry, std::span<const float> weights, std::span<const float> bias)
    : geometry_(geometry) {
  const ConvGeometry& g = geometry_;
  if (Winograd::wins(g)) {
    winograd_.emplace_back(g, Winograd::Direction::kForward, weights, bias);
    winograd_.emplace_back(g, Winograd::Direction::kBackward, weights, std::span<const float>{});
    return;
  }
  const size_t out_channels = static_cast<size_t>(g.output.channels);
  const TapProduct::Grid grid{g.output.height, g.output.width, 0, static_cast<size_t>(g.output.width) * out_channels,
                              out_channels};
  forward_.emplace_back(grid, g.groups, g.input.channels / g.groups, g.output.channels / g.groups,
                        g.kernel_height * g.kernel_width, weights, bias, [&g](int oy, int ox, int tap) -> ptrdiff_t {
                          const int iy = oy * g.stride_y + tap / g.kernel_width * g.dilation_y - g.pad_top;
                          const int ix = ox * g.stride_x + tap % g.kernel_width * g.dilation_x - g.pad_left;
                          if (iy < 0 || ix < 0 || iy >= g.input.height || ix >= g.input.width) return TapProduct::kOutside;
                          return (static_cast<ptrdiff_t>(iy) * g.input.width + ix) * g.input.channels;
                        });
  pack_backward(weights);
}

// Input pixel iy is read through tap ky by output oy where iy + pad = oy * stride + ky * dilation. Pixels with the same
// (iy + pad) mod stride share their taps: each such phase is a convolution of grad_output without gaps.
void DenseConvolution::pack_backward(std::span<const float> weights) {
  const ConvGeometry& g = geometry_;
  if (ColumnBackward::wins(g)) {
    columns_.emplace(g, weights);
    return;
  }
  for (int first_y = 0; first_y < std::min(g.stride_y, g.input.height); ++first_y) {
    for (int first_x = 0; first_x < std::min(g.stride_x, g.input.width); ++first_x) pack_phase(weights, first_y, first_x);
  }
}

// The phase of the pixels (first_y + r * stride_y, first_x + c * stride_x).
void DenseConvolution::pack_phase(std::span<const float> weights, int first_y, int first_x) {
  const ConvGeometry& g = geometry_;
  const std::vector<int> taps = phase_taps(g, first_y, first_x);
  if (taps.empty()) {
    gaps_ = true;
    return;
  }
  const size_t pixel = static_cast<size_t>(g.input.channels), row = pixel * static_cast<size_t>(g.input.width);
  const TapProduct::Grid grid{(g.input.height - first_y + g.stride_y - 1) / g.stride_y,
                              (g.input.width - first_x + g.stride_x - 1) / g.stride_x,
                              static_cast<size_t>(first_y) * row + static_cast<size_t>(first_x) * pixel,
                              row * static_cast<size_t>(g.stride_y), pixel * static_cast<size_t>(g.stride_x)};
  const auto output_offset = [&](int r, int c, int t) -> ptrdiff_t {
    const int tap = taps[static_cast<size_t>(t)];
    const int y = first_y + r * g.stride_y + g.pad_top - tap / g.kernel_width * g.dilation_y;
    const int x = first_x + c * g.stride_x + g.pad_left - tap % g.kernel_width * g.dilation_x;
    const int oy = y / g.stride_y, ox = x / g.stride_x;  // exact: these are the taps of the phase
    if (y < 0 || x < 0 || oy >= g.output.height || ox >= g.output.width) return TapProduct::kOutside;
    return (static_cast<ptrdiff_t>(oy) * g.output.width + ox) * g.output.channels;
  };
  backward_.emplace_back(grid, g.groups, g.output.channels / g.groups, g.input.channels / g.groups,
                         static_cast<int>(taps.size()), transpose_taps(g, weights, taps), std::span<const float>{},
                         output_offset);
}

size_t DenseConvolution::scratch_bytes(int batch) const {
  size_t most = columns_ ? columns_->scratch_bytes() : 0;
  for (const Winograd& winograd : winograd_) most = std::max(most, winograd.scratch_bytes(batch));
  return most;
}

void DenseConvolution::forward(int batch, const float* input, Clamp clamp, float* output, std::byte* scratch) const {
  if (!winograd_.empty()) return winograd_[0].run(batch, input, clamp, output, scratch);
  for (int b = 0; b < batch; ++b, input += geometry_.input.size(), output += geometry_.output.size()) {
    for (const TapProduct& product : forward_) product.run(input, clamp, output);
  }
}

void DenseConvolution::backward(int batch, const float* grad_output, float* grad_input, std::byte* scratch) const {
  if (!winograd_.empty()) return winograd_[1].run(batch, grad_output, Clamp{}, grad_input, scratch);
  for (int b = 0; b < batch; ++b, grad_output += geometry_.output.size(), grad_input += geometry_.input.size()) {
    if (gaps_) std::fill_n(grad_input, geometry_.input.size(), 0.f);
    if (columns_) columns_->run(grad_output, grad_input, reinterpret_cast<float*>(scratch));
    for (const TapProduct& phase : backward_) phase.run(grad_output, Clamp{}, grad_input);
  }
}

size_t DenseConvolution::bytes() const {
  size_t total = columns_ ? columns_->bytes() : 0;
  for (const Winograd& winograd : winograd_) total += winograd.bytes();
  for (const TapProduct& product : forward_) total += product.bytes();
  for (const TapProduct& product : backward_) total += product.bytes();
  return total;
}

}  // namespace smoothgrad
