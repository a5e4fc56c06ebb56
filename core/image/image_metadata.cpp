#include "core/image/image_metadata.h"

#include <string_view>

#include "core/base/text.h"

namespace smoothgrad {
namespace {

struct Format {
  std::string_view name;
  int channels;
  bool bgr;
};

constexpr Format kFormats[] = {{"Gray8", 1, false}, {"Rgb8", 3, false}, {"Bgr8", 3, true}};

struct Range {
  std::string_view name;
  LevelRange range;
};

// 16 to 235: level x 219 / 255 + 16.
constexpr Range kRanges[] = {{"NominalRange_0_255", {0, 1}},
                             {"Normalized_0_1", {0, 255}},
                             {"Normalized_1_1", {127.5f, 127.5f}},
                             {"NominalRange_16_235", {-16 * 255.f / 219, 255.f / 219}}};

[[noreturn]] void refuse(const std::string& key, const std::string& text, const std::string& wanted) {
  refuse(ErrorCode::kBadModel, {"the model's metadata ", key, " is '", text, "', it must be ", wanted});
}

template <typename Row, size_t n>
const Row& find_row(const Row (&rows)[n], const std::string& key, const std::string& text) {
  std::string names;
  for (const Row& row : rows) {
    if (row.name == text) return row;
    names.append(names.empty() ? "" : ", ").append(row.name);
  }
  refuse(key, text, "one of " + names);
}

}  // namespace

ImageMetadata read_image_metadata(const std::map<std::string, std::string>& metadata, int channels) {
  ImageMetadata image;
  if (const auto found = metadata.find("Image.BitmapPixelFormat"); found != metadata.end()) {
    const Format& format = find_row(kFormats, found->first, found->second);
    if (format.channels != channels) {
      refuse(found->first, found->second, join({"of the input's channels: it has ", channels}));
    }
    image.bgr = format.bgr;
  }
  if (const auto found = metadata.find("Image.NominalPixelRange"); found != metadata.end()) {
    image.range = find_row(kRanges, found->first, found->second).range;
  }
  if (const auto found = metadata.find("Image.ColorSpaceGamma"); found != metadata.end() && found->second != "SRGB") {
    refuse(found->first, found->second, "SRGB: photos go in as they are stored, not as linear light");
  }
  return image;
}

}  // namespace smoothgrad
