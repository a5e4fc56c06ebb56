// The model file's wishes about its photos, and the levels that its network sees.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>

#include "core/base/decimal.h"
#include "core/base/text.h"
#include "core/image/image_metadata.h"
#include "core/image/resize.h"

namespace smoothgrad {
namespace {

using Metadata = std::map<std::string, std::string>;

[[noreturn]] void refuse(const std::string& key, const std::string& text, const std::string& wanted) {
  refuse(ErrorCode::kBadModel, {"the model's metadata ", key, " is '", text, "', it must be ", wanted});
}

// Finite numbers separated by spaces, of which `good` must be true.
std::vector<float> read_numbers(const std::string& key, const std::string& text, const std::string& wanted,
                                bool (*good)(float)) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  std::vector<float> numbers;
  const char* at = text.c_str();
  for (at += std::strspn(at, " \t\r\n"); *at != 0; at += std::strspn(at, " \t\r\n")) {
    const float number = static_cast<float>(read_decimal(at).value_or(kNone));
    if (!std::isfinite(number) || !good(number)) refuse(key, text, wanted);
    numbers.push_back(number);
  }
  return numbers;
}

// One number a channel, or one for all of them.
std::vector<float> read_channels(const Metadata& metadata, const std::string& key, int channels, std::vector<float> otherwise,
                                 const char* kind, bool (*good)(float)) {
  const auto found = metadata.find(key);
  if (found == metadata.end()) return otherwise;
  const std::string wanted = join({channels, " ", kind, ", one a channel"});
  std::vector<float> numbers = read_numbers(key, found->second, wanted, good);
  if (numbers.size() == 1) numbers.resize(static_cast<size_t>(channels), numbers[0]);
  if (numbers.size() != static_cast<size_t>(channels)) refuse(key, found->second, wanted);
  return numbers;
}

// Of an RGB pixel: ITU-R 601-2 in 16-bit fixed point, as Pillow.
uint8_t luma(const uint8_t* rgb) {
  return static_cast<uint8_t>((rgb[0] * 19595 + rgb[1] * 38470 + rgb[2] * 7471 + 0x8000) >> 16);
}

void check(const Preprocessing& preprocessing, size_t bytes) {
  const size_t channels = static_cast<size_t>(preprocessing.crop.channels), pixels = preprocessing.crop.pixels();
  if (channels != 1 && channels != 3) {
    refuse(ErrorCode::kBadImage, {"the network takes ", channels, " channels, a photo has 3, or 1 as grey"});
  }
  if (bytes != 3 * pixels) {
    refuse(ErrorCode::kBadImage, {"the resized photo must have ", 3 * pixels, " bytes of RGB, not ", bytes});
  }
  const std::vector<float>& mean = preprocessing.mean;
  const std::vector<float>& std = preprocessing.std;
  if (mean.size() != channels || std.size() != channels || std::ranges::count(std, 0.f) > 0) {
    refuse(ErrorCode::kBadOption, {"mean and std must have ", channels, " numbers each, std none that is 0"});
  }
}

// Whether the file says blue first.
std::optional<bool> read_order(const Metadata& metadata, int channels) {
  const auto found = metadata.find("smoothgrad.channel_order");
  if (found == metadata.end()) return std::nullopt;
  if (found->second != "rgb" && found->second != "bgr") refuse(found->first, found->second, "rgb or bgr");
  if (found->second == "bgr" && channels != 3) refuse(found->first, found->second, "rgb: only 3 channels have another order");
  return found->second == "bgr";
}

bool read_stretch(const Metadata& metadata) {
  const auto found = metadata.find("smoothgrad.fit");
  if (found == metadata.end()) return false;
  if (found->second != "crop" && found->second != "stretch") refuse(found->first, found->second, "crop or stretch");
  return found->second == "stretch";
}

}  // namespace

Preprocessing read_preprocessing(const Metadata& metadata, Shape input, bool levels) {
  Preprocessing preprocessing;
  preprocessing.crop = input;
  preprocessing.resize = std::min(input.height, input.width);
  if (const auto found = metadata.find("smoothgrad.resize"); found != metadata.end()) {
    const std::string wanted = "one whole number of pixels from 1 to 65535";
    const auto good = [](float number) { return number >= 1 && number <= 65535 && number == std::floor(number); };
    const std::vector<float> numbers = read_numbers(found->first, found->second, wanted, good);
    if (numbers.size() != 1) refuse(found->first, found->second, wanted);
    preprocessing.resize = static_cast<int>(numbers[0]);
  }
  const size_t channels = static_cast<size_t>(input.channels);
  const ImageMetadata image = read_image_metadata(metadata, input.channels);
  const auto [mean, std] = image.range.value_or(levels ? LevelRange{0, 1} : LevelRange{0, 255});
  preprocessing.source = image.range ? "image" : levels ? "levels" : "default";
  if (metadata.contains("smoothgrad.mean") || metadata.contains("smoothgrad.std")) preprocessing.source = "smoothgrad";
  preprocessing.mean = read_channels(metadata, "smoothgrad.mean", input.channels, std::vector(channels, mean), "numbers",
                                     [](float) { return true; });
  preprocessing.std = read_channels(metadata, "smoothgrad.std", input.channels, std::vector(channels, std), "numbers above 0",
                                    [](float number) { return number > 0; });
  if (levels && (preprocessing.mean != std::vector(channels, 0.f) || preprocessing.std != std::vector(channels, 1.f))) {
    refuse(ErrorCode::kBadModel, {"the model's input is of an integer type and takes levels 0 to 255 as they are, but its "
                                  "metadata asks for a mean, a std or a range of its own: one of the two is wrong"});
  }
  preprocessing.stretch = read_stretch(metadata);
  preprocessing.bgr = read_order(metadata, input.channels).value_or(image.bgr);
  return preprocessing;
}

std::vector<std::string> read_class_names(const Metadata& metadata) {
  const auto found = metadata.find("smoothgrad.classes");
  if (found == metadata.end()) return {};
  std::vector<std::string> names;
  const std::string& text = found->second;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    names.push_back(text.substr(at, end - at));
    if (!names.back().empty() && names.back().back() == '\r') names.back().pop_back();
    at = end + 1;
  }
  return names;
}

std::vector<float> normalise(std::span<const uint8_t> rgb, const Preprocessing& preprocessing) {
  check(preprocessing, rgb.size());
  const size_t channels = static_cast<size_t>(preprocessing.crop.channels);
  std::vector<float> input(preprocessing.crop.size());
  for (size_t i = 0; i < input.size(); ++i) {
    const size_t c = i % channels;
    const size_t from = preprocessing.bgr && channels == 3 ? i - c + (2 - c) : i;
    const uint8_t level = channels == 1 ? luma(rgb.data() + 3 * i) : rgb[from];
    input[i] = (static_cast<float>(level) - preprocessing.mean[c]) / preprocessing.std[c];
  }
  return input;
}

}  // namespace smoothgrad
