#include "core/image/class_difference.h"

#include "core/base/text.h"

namespace smoothgrad {

std::vector<float> scaled_difference(std::span<const float> a, std::span<const float> b) {
  constexpr double kPercentile = 99;
  std::vector<float> difference = levels(a, false, false, kPercentile);
  const std::vector<float> subtrahend = levels(b, false, false, kPercentile);
  for (size_t i = 0; i < difference.size(); ++i) difference[i] -= subtrahend[i];
  return difference;
}

std::vector<float> make_difference_map(std::span<const float> mean, std::span<const float> standard_error, Shape shape,
                                       int64_t samples, const MapOptions& options) {
  if (has_signs(options)) {
    refuse(ErrorCode::kBadOption,
           {"maps are scaled to [0, 1] before they are subtracted: with the signed sum they have no such scale, choose "
            "channels sum-abs or max-abs"});
  }
  const auto map_of = [&](size_t first) {
    return make_map({mean.data() + first, shape}, {standard_error.data() + first, shape}, samples, options);
  };
  return scaled_difference(map_of(0), map_of(shape.size()));
}

}  // namespace smoothgrad
