#include "core/image/noise_aware.h"

#include <algorithm>
#include <cmath>

#include "core/base/blur.h"
#include "core/base/text.h"
#include "core/denoise/known_signs.h"
#include "core/image/student.h"

namespace smoothgrad {
namespace {

constexpr double kLargestWindow = 64;
constexpr float kLargestStatistic = 1e6f;  // where the standard error is 0

constexpr Named<Magnitude> kMagnitudes[] = {{"plain", "Magnitude", Magnitude::kPlain},
                                            {"corrected", "Noise-corrected magnitude", Magnitude::kCorrected},
                                            {"significance", "Significance", Magnitude::kSignificance},
                                            {"denoised", "Denoised magnitude", Magnitude::kDenoised},
                                            {"known-sign", "Denoised magnitude of known sign", Magnitude::kKnownSign}};

void check(const MapOptions& options) {
  if (!(options.window >= 0 && options.window <= kLargestWindow)) {
    refuse(ErrorCode::kBadOption, {"window must be a number of pixels from 0 to 64"});
  }
  if (options.window > 0 && has_signs(options)) {
    refuse(ErrorCode::kBadOption, {"a window pools the squared map, which has no signs: with the signed sum it must be 0"});
  }
}

// [H, W] of squares -> pooled -> roots.
std::vector<float> pooled_root(const std::vector<float>& squares, Shape shape, double window) {
  std::vector<float> map = gaussian_blur({squares.data(), {shape.height, shape.width, 1}}, window);
  for (float& value : map) value = std::sqrt(std::max(value, 0.f));
  return map;
}

}  // namespace

std::span<const Named<Magnitude>> magnitudes() { return kMagnitudes; }

Magnitude find_magnitude(std::string_view name) { return find_named(magnitudes(), name, "magnitude").value; }

std::vector<float> pool_map(ConstTensor map, double window) {
  std::vector<float> squares(map.span().begin(), map.span().end());
  for (float& value : squares) value *= value;
  return pooled_root(squares, map.shape, window);
}

std::vector<float> corrected_map(ConstTensor mean, ConstTensor standard_error, double window) {
  const size_t channels = static_cast<size_t>(mean.shape.channels);
  std::vector<float> squares(mean.shape.pixels(), 0.f);
  for (size_t i = 0; i < mean.shape.size(); ++i) {
    squares[i / channels] += mean.data[i] * mean.data[i] - standard_error.data[i] * standard_error.data[i];
  }
  return pooled_root(squares, mean.shape, window);
}

Significance significance(ConstTensor mean, ConstTensor standard_error, int64_t samples, double rate) {
  std::vector<float> statistics(mean.shape.size(), 0.f);
  for (size_t i = 0; i < statistics.size(); ++i) {
    if (mean.data[i] == 0) continue;
    statistics[i] = std::min(std::abs(mean.data[i]) / standard_error.data[i], kLargestStatistic);
  }
  Significance result{std::vector<float>(mean.shape.pixels(), 0.f), INFINITY, 0};
  if (samples < 2) return result;
  result.threshold = false_discovery_threshold(statistics, static_cast<double>(samples - 1), rate);
  const size_t channels = static_cast<size_t>(mean.shape.channels);
  size_t kept = 0;
  for (size_t i = 0; i < statistics.size(); ++i) {
    if (!(statistics[i] >= result.threshold)) continue;
    ++kept;
    result.map[i / channels] = std::max(result.map[i / channels], statistics[i]);
  }
  result.share = static_cast<double>(kept) / static_cast<double>(statistics.size());
  return result;
}

std::vector<float> make_map(ConstTensor mean, ConstTensor standard_error, int64_t samples, const MapOptions& options) {
  check(options);
  switch (options.magnitude) {
    case Magnitude::kCorrected: return corrected_map(mean, standard_error, options.window);
    case Magnitude::kSignificance: return significance(mean, standard_error, samples).map;
    case Magnitude::kPlain:
    case Magnitude::kDenoised:
    case Magnitude::kKnownSign: break;
  }
  std::vector<float> map = reduce_channels(mean, options.channels);
  if (options.window > 0) map = pool_map({map.data(), {mean.shape.height, mean.shape.width, 1}}, options.window);
  return map;
}

std::vector<float> denoised_map(const Denoised& all, Shape shape, const MapOptions& options) {
  check(options);
  const Denoised known = options.magnitude == Magnitude::kKnownSign ? known_signs(all) : Denoised{};
  const Denoised& denoised = options.magnitude == Magnitude::kKnownSign ? known : all;
  if (has_signs(options)) return reduce_channels({denoised.mean.data(), shape}, options.channels);
  if (options.window == 0) {
    const std::vector<float> magnitudes = expected_magnitudes(denoised);
    return reduce_channels({magnitudes.data(), shape}, options.channels);
  }
  std::vector<float> squares(shape.pixels(), 0.f);
  for (size_t i = 0; i < shape.size(); ++i) {
    squares[i / static_cast<size_t>(shape.channels)] += denoised.mean[i] * denoised.mean[i] + denoised.variance[i];
  }
  return pooled_root(squares, shape, options.window);
}

}  // namespace smoothgrad
