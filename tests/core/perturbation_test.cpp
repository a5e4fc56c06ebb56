// Deletion and insertion on a linear score, whose curves are sums that can be written down; the edge detector on ramps.
#include "core/study/perturbation.h"

#include <catch_amalgamated.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/base/error.h"
#include "core/study/edges.h"

using namespace smoothgrad;

namespace {

// Sum over all elements: each pixel of [2, 2, 2] counts what it holds.
constexpr auto total = [](std::span<const float> input) { return std::accumulate(input.begin(), input.end(), 0.0); };

constexpr Shape kShape{2, 2, 2};
const std::vector<float> kInput = {1, 0, 2, 2, 10, 20, 3, -3};  // pixels worth 1, 4, 30, 0
const std::vector<float> kNothing(8, 0.f);
const ConstTensor kFrom{kInput.data(), kShape}, kTo{kNothing.data(), kShape};

}  // namespace

TEST_CASE("deletion and insertion of a linear score are cumulative sums in the map's order", "[perturbation]") {
  const std::vector<float> perfect = {1, 4, 30, 0}, worst = {-1, -4, -30, 0};
  using Curve = std::vector<double>;
  CHECK(perturbation_curve(total, kFrom, kTo, perfect, 4, 4) == Curve{35, 5, 1, 0, 0});
  CHECK(perturbation_curve(total, kFrom, kTo, worst, 4, 4) == Curve{35, 35, 34, 30, 0});
  CHECK(perturbation_curve(total, kTo, kFrom, perfect, 4, 4) == Curve{0, 30, 34, 35, 35});
  CHECK(area_under(Curve{35, 5, 1, 0, 0}) == Catch::Approx((20 + 3 + 0.5 + 0) / 4));
  CHECK(area_under(Curve{1, 0}) == 0.5);

  // For a linear score deletion and insertion by one map add up to the sum of both ends.
  const std::vector<float> any = {3, 1, 2, 5};
  CHECK(area_under(perturbation_curve(total, kFrom, kTo, any, 4, 4)) +
            area_under(perturbation_curve(total, kTo, kFrom, any, 4, 4)) ==
        Catch::Approx(35));
}

TEST_CASE("steps that do not divide the pixels, and equal pixels", "[perturbation]") {
  const std::vector<float> even(4, 7.f);
  CHECK(perturbation_curve(total, kFrom, kTo, even, 1, 4) == std::vector<double>{35, 0});
  CHECK(perturbation_curve(total, kFrom, kTo, even, 4, 4) == std::vector<double>{35, 34, 30, 0, 0});
  CHECK(perturbation_curve(total, kFrom, kTo, even, 3, 4) == std::vector<double>{35, 34, 0, 0});  // 0, 1.33, 2.67, 4 pixels
  CHECK(perturbation_curve(total, kFrom, kTo, even, 2, 2) == std::vector<double>{35, 34, 30});
}

TEST_CASE("what has no order is refused", "[perturbation]") {
  CHECK_THROWS_AS(perturbation_curve(total, kFrom, kTo, std::vector<float>(3), 2, 4), Error);
  CHECK_THROWS_AS(perturbation_curve(total, kFrom, kTo, std::vector<float>{1, NAN, 2, 3}, 2, 4), Error);
  CHECK_THROWS_AS(perturbation_curve(total, kFrom, kTo, std::vector<float>(4), 0, 4), Error);
  CHECK_THROWS_AS(perturbation_curve(total, kFrom, kTo, std::vector<float>(4), 2, 0), Error);
  CHECK_THROWS_AS(perturbation_curve(total, kFrom, kTo, std::vector<float>(4), 2, 5), Error);
}

TEST_CASE("Sobel sees ramps and steps, not a constant", "[perturbation]") {
  std::vector<float> ramp;  // [5, 6, 2]: x in one channel, 2 y in the other
  for (int y = 0; y < 5; ++y) {
    for (int x = 0; x < 6; ++x) ramp.insert(ramp.end(), {static_cast<float>(x), static_cast<float>(2 * y)});
  }
  const auto edges = sobel({ramp.data(), {5, 6, 2}});
  CHECK(edges[2 * 6 + 3] == 8 + 16);  // slopes times 8
  CHECK(edges[2 * 6 + 0] == 4 + 16);  // half of the slope at the border, whose neighbour is itself
  CHECK(edges[0] == 4 + 8);
  const auto diagonal = sobel({std::vector<float>{0, 1, 2, 1, 2, 3, 2, 3, 4}.data(), {3, 3, 1}});
  CHECK(diagonal[4] == Catch::Approx(8 * std::sqrt(2.0)));
  CHECK(sobel({std::vector<float>(12, 5.f).data(), {2, 2, 3}}) == std::vector<float>(4, 0.f));
}
