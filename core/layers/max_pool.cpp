// MaxPool: the first maximum of each window in row-major order wins, also when every value is negative; taps outside the image
// never win. Saves the winner's place in the window, two bytes an output.
// Compiled for size.
#include <algorithm>

#include "core/kernels/max_taps.h"
#include "core/layers/builders.h"
#include "core/layers/window.h"

namespace smoothgrad {
namespace {

class MaxPool final : public Layer {
 public:
  explicit MaxPool(const ConvGeometry& geometry) : Layer({geometry.input}, geometry.output), geometry_(geometry) {}

  std::string_view kind() const override { return "max-pool"; }
  size_t saved_bytes(int batch) const override { return static_cast<size_t>(batch) * output().size() * sizeof(uint16_t); }

  size_t scratch_bytes(int) const override { return static_cast<size_t>(kernel_size()) * sizeof(WindowTap); }

  void forward(const ForwardPass& pass) const override {
    uint16_t* winners = reinterpret_cast<uint16_t*>(pass.saved);
    const size_t channels = static_cast<size_t>(geometry_.input.channels);
    float* out = pass.output;
    WindowTap* const taps = reinterpret_cast<WindowTap*>(pass.scratch);
    for_each_output(pass.batch, [&](size_t image, int oy, int ox) {
      size_t count = 0;
      for (int tap = 0; tap < kernel_size(); ++tap) {
        const int iy = row_of(oy, tap), ix = col_of(ox, tap);
        if (inside(iy, ix)) taps[count++] = {pass.inputs[0] + image + index(iy, ix), static_cast<uint16_t>(tap)};
      }
      max_of_taps({taps, count}, channels, out, winners);
      out += channels;
      winners += channels;
    });
  }

  void backward(const BackwardPass& pass) const override {
    std::fill_n(pass.grad_inputs[0], static_cast<size_t>(pass.batch) * geometry_.input.size(), 0.f);
    const uint16_t* winners = reinterpret_cast<const uint16_t*>(pass.saved);
    const size_t channels = static_cast<size_t>(geometry_.input.channels);
    const float* grad = pass.grad_output;
    for_each_output(pass.batch, [&](size_t image, int oy, int ox) {
      for (size_t c = 0; c < channels; ++c) {
        const int tap = *winners++;
        pass.grad_inputs[0][image + index(row_of(oy, tap), col_of(ox, tap)) + c] += *grad++;
      }
    });
  }

 private:
  int kernel_size() const { return geometry_.kernel_height * geometry_.kernel_width; }
  int row_of(int oy, int tap) const {
    return oy * geometry_.stride_y - geometry_.pad_top + tap / geometry_.kernel_width * geometry_.dilation_y;
  }
  int col_of(int ox, int tap) const {
    return ox * geometry_.stride_x - geometry_.pad_left + tap % geometry_.kernel_width * geometry_.dilation_x;
  }
  bool inside(int iy, int ix) const { return iy >= 0 && ix >= 0 && iy < geometry_.input.height && ix < geometry_.input.width; }
  size_t index(int iy, int ix) const {
    return static_cast<size_t>((iy * geometry_.input.width + ix) * geometry_.input.channels);
  }

  // visit(first element of the image in the input, output row, output column), in order of the output's memory
  template <typename Visit>
  void for_each_output(int batch, Visit visit) const {
    for (size_t b = 0; b < static_cast<size_t>(batch); ++b) {
      for (int oy = 0; oy < geometry_.output.height; ++oy) {
        for (int ox = 0; ox < geometry_.output.width; ++ox) visit(b * geometry_.input.size(), oy, ox);
      }
    }
  }

  ConvGeometry geometry_;
};

// A window that lies in the padding altogether has no maximum.
bool every_window_meets_image(const ConvGeometry& g) {
  const auto meets = [](int outputs, int stride, int pad, int kernel, int dilation, int size) {
    for (int o = 0; o < outputs; ++o) {
      bool met = false;
      for (int k = 0; k < kernel; ++k) {
        const int i = o * stride - pad + k * dilation;
        met |= i >= 0 && i < size;
      }
      if (!met) return false;
    }
    return true;
  };
  return meets(g.output.height, g.stride_y, g.pad_top, g.kernel_height, g.dilation_y, g.input.height) &&
         meets(g.output.width, g.stride_x, g.pad_left, g.kernel_width, g.dilation_x, g.input.width);
}

}  // namespace

void build_max_pool(NodeBuilder& node) {
  const Image input = node.image(0);
  const std::vector<int64_t> kernel = node.attribute_ints("kernel_shape", {});
  if (kernel.size() != 2) node.bad({"kernel_shape must be two numbers: only two-dimensional windows are supported"});
  const Rounding rounding = node.attribute_int("ceil_mode", 0) ? Rounding::kCeil : Rounding::kFloor;
  const ConvGeometry geometry = read_window(node, input.shape, {kernel[0], kernel[1]}, {0, 0, 0, 0}, rounding).geometry;
  if (kernel[0] * kernel[1] > UINT16_MAX) node.unsupported({"a window of more than 65,535 pixels"});
  if (!every_window_meets_image(geometry)) node.bad({"some of its windows lie in the padding altogether"});
  node.emit_image(std::make_unique<MaxPool>(geometry), input.value);
}

}  // namespace smoothgrad
