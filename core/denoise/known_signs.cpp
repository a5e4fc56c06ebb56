#include "core/denoise/known_signs.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/base/order.h"

namespace smoothgrad {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

// Standard deviations from 0.
std::vector<float> distances(const Denoised& denoised) {
  const auto widening = static_cast<float>(denoised.samples / (denoised.samples - 5));
  std::vector<float> result(denoised.mean.size());
  for (size_t i = 0; i < result.size(); ++i) {
    const float mean = std::abs(denoised.mean[i]), variance = widening * denoised.variance[i];
    result[i] = mean == 0 ? 0 : variance > 0 ? mean / std::sqrt(variance) : kInfinity;
  }
  return result;
}

double false_sign_rate(float distance) { return std::erfc(distance / std::numbers::sqrt2_v<float>) / 2; }

// The smallest distance that is taken; infinite where the surest sign is not sure enough.
float least_distance(std::span<const float> distances, double rate) {
  const std::vector<float> all = sorted_values(distances, First::kLargest);
  double expected = 0;  // false signs among those taken
  float least = kInfinity;
  for (size_t taken = 0; taken < all.size() && all[taken] > 0; ++taken) {
    expected += false_sign_rate(all[taken]);
    if (expected > rate * static_cast<double>(taken + 1)) break;
    least = all[taken];
  }
  return least;
}

}  // namespace

Denoised known_signs(Denoised denoised, double rate) {
  const std::vector<float> all = distances(denoised);
  const float least = least_distance(all, rate);
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i] > 0 && all[i] >= least) continue;
    denoised.mean[i] = denoised.variance[i] = 0;
  }
  return denoised;
}

}  // namespace smoothgrad
