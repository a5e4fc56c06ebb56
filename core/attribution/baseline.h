// Where the line of Integrated Gradients begins.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/image/render.h"
#include "core/image/resize.h"

namespace smoothgrad {

std::span<const NamedEntry> baselines();  // zero, black, blurred

// [H, W, C]. zero: of the normalised tensor (mid-grey for a photo); black: level 0 of every channel; blurred: the input itself,
// blurred by a sixteenth of its shorter side. Throws Error(kBadOption) that lists the names.
std::vector<float> make_baseline(std::string_view name, std::span<const float> input, const Preprocessing& preprocessing);

}  // namespace smoothgrad
