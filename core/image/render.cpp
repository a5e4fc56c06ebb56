#include "core/image/render.h"

#include <algorithm>
#include <cmath>

#include "core/base/order.h"
#include "core/base/text.h"
#include "core/image/colour_maps.h"
#include "core/image/scale.h"

namespace smoothgrad {
namespace {

constexpr Named<ChannelReduction> kChannels[] = {{"sum-abs", "Sum of absolute values", ChannelReduction::kSumAbs},
                                                 {"max-abs", "Largest absolute value", ChannelReduction::kMaxAbs},
                                                 {"signed-sum", "Signed sum", ChannelReduction::kSignedSum}};
constexpr Named<View> kViews[] = {{"map", "Map", View::kMap},
                                  {"overlay", "Overlay", View::kOverlay},
                                  {"mask", "Mask", View::kMask},
                                  {"product", "Photo × map", View::kProduct}};

float reduce_pixel(const float* pixel, size_t channels, ChannelReduction reduction) {
  float sum = 0;
  for (size_t c = 0; c < channels; ++c) {
    switch (reduction) {
      case ChannelReduction::kSumAbs: sum += std::abs(pixel[c]); break;
      case ChannelReduction::kMaxAbs: sum = std::max(sum, std::abs(pixel[c])); break;
      case ChannelReduction::kSignedSum: sum += pixel[c]; break;
    }
  }
  return sum;
}

void check_percentile(const RenderOptions& options) {
  if (!(options.percentile >= 90 && options.percentile <= 100)) {
    refuse(ErrorCode::kBadOption, {"percentile must be a number from 90 to 100"});
  }
}

void check(ConstTensor map, std::span<const uint8_t> photo, const RenderOptions& options) {
  check_percentile(options);
  if (!(options.opacity >= 0 && options.opacity <= 1)) refuse(ErrorCode::kBadOption, {"opacity must be a number from 0 to 1"});
  if (map.shape.channels != 1) refuse(ErrorCode::kBadOption, {"a map has one channel: reduce the channels first"});
  if (options.view != View::kMap && photo.size() != 3 * map.shape.pixels()) {
    refuse(ErrorCode::kBadImage,
           {"the photo must have three bytes for each of the map's ", map.shape.pixels(), " pixels, it has ", photo.size()});
  }
}

Rgb blend(Rgb under, Rgb over, float share) {
  const auto mix = [share](uint8_t a, uint8_t b) {
    return static_cast<uint8_t>(std::lround(static_cast<float>(a) * (1 - share) + static_cast<float>(b) * share));
  };
  return {mix(under.r, over.r), mix(under.g, over.g), mix(under.b, over.b)};
}

// The photo beneath a map: its colours and its highlights would be taken for the map's.
Rgb backdrop(Rgb photo) {
  constexpr float kLight = 0.55f;
  const float grey =
      0.299f * static_cast<float>(photo.r) + 0.587f * static_cast<float>(photo.g) + 0.114f * static_cast<float>(photo.b);
  const auto level = static_cast<uint8_t>(std::lround(kLight * grey));
  return {level, level, level};
}

// What is no number counts as 0.
std::vector<float> finite(std::span<const float> map) {
  std::vector<float> values(map.begin(), map.end());
  for (float& value : values) value = std::isfinite(value) ? value : 0.f;
  return values;
}

Scale scale_between(std::span<const float> map, bool signed_map, bool from_lowest, double cap_percentile) {
  std::vector<float> magnitudes = finite(map);
  if (magnitudes.empty()) return {};
  const auto [lowest, highest] = std::ranges::minmax(magnitudes);
  if (lowest == highest) return {lowest, 0};
  const float floor = from_lowest && !signed_map ? lowest : 0.f;
  for (float& value : magnitudes) value = std::abs(value - floor);
  const float cap = percentile(magnitudes, cap_percentile);
  // Or nearly all of the map is 0.
  return {floor, cap > 0 ? cap : std::max(std::abs(highest - floor), std::abs(lowest - floor))};
}

std::vector<float> levels_by(const Scale& scale, std::span<const float> map, bool signed_map) {
  if (!(scale.cap > 0)) return std::vector<float>(map.size(), 0.f);
  std::vector<float> level = finite(map);
  for (float& value : level) value = std::clamp((value - scale.floor) / scale.cap, signed_map ? -1.f : 0.f, 1.f);
  return level;
}

}  // namespace

std::span<const Named<ChannelReduction>> channel_reductions() { return kChannels; }
std::span<const Named<View>> views() { return kViews; }

ChannelReduction find_channel_reduction(std::string_view name) {
  return find_named(channel_reductions(), name, "channel reduction").value;
}

View find_view(std::string_view name) { return find_named(views(), name, "view").value; }

std::vector<float> reduce_channels(ConstTensor attribution, ChannelReduction reduction) {
  const size_t channels = static_cast<size_t>(attribution.shape.channels);
  std::vector<float> map(attribution.shape.pixels());
  for (size_t p = 0; p < map.size(); ++p) map[p] = reduce_pixel(attribution.data + p * channels, channels, reduction);
  return map;
}

float percentile(std::span<const float> values, double q) {
  if (values.empty()) refuse(ErrorCode::kBadOption, {"the percentile of no values"});
  const std::vector<float> sorted = sorted_values(values, First::kSmallest);
  const double at = q / 100 * static_cast<double>(sorted.size() - 1);
  const size_t below = static_cast<size_t>(at);
  const double low = sorted[below], high = sorted[std::min(below + 1, sorted.size() - 1)];
  return static_cast<float>(low + (at - std::floor(at)) * (high - low));
}

Scale scale_of(std::span<const float> map, const RenderOptions& options) {
  check_percentile(options);
  return scale_between(map, options.signed_map, options.from_lowest, options.percentile);
}

std::vector<float> levels(std::span<const float> map, bool signed_map, bool from_lowest, double cap_percentile) {
  return levels_by(scale_between(map, signed_map, from_lowest, cap_percentile), map, signed_map);
}

std::vector<uint8_t> render(ConstTensor map, std::span<const uint8_t> photo, const RenderOptions& options) {
  check(map, photo, options);
  return render(map, photo, options, scale_of(map.span(), options));
}

std::vector<uint8_t> render(ConstTensor map, std::span<const uint8_t> photo, const RenderOptions& options, const Scale& scale) {
  check(map, photo, options);
  const ColourMap& colour_map = find_colour_map(options.colours);
  const auto colours = colour_map.colours();
  const float last_colour = colour_map.diverging ? 254.f : 255.f;
  const std::vector<float> level = levels_by(scale, map.span(), options.signed_map);
  // The mask shows the fifth of the pixels where the map is strongest; the rest is dimmed.
  constexpr double kMaskPercentile = 80;
  constexpr float kDimmed = 0.15f;
  std::vector<float> strength = level;
  for (float& value : strength) value = std::abs(value);
  const float threshold = options.view == View::kMask ? percentile(strength, kMaskPercentile) : 0;
  std::vector<uint8_t> rgba(4 * level.size(), 255);
  for (size_t p = 0; p < level.size(); ++p) {
    const float t = options.signed_map || colour_map.diverging ? (level[p] + 1) / 2 : level[p];
    const Rgb colour = colours[static_cast<size_t>(t * last_colour + 0.5f)];
    const Rgb pixel = options.view == View::kMap ? Rgb{} : Rgb{photo[3 * p], photo[3 * p + 1], photo[3 * p + 2]};
    Rgb out{};
    switch (options.view) {
      case View::kMap: out = colour; break;
      case View::kOverlay: out = blend(backdrop(pixel), colour, static_cast<float>(options.opacity) * strength[p]); break;
      case View::kMask: out = blend({}, pixel, strength[p] > threshold ? 1 : kDimmed); break;
      case View::kProduct: out = blend({}, pixel, strength[p]); break;
    }
    std::copy_n(&out.r, 3, rgba.data() + 4 * p);
  }
  return rgba;
}

}  // namespace smoothgrad
