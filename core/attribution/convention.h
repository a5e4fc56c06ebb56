// What other tools mean by "SmoothGrad", by the tool's name: their defaults, so that one can see what each would have drawn.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace smoothgrad {

struct Convention {
  std::string_view name, title;
  int64_t samples;
  double noise;                 // sigma / (max(x) - min(x))
  std::optional<double> sigma;  // of the noise itself, instead
  std::string_view reduction;   // as in reductions()
  bool clean_last;              // the last sample has no noise
  std::string_view channels;    // as in channel_reductions()
  double percentile;            // 100: no cap
  bool from_lowest;             // the minimum is drawn darkest, not 0
};

std::span<const Convention> conventions();

}  // namespace smoothgrad
