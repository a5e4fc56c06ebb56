// Which values the ends of the colours stand for: what is drawn, and what a key beside the picture says.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/image/render.h"

namespace smoothgrad {

// A value is drawn at the level (value - floor) / cap, clipped to [0, 1], or [-1, 1] where signed. cap is 0 where the map is
// constant, and floor its one value.
struct Scale {
  float floor = 0;
  float cap = 0;
};

// Throws Error(kBadOption) on a percentile out of its range.
Scale scale_of(std::span<const float> map, const RenderOptions& options);

// render() by a scale that is known already.
std::vector<uint8_t> render(ConstTensor map, std::span<const uint8_t> photo, const RenderOptions& options, const Scale& scale);

}  // namespace smoothgrad
