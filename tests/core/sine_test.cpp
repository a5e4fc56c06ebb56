// Sine and cosine against the C library's.
#include "core/base/sine.h"

#include <catch_amalgamated.hpp>
#include <limits>

using namespace smoothgrad;

TEST_CASE("sine and cosine are those of the C library", "[sine]") {
  for (double x = -40; x < 40; x += 0.00371) {
    CHECK(std::abs(sine(x) - std::sin(x)) < 1e-12);
    CHECK(std::abs(sine(x, 1) - std::cos(x)) < 1e-12);
  }
  for (float x = 1e-30f; x < 0x1p30f; x *= 1.0137f) {
    CHECK(static_cast<float>(sine(x)) == Catch::Approx(std::sin(x)).epsilon(1e-6));
    CHECK(static_cast<float>(sine(-x, 1)) == Catch::Approx(std::cos(x)).epsilon(1e-6));
  }
  CHECK(sine(0) == 0);
  CHECK(sine(-1e30) == 0);
  CHECK(std::isnan(sine(std::numeric_limits<double>::infinity())));
}
