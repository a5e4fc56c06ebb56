// What stands for "nothing there": where the line of Integrated Gradients begins, what occlusion puts over a square.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/image/resize.h"

namespace smoothgrad {

struct Baseline {
  std::string_view name, title;
  std::vector<float> (*make)(std::span<const float> input, const Preprocessing& preprocessing);
};

std::span<const Baseline> baselines();  // zero, black, blurred

// [H, W, C]. zero: of the normalised tensor (mid-grey for a photo); black: level 0 of every channel; blurred: the input itself,
// blurred by a sixteenth of its shorter side. Throws Error(kBadOption) that lists the names.
std::vector<float> make_baseline(std::string_view name, std::span<const float> input, const Preprocessing& preprocessing);

}  // namespace smoothgrad
