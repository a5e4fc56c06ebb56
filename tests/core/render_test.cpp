// From attribution to picture on small images computed by hand, and percentiles as numpy gives them.
#include <catch_amalgamated.hpp>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/image/scale.h"

namespace smoothgrad {
namespace {

using Pixels = std::vector<uint8_t>;

Pixels draw(const std::vector<float>& map, RenderOptions options = {}, const Pixels& photo = {}) {
  return render({map.data(), {1, static_cast<int>(map.size()), 1}}, photo, options);
}

TEST_CASE("percentiles interpolate between order statistics, as numpy's", "[image]") {
  const std::vector<float> values = {7, 1, 3, 10, 4};
  CHECK(percentile(values, 0) == 1);
  CHECK(percentile(values, 50) == 4);
  CHECK(percentile(values, 100) == 10);
  CHECK(percentile(values, 99) == Catch::Approx(9.88));
  CHECK(percentile(values, 90) == Catch::Approx(8.8));
  CHECK(percentile(values, 12.5) == Catch::Approx(2));
  CHECK(percentile(std::vector<float>{2.5f}, 99) == 2.5f);
}

TEST_CASE("channels become one map", "[image]") {
  const std::vector<float> attribution = {1, -2, 0.5f, -3, 0, 1};  // two pixels of three channels
  const ConstTensor tensor(attribution.data(), {1, 2, 3});
  CHECK(reduce_channels(tensor, ChannelReduction::kSumAbs) == std::vector<float>{3.5f, 4});
  CHECK(reduce_channels(tensor, ChannelReduction::kMaxAbs) == std::vector<float>{2, 3});
  CHECK(reduce_channels(tensor, ChannelReduction::kSignedSum) == std::vector<float>{-0.5f, -2});
}

TEST_CASE("a magnitude is drawn from 0 to the cap", "[image]") {
  RenderOptions options;
  options.percentile = 100;
  CHECK(draw({0, 1, 2, 4}, options) == Pixels{0, 0, 0, 255, 64, 64, 64, 255, 128, 128, 128, 255, 255, 255, 255, 255});
  options.from_lowest = true;
  CHECK(draw({2, 3, 4}, options) == Pixels{0, 0, 0, 255, 128, 128, 128, 255, 255, 255, 255, 255});
}

TEST_CASE("values above the percentile share the highest colour", "[image]") {
  std::vector<float> map(101, 1.f);
  map[0] = 0;
  map[100] = 1000;
  const Pixels pixels = draw(map);
  CHECK(pixels[4] == 255);  // 1 is at the 99th percentile
  CHECK(pixels[400] == 255);
}

TEST_CASE("the scale says which values the ends of the colours stand for", "[image]") {
  RenderOptions options;
  options.percentile = 100;
  const auto scale = [&options](const std::vector<float>& map) {
    const auto [floor, cap] = scale_of(map, options);
    return std::pair(floor, cap);
  };
  CHECK(scale({0, 1, 2, 4}) == std::pair(0.f, 4.f));
  CHECK(scale({3, 3}) == std::pair(3.f, 0.f));
  options.from_lowest = true;
  CHECK(scale({2, 3, 4}) == std::pair(2.f, 2.f));
  options.signed_map = true;
  CHECK(scale({-8, 3, std::numeric_limits<float>::quiet_NaN()}) == std::pair(0.f, 8.f));
  options.percentile = 90;
  std::vector<float> nearly_empty(100, 0.f);
  nearly_empty[7] = 5;
  CHECK(scale(nearly_empty) == std::pair(0.f, 5.f));
  options.percentile = 101;
  CHECK_THROWS_AS(scale(nearly_empty), Error);
}

TEST_CASE("the colour maps begin, pass and end where d3's do", "[image]") {
  struct Expected {
    const char* name;
    Pixels colours;  // of 0, 1/2 and 1
  };
  const Expected expected[] = {
      {"grey", {0, 0, 0, 255, 128, 128, 128, 255, 255, 255, 255, 255}},
      {"viridis", {68, 1, 84, 255, 33, 145, 140, 255, 253, 231, 37, 255}},
      {"inferno", {0, 0, 4, 255, 188, 55, 84, 255, 252, 255, 164, 255}},
  };
  for (const Expected& e : expected) {
    RenderOptions options;
    options.colours = e.name;
    options.percentile = 100;
    const Pixels drawn = draw({0, 0.5f, 1}, options);
    INFO(e.name);
    for (size_t i = 0; i < drawn.size(); ++i) CHECK(std::abs(drawn[i] - e.colours[i]) <= 3);
  }
}

TEST_CASE("a signed map has its zero at white", "[image]") {
  RenderOptions options;
  options.signed_map = true;
  options.colours = "diverging";
  options.percentile = 100;
  CHECK(draw({-2, 0, 2}, options) == Pixels{5, 48, 97, 255, 255, 255, 255, 255, 103, 0, 31, 255});
  CHECK(draw({-2, 0, 4}, options)[4] == 255);  // zero stays white when the range is lopsided
  CHECK(draw({0, 0}, options) == Pixels(8, 255));
}

TEST_CASE("a constant map, NaN and infinities are drawn as 0", "[image]") {
  CHECK(draw({3, 3, 3}) == Pixels{0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255});
  const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
  RenderOptions options;
  options.percentile = 100;
  CHECK(draw({nan, infinity, 1}, options) == Pixels{0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 255});
  CHECK(draw({nan, nan}) == Pixels{0, 0, 0, 255, 0, 0, 0, 255});
}

TEST_CASE("a map with fewer values than the percentile leaves is drawn all the same", "[image]") {
  std::vector<float> map(1000, 0.f);
  map[5] = 2;  // the 99th percentile is 0
  CHECK(draw(map)[20] == 255);
}

TEST_CASE("views put map and photo together", "[image]") {
  const Pixels photo = {100, 200, 40, 100, 200, 40, 100, 200, 40, 100, 200, 40, 100, 200, 40};
  RenderOptions options;
  options.percentile = 100;
  const std::vector<float> map = {0, 1, 2, 3, 4};
  options.view = View::kOverlay;
  options.opacity = 0.5;
  const Pixels overlay = draw(map, options, photo);
  CHECK(Pixels(overlay.begin(), overlay.begin() + 3) == Pixels{84, 84, 84});
  CHECK(Pixels(overlay.end() - 4, overlay.end()) == Pixels{170, 170, 170, 255});
  options.view = View::kProduct;
  const Pixels product = draw(map, options, photo);
  CHECK(Pixels(product.begin() + 8, product.begin() + 11) == Pixels{50, 100, 20});
  options.view = View::kMask;
  const Pixels mask = draw(map, options, photo);
  CHECK(Pixels(mask.begin(), mask.begin() + 3) == Pixels{15, 30, 6});
  CHECK(Pixels(mask.end() - 4, mask.end()) == Pixels{100, 200, 40, 255});
}

TEST_CASE("wrong render options are refused by name", "[image]") {
  RenderOptions options;
  options.percentile = 89;
  CHECK_THROWS_WITH(draw({1, 2}, options), Catch::Matchers::ContainsSubstring("percentile"));
  options.percentile = NAN;
  CHECK_THROWS_WITH(draw({1, 2}, options), Catch::Matchers::ContainsSubstring("percentile"));
  options = {};
  options.colours = "rainbow";
  CHECK_THROWS_WITH(draw({1, 2}, options), Catch::Matchers::ContainsSubstring("there is grey, viridis, inferno, diverging"));
  options = {};
  options.view = View::kOverlay;
  CHECK_THROWS_WITH(draw({1, 2}, options), Catch::Matchers::ContainsSubstring("photo"));
  CHECK_THROWS_WITH(find_view("side"), Catch::Matchers::ContainsSubstring("map, overlay, mask, product"));
  CHECK_THROWS_WITH(find_channel_reduction("mean"), Catch::Matchers::ContainsSubstring("sum-abs"));
}

}  // namespace
}  // namespace smoothgrad
