// From attribution to picture: channels to one map, cap at a percentile, colours, views (methods.md's steps 1 to 4).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/names.h"
#include "core/base/tensor.h"

namespace smoothgrad {

enum class ChannelReduction { kSumAbs, kMaxAbs, kSignedSum };  // "sum-abs", "max-abs", "signed-sum"
enum class View {
  kMap,      // "map"
  kOverlay,  // "overlay": over the photo in dimmed grey, the stronger the more opaque
  kMask,     // "mask": the photo, dimmed but for the fifth of its pixels where the map is strongest
  kProduct,  // "product": the photo times the map
};

struct RenderOptions {
  bool signed_map = false;  // the map has values below 0 that mean something
  View view = View::kMap;
  std::string colours = "grey";  // name in colour_maps(); a signed map wants a diverging one
  double percentile = 99;        // 90 to 100: the value drawn brightest
  bool from_lowest = false;      // the lowest value, not 0, is drawn darkest (min-max scaling; not for signed maps)
  double opacity = 0.9;          // of the strongest pixels in the overlay
};

std::span<const Named<ChannelReduction>> channel_reductions();
std::span<const Named<View>> views();

// Each throws Error(kBadOption) listing the names.
ChannelReduction find_channel_reduction(std::string_view name);
View find_view(std::string_view name);

// [H, W, C] -> [H, W].
std::vector<float> reduce_channels(ConstTensor attribution, ChannelReduction reduction);

// Values over the percentile of their magnitudes, clipped to [0, 1], or [-1, 1] where signed; all 0 where the map is constant.
// What is no number counts as 0. from_lowest: as in RenderOptions.
std::vector<float> levels(std::span<const float> map, bool signed_map, bool from_lowest, double cap_percentile);

// Linear interpolation between order statistics, as numpy.percentile. q in [0, 100].
float percentile(std::span<const float> values, double q);

// Map [H, W] (and the photo as RGB bytes [H, W, 3] for the views that show it) -> RGBA [H, W, 4].
// A constant map is drawn as the colour of 0 (the lowest, or white in the diverging map); NaN counts as 0. Throws
// Error(kBadOption) naming the option.
std::vector<uint8_t> render(ConstTensor map, std::span<const uint8_t> photo, const RenderOptions& options);

}  // namespace smoothgrad
