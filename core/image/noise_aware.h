// Maps that know how uncertain they are: from the mean and the standard error of one run, at no further samples. On
// EfficientNet-Lite0 the mean of 50 samples is mostly noise element by element, and |mean| has a floor made of it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/tensor.h"
#include "core/denoise/denoise.h"
#include "core/image/render.h"

namespace smoothgrad {

enum class Magnitude {
  kPlain,         // "plain": the channels' reduction of the mean
  kCorrected,     // "corrected": sqrt(max(0, sum over channels of mean^2 - SE^2)); pays with a window of 2 pixels or more
  kSignificance,  // "significance": the largest |mean| / SE of the channels, 0 where none passes the threshold
  kDenoised,      // "denoised": what is expected of the true mean's magnitude, at full resolution (see core/denoise)
  kKnownSign,     // "known-sign": the same, 0 where the sign is not known (core/denoise/known_signs.h)
};

struct MapOptions {
  ChannelReduction channels = ChannelReduction::kSumAbs;  // of the plain map
  Magnitude magnitude = Magnitude::kPlain;
  double window = 0;  // pixels, 0 to 64: the squared map is pooled by a Gaussian of this sigma before the root
};

// Whether it is made of the denoised mean.
inline bool is_denoised(Magnitude magnitude) { return magnitude == Magnitude::kDenoised || magnitude == Magnitude::kKnownSign; }

// Whether values below 0 mean something.
inline bool has_signs(const MapOptions& options) {
  const bool signs = options.magnitude == Magnitude::kPlain || is_denoised(options.magnitude);
  return signs && options.channels == ChannelReduction::kSignedSum;
}

std::span<const Named<Magnitude>> magnitudes();
Magnitude find_magnitude(std::string_view name);  // throws Error(kBadOption) listing the names

// mean, standard_error: [H, W, C]; samples: how many they are of -> [H, W]. Throws Error(kBadOption) on a window out of its
// range or one for a map with signs (its square has none). The significance takes no window. Not of the denoised magnitudes.
std::vector<float> make_map(ConstTensor mean, ConstTensor standard_error, int64_t samples, const MapOptions& options);

// The channels' reduction of E|s|, or with signs of the denoised mean -> [H, W]. A window pools the expected squares, summed
// over the channels. Of the denoised magnitudes; throws as make_map() does.
std::vector<float> denoised_map(const Denoised& denoised, Shape shape, const MapOptions& options);

// The square root of the squared map pooled by a Gaussian, sigma in pixels; |map| where it is 0. [H, W] -> [H, W].
std::vector<float> pool_map(ConstTensor map, double window);

// mean^2 - SE^2 is an unbiased estimate of the true mean squared. Summed over channels, pooled, negative values to 0, root.
std::vector<float> corrected_map(ConstTensor mean, ConstTensor standard_error, double window);

struct Significance {
  std::vector<float> map;  // [H, W], |t| = |mean| / SE (at most 1e6), the largest of the channels; 0 below the threshold
  float threshold;         // of |t|; infinite where nothing is significant
  double share;            // of the elements that are significant
};
// Student's t with samples - 1 degrees of freedom; expected share of false ones among those shown: at most `rate`.
Significance significance(ConstTensor mean, ConstTensor standard_error, int64_t samples, double rate = 0.05);

}  // namespace smoothgrad
