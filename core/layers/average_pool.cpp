// AveragePool: y = sum of the window's pixels / their count; saves nothing.
// Compiled for speed.
#include <algorithm>

#include "core/layers/builders.h"
#include "core/layers/window.h"

namespace smoothgrad {
namespace {

class AveragePool final : public Layer {
 public:
  // counted(o, axis) of the output row or column o: how many rows or columns its window is divided by.
  AveragePool(const ConvGeometry& geometry, std::vector<int> counted_rows, std::vector<int> counted_cols)
      : Layer({geometry.input}, geometry.output),
        geometry_(geometry),
        counted_rows_(std::move(counted_rows)),
        counted_cols_(std::move(counted_cols)) {}

  std::string_view kind() const override { return "average-pool"; }

  void forward(const ForwardPass& pass) const override {
    std::fill_n(pass.output, static_cast<size_t>(pass.batch) * output().size(), 0.f);
    for_each_pair(pass.batch, [&](size_t in, size_t out, float weight) {
      for (size_t c = 0; c < channels(); ++c) pass.output[out + c] += weight * pass.inputs[0][in + c];
    });
  }

  void backward(const BackwardPass& pass) const override {
    std::fill_n(pass.grad_inputs[0], static_cast<size_t>(pass.batch) * geometry_.input.size(), 0.f);
    for_each_pair(pass.batch, [&](size_t in, size_t out, float weight) {
      for (size_t c = 0; c < channels(); ++c) pass.grad_inputs[0][in + c] += weight * pass.grad_output[out + c];
    });
  }

 private:
  size_t channels() const { return static_cast<size_t>(geometry_.input.channels); }

  // visit(input pixel, output pixel that reads it, 1 / count), pixels as the index of their first channel
  template <typename Visit>
  void for_each_pair(int batch, Visit visit) const {
    const ConvGeometry& g = geometry_;
    size_t out = 0;
    for (size_t b = 0; b < static_cast<size_t>(batch); ++b) {
      for (int oy = 0; oy < g.output.height; ++oy) {
        for (int ox = 0; ox < g.output.width; ++ox, out += channels()) {
          const float weight =
              1.f / static_cast<float>(counted_rows_[static_cast<size_t>(oy)] * counted_cols_[static_cast<size_t>(ox)]);
          for (int ky = 0; ky < g.kernel_height; ++ky) {
            const int iy = oy * g.stride_y - g.pad_top + ky * g.dilation_y;
            if (iy < 0 || iy >= g.input.height) continue;
            for (int kx = 0; kx < g.kernel_width; ++kx) {
              const int ix = ox * g.stride_x - g.pad_left + kx * g.dilation_x;
              if (ix < 0 || ix >= g.input.width) continue;
              visit(b * g.input.size() + static_cast<size_t>(iy * g.input.width + ix) * channels(), out, weight);
            }
          }
        }
      }
    }
  }

  ConvGeometry geometry_;
  std::vector<int> counted_rows_, counted_cols_;
};

// Taps of each window along one axis that fall on the image widened by `margin_before` and `margin_after` pixels.
std::vector<int> count_taps(int outputs, int stride, int pad, int kernel, int dilation, int size, int margin_before,
                            int margin_after) {
  std::vector<int> counts(static_cast<size_t>(outputs), 0);
  for (int o = 0; o < outputs; ++o) {
    for (int k = 0; k < kernel; ++k) {
      const int i = o * stride - pad + k * dilation;
      counts[static_cast<size_t>(o)] += i >= -margin_before && i < size + margin_after;
    }
    counts[static_cast<size_t>(o)] = std::max(counts[static_cast<size_t>(o)], 1);  // all padding: 0 / 1
  }
  return counts;
}

}  // namespace

void build_average_pool(NodeBuilder& node) {
  const Image input = node.image(0);
  const std::vector<int64_t> kernel = node.attribute_ints("kernel_shape", {});
  if (kernel.size() != 2) node.bad({"kernel_shape must be two numbers: only two-dimensional windows are supported"});
  const Rounding rounding = node.attribute_int("ceil_mode", 0) ? Rounding::kCeil : Rounding::kFloor;
  const Window window = read_window(node, input.shape, {kernel[0], kernel[1]}, {0, 0, 0, 0}, rounding);
  const int counted = node.attribute_int("count_include_pad", 0) != 0 ? 1 : 0;
  const ConvGeometry& g = window.geometry;
  node.emit_image(
      std::make_unique<AveragePool>(g,
                                    count_taps(g.output.height, g.stride_y, g.pad_top, g.kernel_height, g.dilation_y,
                                               g.input.height, counted * g.pad_top, counted * window.pad_bottom),
                                    count_taps(g.output.width, g.stride_x, g.pad_left, g.kernel_width, g.dilation_x,
                                               g.input.width, counted * g.pad_left, counted * window.pad_right)),
      input.value);
}

}  // namespace smoothgrad
