// LpPool, y = (sum |x|^p)^(1/p) over a sliding window; pixels of the padding are 0. dx = g sign(x) (|x| / y)^(p - 1), summed
// over the windows that hold x. Saves x and y.
// Compiled for size.
#include <algorithm>
#include <cmath>

#include "core/layers/builders.h"
#include "core/layers/window.h"

namespace smoothgrad {
namespace {

class LpPool final : public Layer {
 public:
  LpPool(const ConvGeometry& geometry, float p) : Layer({geometry.input}, geometry.output), geometry_(geometry), p_(p) {}

  std::string_view kind() const override { return "lp-pool"; }
  size_t saved_bytes(int batch) const override {
    return static_cast<size_t>(batch) * (geometry_.input.size() + output().size()) * sizeof(float);
  }

  void forward(const ForwardPass& pass) const override {
    const size_t batch = static_cast<size_t>(pass.batch), size = batch * output().size();
    float* x = reinterpret_cast<float*>(pass.saved);
    float* y = std::copy_n(pass.inputs[0], batch * geometry_.input.size(), x);
    std::fill_n(y, size, 0.f);
    for_each_pair(pass.batch, [&](size_t in, size_t out) { y[out] += std::pow(std::abs(x[in]), p_); });
    for (size_t i = 0; i < size; ++i) pass.output[i] = y[i] = std::pow(y[i], 1 / p_);
  }

  void backward(const BackwardPass& pass) const override {
    const size_t size = static_cast<size_t>(pass.batch) * geometry_.input.size();
    const float* x = reinterpret_cast<const float*>(pass.saved);
    const float* y = x + size;
    std::fill_n(pass.grad_inputs[0], size, 0.f);
    for_each_pair(pass.batch, [&](size_t in, size_t out) {
      const float slope = y[out] > 0 ? std::pow(std::abs(x[in]) / y[out], p_ - 1) : 0;
      pass.grad_inputs[0][in] += pass.grad_output[out] * std::copysign(slope, x[in]);
    });
  }

 private:
  // visit(element of the input, element of the output that reads it)
  template <typename Visit>
  void for_each_pair(int batch, Visit visit) const {
    const ConvGeometry& g = geometry_;
    const int channels = g.input.channels;
    for (int b = 0; b < batch; ++b) {
      size_t out = static_cast<size_t>(b) * g.output.size();
      for (int oy = 0; oy < g.output.height; ++oy) {
        for (int ox = 0; ox < g.output.width; ++ox, out += static_cast<size_t>(channels)) {
          for (int tap = 0; tap < g.kernel_height * g.kernel_width; ++tap) {
            const int iy = oy * g.stride_y - g.pad_top + tap / g.kernel_width * g.dilation_y;
            const int ix = ox * g.stride_x - g.pad_left + tap % g.kernel_width * g.dilation_x;
            if (iy < 0 || ix < 0 || iy >= g.input.height || ix >= g.input.width) continue;
            const size_t in =
                static_cast<size_t>(b) * g.input.size() + static_cast<size_t>((iy * g.input.width + ix) * channels);
            for (size_t c = 0; c < static_cast<size_t>(channels); ++c) visit(in + c, out + c);
          }
        }
      }
    }
  }

  ConvGeometry geometry_;
  float p_;
};

}  // namespace

void build_lp_pool(NodeBuilder& node) {
  const Image input = node.image(0);
  const std::vector<int64_t> kernel = node.attribute_ints("kernel_shape", {});
  if (kernel.size() != 2) node.bad({"kernel_shape must be two numbers: only two-dimensional windows are supported"});
  const int64_t p = node.attribute_int("p", 2);
  if (p < 1) node.bad({"p must be 1 or more"});
  const Rounding rounding = node.attribute_int("ceil_mode", 0) ? Rounding::kCeil : Rounding::kFloor;
  const Window window = read_window(node, input.shape, {kernel[0], kernel[1]}, {0, 0, 0, 0}, rounding);
  node.emit_image(std::make_unique<LpPool>(window.geometry, static_cast<float>(p)), input.value);
}

}  // namespace smoothgrad
