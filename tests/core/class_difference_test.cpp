// The difference of two classes' maps, each scaled to [0, 1] before.
#include "core/image/class_difference.h"

#include <catch_amalgamated.hpp>

#include "core/base/error.h"
#include "tests/core/npy.h"
#include "tests/core/one_node.h"

namespace smoothgrad {
namespace {

using namespace test;

TEST_CASE("maps are scaled to their 99th percentile before they are subtracted", "[image]") {
  std::vector<float> rising(101), falling(101);
  for (size_t i = 0; i < 101; ++i) {
    rising[i] = static_cast<float>(i);
    falling[i] = 0.25f * static_cast<float>(100 - i);
  }
  const auto difference = scaled_difference(rising, falling);
  for (size_t i = 0; i < 101; ++i) {
    const float a = std::min(static_cast<float>(i) / 99, 1.f), b = std::min(static_cast<float>(100 - i) / 99, 1.f);
    CHECK(difference[i] == Catch::Approx(a - b).margin(1e-6));
  }
  // Neither scale matters.
  for (float& value : rising) value *= 1000;
  const auto again = scaled_difference(rising, falling);
  for (size_t i = 0; i < 101; ++i) CHECK(again[i] == Catch::Approx(difference[i]).margin(1e-6));
  CHECK(scaled_difference(std::vector<float>(101, 0.f), falling)[0] == -1);
}

TEST_CASE("maps with signs have no scale from 0 to 1", "[image]") {
  CHECK_NOTHROW(check_scaled_difference({}));
  MapOptions with_signs;
  with_signs.channels = ChannelReduction::kSignedSum;
  CHECK_THROWS_WITH(check_scaled_difference(with_signs), Catch::Matchers::ContainsSubstring("sum-abs or max-abs"));
}

}  // namespace
}  // namespace smoothgrad
