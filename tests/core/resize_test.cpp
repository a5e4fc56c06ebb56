// Resizing against Pillow's figures (tests/reference/resize), and what must hold without any: flat colours, alpha, odd shapes.
#include "core/image/resize.h"

#include <algorithm>
#include <array>
#include <catch_amalgamated.hpp>
#include <cmath>
#include <cstdlib>
#include <string>

#include "core/base/error.h"
#include "tests/core/npy.h"

using namespace smoothgrad;

namespace {

struct Region {
  int x, y, width, height;
};

struct Case {
  std::string name;
  Region region;
  int resize, crop_width, crop_height;
};

const Case kCases[] = {
    // as in tests/reference/generate/make_resize.py
    {"reduced", {0, 0, 150, 101}, 40, 32, 32},     {"reduced_strongly", {0, 0, 150, 101}, 7, 7, 7},
    {"enlarged", {20, 10, 60, 47}, 131, 112, 112}, {"odd", {3, 5, 97, 83}, 57, 41, 55},
    {"same_size", {10, 20, 64, 64}, 64, 64, 64},   {"slightly_reduced", {10, 20, 65, 65}, 64, 63, 63},
    {"tall", {70, 0, 3, 101}, 20, 20, 20},         {"flat", {0, 60, 150, 2}, 24, 24, 20},
    {"one_pixel", {75, 50, 1, 1}, 10, 9, 9},       {"crop_taller_than_resized", {0, 0, 60, 40}, 30, 30, 50},
};

Preprocessing wish(int resize, int width, int height, int channels = 3) {
  return {resize,
          {height, width, channels},
          std::vector<float>(static_cast<size_t>(channels), 127),
          std::vector<float>(static_cast<size_t>(channels), 128)};
}

std::vector<uint8_t> rgba_of(const test::Npy<uint8_t>& photo, Region region) {
  std::vector<uint8_t> rgba;
  for (int y = region.y; y < region.y + region.height; ++y)
    for (int x = region.x; x < region.x + region.width; ++x) {
      const uint8_t* pixel = photo.data.data() + 3 * (y * photo.shape[1] + x);
      rgba.insert(rgba.end(), {pixel[0], pixel[1], pixel[2], 255});
    }
  return rgba;
}

std::vector<uint8_t> filled(int width, int height, std::array<uint8_t, 4> pixel) {
  std::vector<uint8_t> rgba(4 * static_cast<size_t>(width) * static_cast<size_t>(height));
  for (size_t i = 0; i < rgba.size(); ++i) rgba[i] = pixel[i % 4];
  return rgba;
}

bool all_are(const std::vector<uint8_t>& rgb, std::array<uint8_t, 3> colour) {
  for (size_t i = 0; i < rgb.size(); ++i)
    if (rgb[i] != colour[i % 3]) return false;
  return true;
}

}  // namespace

TEST_CASE("resizing gives Pillow's bytes", "[resize]") {
  const auto photo = test::read_npy<uint8_t>("tests/reference/resize/photo.npy");
  for (const Case& c : kCases) {
    INFO(c.name);
    const auto expected = test::read_npy<uint8_t>("tests/reference/resize/" + c.name + ".npy");
    REQUIRE(expected.shape == std::vector<int>{c.crop_height, c.crop_width, 3});
    const auto rgb =
        resize_and_crop(rgba_of(photo, c.region), c.region.width, c.region.height, wish(c.resize, c.crop_width, c.crop_height));
    REQUIRE(rgb.size() == expected.data.size());
    int worst = 0;
    for (size_t i = 0; i < rgb.size(); ++i) worst = std::max(worst, std::abs(rgb[i] - expected.data[i]));
    CHECK(worst == 0);
  }
}

TEST_CASE("a photo of one colour stays that colour at any size", "[resize]") {
  const std::pair<int, int> sizes[] = {{1, 1}, {1, 5000}, {5000, 1}, {3, 2}, {31, 1000}, {640, 480}, {224, 224}, {40000, 7}};
  for (const auto& [width, height] : sizes) {
    INFO(width << " x " << height);
    const auto rgba = filled(width, height, {200, 3, 255, 255});
    CHECK(all_are(resize_and_crop(rgba, width, height, wish(256, 224, 224)), {200, 3, 255}));
    CHECK(all_are(resize_and_crop(rgba, width, height, wish(28, 41, 35)), {200, 3, 255}));
  }
}

TEST_CASE("what is transparent is white", "[resize]") {
  const auto resized = [](std::array<uint8_t, 4> pixel) { return resize_and_crop(filled(9, 5, pixel), 9, 5, wish(6, 6, 6)); };
  CHECK(all_are(resized({10, 20, 30, 0}), {255, 255, 255}));
  CHECK(all_are(resized({10, 20, 30, 255}), {10, 20, 30}));
  CHECK(all_are(resized({0, 100, 255, 51}), {204, 224, 255}));  // a fifth of the colour

  auto rgba = filled(4, 4, {0, 0, 0, 255});  // a single transparent pixel, nothing resized
  rgba[4 * 5 + 3] = 0;
  const auto rgb = resize_and_crop(rgba, 4, 4, wish(4, 4, 4));
  for (size_t p = 0; p < 16; ++p) CHECK(rgb[3 * p] == (p == 5 ? 255 : 0));
}

TEST_CASE("the crop is the middle of the photo", "[resize]") {
  std::vector<uint8_t> rgba;
  for (int y = 0; y < 10; ++y)
    for (int x = 0; x < 20; ++x) rgba.insert(rgba.end(), {static_cast<uint8_t>(x), static_cast<uint8_t>(y), 0, 255});
  const auto rgb = resize_and_crop(rgba, 20, 10, wish(10, 6, 4));
  for (size_t y = 0; y < 4; ++y)
    for (size_t x = 0; x < 6; ++x) {
      CHECK(rgb[3 * (6 * y + x)] == x + 7);
      CHECK(rgb[3 * (6 * y + x) + 1] == y + 3);
    }
}

TEST_CASE("of a stretched photo all is there, whatever its shape", "[resize]") {
  std::vector<uint8_t> rgba;
  for (int i = 0; i < 20 * 4; ++i) rgba.insert(rgba.end(), {static_cast<uint8_t>(i % 20 < 5 ? 250 : 10), 0, 0, 255});
  Preprocessing stretched = wish(9, 4, 4);
  stretched.stretch = true;
  const auto rgb = resize_and_crop(rgba, 20, 4, stretched);
  REQUIRE(rgb.size() == 48);
  CHECK(rgb[0] > 200);
  CHECK(rgb[9] < 20);
  CHECK(resize_and_crop(rgba, 20, 4, wish(4, 4, 4))[0] == 10);

  // Of the input's own proportions it is the same as without a margin.
  const auto square = filled(8, 8, {1, 2, 3, 255});
  CHECK(resize_and_crop(square, 8, 8, stretched) == resize_and_crop(square, 8, 8, wish(4, 4, 4)));
}

TEST_CASE("photos that are none are refused", "[resize]") {
  const auto code = [](size_t bytes, int width, int height, int resize) {
    try {
      resize_and_crop(std::vector<uint8_t>(bytes), width, height, wish(resize, 4, 4));
    } catch (const Error& error) {
      return std::string(error_code_name(error.code()));
    }
    return std::string("accepted");
  };
  CHECK(code(0, 0, 0, 4) == "bad-image");
  CHECK(code(0, 0, 7, 4) == "bad-image");
  CHECK(code(0, -1, -1, 4) == "bad-image");
  CHECK(code(4 * 6 - 1, 2, 3, 4) == "bad-image");
  CHECK(code(3 * 6, 2, 3, 4) == "bad-image");
  CHECK(code(0, 65536, 65536, 4) == "bad-image");
  CHECK(code(4 * 6, 2, 3, 0) == "bad-option");
  CHECK(code(4 * 6, 2, 3, 1 << 30) == "bad-option");
  CHECK(code(4 * 6, 2, 3, 65535) == "accepted");
}

TEST_CASE("pixels are normalised by channel, to luma for one channel", "[resize]") {
  Preprocessing colour{2, {1, 2, 3}, {1, 2, 3}, {10, 100, 0.5f}};
  CHECK(normalise(std::vector<uint8_t>{11, 2, 4, 0, 102, 255}, colour) == std::vector<float>{1, 0, 2, -0.1f, 1, 504});
  Preprocessing grey{1, {1, 4, 1}, {0}, {1}};
  CHECK(normalise(std::vector<uint8_t>{255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9}, grey) == std::vector<float>{76, 150, 29, 9});

  CHECK_THROWS_AS(normalise(std::vector<uint8_t>(5), colour), Error);
  CHECK_THROWS_AS(normalise(std::vector<uint8_t>(6), Preprocessing{2, {1, 2, 4}, {0, 0, 0, 0}, {1, 1, 1, 1}}), Error);
  CHECK_THROWS_AS(normalise(std::vector<uint8_t>(6), Preprocessing{2, {1, 2, 3}, {0}, {1, 1, 1}}), Error);
  CHECK_THROWS_AS(normalise(std::vector<uint8_t>(6), Preprocessing{2, {1, 2, 3}, {0, 0, 0}, {1, 0, 1}}), Error);
}

TEST_CASE("a model's preprocessing is read from its metadata", "[resize]") {
  const Preprocessing read = read_preprocessing(
      {{"smoothgrad.resize", "256"}, {"smoothgrad.mean", "127 126.5  -1e1"}, {"smoothgrad.std", " 128\n"}}, {224, 200, 3});
  CHECK(read.resize == 256);
  CHECK(read.crop == Shape{224, 200, 3});
  CHECK(read.mean == std::vector<float>{127, 126.5, -10});
  CHECK(read.std == std::vector<float>{128, 128, 128});

  const Preprocessing absent = read_preprocessing({{"author", "nobody"}}, {28, 32, 1});
  CHECK(absent.resize == 28);
  CHECK(absent.mean == std::vector<float>{0});
  CHECK(absent.std == std::vector<float>{255});

  CHECK(!absent.stretch);
  CHECK(read_preprocessing({{"smoothgrad.fit", "stretch"}}, {8, 8, 3}).stretch);
  CHECK(!read_preprocessing({{"smoothgrad.fit", "crop"}}, {8, 8, 3}).stretch);

  for (const auto& [key, text] : std::vector<std::pair<std::string, std::string>>{{"fit", "squash"},
                                                                                  {"resize", "big"},
                                                                                  {"resize", "0"},
                                                                                  {"resize", "-3"},
                                                                                  {"resize", "12.5"},
                                                                                  {"resize", ""},
                                                                                  {"resize", "1 2"},
                                                                                  {"resize", "1e9"},
                                                                                  {"mean", "1 2"},
                                                                                  {"mean", "1,2,3"},
                                                                                  {"mean", "nan 0 0"},
                                                                                  {"mean", ""},
                                                                                  {"std", "0 1 1"},
                                                                                  {"std", "1 1 -1"},
                                                                                  {"std", "1 1 1 1"},
                                                                                  {"std", "inf 1 1"}}) {
    INFO(key << " " << text);
    try {
      read_preprocessing({{"smoothgrad." + key, text}}, {8, 8, 3});
      FAIL("accepted");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::kBadModel);
      CHECK(std::string(error.what()).find("smoothgrad." + key) != std::string::npos);
    }
  }
}

TEST_CASE("class names are the lines of the metadata", "[resize]") {
  using Names = std::vector<std::string>;
  const auto names = [](const std::string& text) { return read_class_names({{"smoothgrad.classes", text}}); };
  CHECK(read_class_names({}) == Names{});
  CHECK(names("") == Names{});
  CHECK(names("cat\ndog") == Names{"cat", "dog"});
  CHECK(names("cat\r\n\r\nno dog, but a cow\r\n") == Names{"cat", "", "no dog, but a cow"});
}
