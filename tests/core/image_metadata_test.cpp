// ONNX's own image metadata, and what goes before it.
#include "core/image/image_metadata.h"

#include <catch_amalgamated.hpp>

#include "core/base/error.h"
#include "core/image/resize.h"

using namespace smoothgrad;
using Catch::Matchers::ContainsSubstring;

namespace {

using Metadata = std::map<std::string, std::string>;

// What the levels of one pixel become, channel by channel.
std::vector<float> seen(const Metadata& metadata, std::vector<uint8_t> rgb, int channels = 3, bool levels = false) {
  return normalise(rgb, read_preprocessing(metadata, {1, 1, channels}, levels));
}

std::string refusal(const Metadata& metadata, int channels = 3, bool levels = false) {
  try {
    read_preprocessing(metadata, {8, 8, channels}, levels);
  } catch (const Error& error) {
    return std::string(error_code_name(error.code())) + ": " + error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("Image.* says range and order", "[image-metadata]") {
  const auto range = [](const char* name) {
    return seen({{"Image.NominalPixelRange", name}, {"Image.ColorSpaceGamma", "SRGB"}}, {0, 51, 255});
  };
  CHECK(range("NominalRange_0_255") == std::vector<float>{0, 51, 255});
  CHECK(range("Normalized_0_1") == std::vector<float>{0, 0.2f, 1});
  CHECK(range("Normalized_1_1") == std::vector<float>{-1, (51 - 127.5f) / 127.5f, 1});
  const std::vector<float> video = range("NominalRange_16_235");
  CHECK(video[0] == Catch::Approx(16));
  CHECK(video[1] == Catch::Approx(59.8));
  CHECK(video[2] == Catch::Approx(235));
  CHECK(seen({{"Image.BitmapPixelFormat", "Bgr8"}, {"Image.NominalPixelRange", "NominalRange_0_255"}}, {1, 2, 3}) ==
        std::vector<float>{3, 2, 1});
  CHECK(read_preprocessing({{"Image.NominalPixelRange", "Normalized_0_1"}}, {1, 1, 3}).source == "image");
  CHECK(seen({{"Image.BitmapPixelFormat", "Gray8"}}, {255, 255, 255}, 1) == std::vector<float>{1});
}

TEST_CASE("smoothgrad.* goes before Image.*", "[image-metadata]") {
  const Metadata both = {{"Image.BitmapPixelFormat", "Bgr8"},
                         {"Image.NominalPixelRange", "Normalized_1_1"},
                         {"smoothgrad.mean", "1 2 3"},
                         {"smoothgrad.std", "2"},
                         {"smoothgrad.channel_order", "rgb"}};
  CHECK(seen(both, {11, 12, 13}) == std::vector<float>{5, 5, 5});
  CHECK(read_preprocessing(both, {1, 1, 3}).source == "smoothgrad");
  // The mean is in the order of the network's channels.
  CHECK(seen({{"smoothgrad.channel_order", "bgr"}, {"smoothgrad.mean", "1 2 3"}, {"smoothgrad.std", "1"}}, {10, 20, 30}) ==
        std::vector<float>{29, 18, 7});
}

TEST_CASE("an integer input takes levels as they are", "[image-metadata]") {
  CHECK(seen({}, {0, 7, 255}, 3, true) == std::vector<float>{0, 7, 255});
  CHECK(seen({{"Image.NominalPixelRange", "NominalRange_0_255"}}, {0, 7, 255}, 3, true) == std::vector<float>{0, 7, 255});
  CHECK_THAT(refusal({{"smoothgrad.std", "255"}}, 3, true), ContainsSubstring("one of the two is wrong"));
  CHECK_THAT(refusal({{"Image.NominalPixelRange", "Normalized_0_1"}}, 3, true), ContainsSubstring("one of the two is wrong"));
}

TEST_CASE("metadata that cannot be is refused by key and value", "[image-metadata]") {
  CHECK_THAT(refusal({{"Image.ColorSpaceGamma", "Linear"}}),
             ContainsSubstring("bad-model: ") && ContainsSubstring("Image.ColorSpaceGamma is 'Linear'"));
  CHECK_THAT(refusal({{"Image.BitmapPixelFormat", "Rgba8"}}), ContainsSubstring("one of Gray8, Rgb8, Bgr8"));
  CHECK_THAT(refusal({{"Image.BitmapPixelFormat", "Gray8"}}), ContainsSubstring("it has 3"));
  CHECK_THAT(refusal({{"Image.NominalPixelRange", "0..1"}}), ContainsSubstring("one of NominalRange_0_255"));
  CHECK_THAT(refusal({{"smoothgrad.channel_order", "gbr"}}), ContainsSubstring("rgb or bgr"));
  CHECK_THAT(refusal({{"smoothgrad.channel_order", "bgr"}}, 1), ContainsSubstring("only 3 channels"));
}
