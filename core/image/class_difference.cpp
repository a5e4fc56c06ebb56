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

void check_scaled_difference(const MapOptions& options) {
  if (!has_signs(options)) return;
  refuse(ErrorCode::kBadOption,
         {"maps are scaled to [0, 1] before they are subtracted: with the signed sum they have no such scale, choose "
          "channels sum-abs or max-abs"});
}

}  // namespace smoothgrad
