#include "core/base/blur.h"

#include <algorithm>
#include <cmath>

namespace smoothgrad {
namespace {

std::vector<float> half_kernel(double sigma) {
  std::vector<float> kernel(static_cast<size_t>(std::ceil(3 * sigma)) + 1);
  for (size_t i = 0; i < kernel.size(); ++i) {
    const float at = static_cast<float>(static_cast<double>(i) / sigma);
    kernel[i] = std::exp(-0.5f * at * at);
  }
  return kernel;
}

// One direction: `length` places that are `stride` floats apart, `block` floats at each.
void blur_line(const float* from, float* to, int length, size_t stride, size_t block, const std::vector<float>& kernel) {
  const int reach = static_cast<int>(kernel.size()) - 1;
  for (int at = 0; at < length; ++at) {
    float* out = to + static_cast<size_t>(at) * stride;
    std::fill_n(out, block, 0.f);
    float total = 0;
    for (int i = std::max(0, at - reach); i <= std::min(length - 1, at + reach); ++i) {
      const float weight = kernel[static_cast<size_t>(std::abs(i - at))];
      const float* in = from + static_cast<size_t>(i) * stride;
      for (size_t c = 0; c < block; ++c) out[c] += weight * in[c];
      total += weight;
    }
    for (size_t c = 0; c < block; ++c) out[c] /= total;
  }
}

}  // namespace

std::vector<float> gaussian_blur(ConstTensor image, double sigma) {
  std::vector<float> result(image.span().begin(), image.span().end());
  if (!(sigma > 0)) return result;
  const std::vector<float> kernel = half_kernel(sigma);
  const size_t channels = static_cast<size_t>(image.shape.channels), row = channels * static_cast<size_t>(image.shape.width);
  std::vector<float> between(result.size());
  for (size_t y = 0; y < static_cast<size_t>(image.shape.height); ++y) {
    blur_line(image.data + y * row, between.data() + y * row, image.shape.width, channels, channels, kernel);
  }
  blur_line(between.data(), result.data(), image.shape.height, row, row, kernel);
  return result;
}

}  // namespace smoothgrad
