#include "core/study/perturbation.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "core/base/order.h"
#include "core/base/text.h"

namespace smoothgrad {
namespace {

void check(ConstTensor from, ConstTensor to, std::span<const float> map, int steps, size_t pixels) {
  if (from.shape != to.shape || map.size() != from.shape.pixels()) {
    refuse(ErrorCode::kBadOption,
           {"the map has ", map.size(), " pixels, the input ", from.shape.pixels(), ": they must be of one size"});
  }
  if (!std::ranges::all_of(map, [](float value) { return std::isfinite(value); })) {
    refuse(ErrorCode::kBadOption, {"the map has values that are not finite numbers: its pixels have no order"});
  }
  if (steps < 1) refuse(ErrorCode::kBadOption, {"steps must be a whole number of 1 or more"});
  if (pixels < 1 || pixels > map.size()) {
    refuse(ErrorCode::kBadOption, {"pixels must be a whole number from 1 to ", map.size()});
  }
}

}  // namespace

std::vector<double> perturbation_curve(Score score, ConstTensor from, ConstTensor to, std::span<const float> map, int steps,
                                       size_t pixels) {
  check(from, to, map, steps, pixels);
  const std::vector<uint32_t> order = order_of_values(map, First::kLargest);
  const size_t channels = static_cast<size_t>(from.shape.channels);
  std::vector<float> input(from.span().begin(), from.span().end());
  std::vector<double> curve;
  size_t replaced = 0;
  for (int step = 0; step <= steps; ++step) {
    const double share = static_cast<double>(step) / steps;
    const size_t end = static_cast<size_t>(std::llround(share * static_cast<double>(pixels)));
    for (; replaced < end; ++replaced) {
      const size_t at = order[replaced] * channels;
      std::copy_n(to.data + at, channels, input.data() + at);
    }
    curve.push_back(score(input));
  }
  return curve;
}

double area_under(std::span<const double> curve) {
  const double sum = std::accumulate(curve.begin(), curve.end(), 0.0) - (curve.front() + curve.back()) / 2;
  return sum / static_cast<double>(curve.size() - 1);
}

}  // namespace smoothgrad
