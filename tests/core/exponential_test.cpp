// Four lanes at a time against the C library, and each function's vector form against its scalar one.
#include "core/kernels/exponential.h"

#include <catch_amalgamated.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "core/layers/elementwise.h"

namespace smoothgrad {
namespace {

TEST_CASE("exp, logistic and tanh of four lanes", "[kernels]") {
  double worst_exp = 0, worst_logistic = 0, worst_tanh = 0;
  for (int i = -87000; i <= 87000; i += 7) {
    const float x = static_cast<float>(i) / 1000;
    const auto error = [](float value, double exact) { return std::abs(static_cast<double>(value) - exact) / std::abs(exact); };
    const double exact = static_cast<double>(x);
    worst_exp = std::max(worst_exp, error(exponential(splat(x))[1], std::exp(exact)));
    worst_logistic = std::max(worst_logistic, error(logistic(splat(x))[2], 1 / (1 + std::exp(-exact))));
    if (i != 0) worst_tanh = std::max(worst_tanh, error(hyperbolic_tangent(splat(x))[3], std::tanh(exact)));
  }
  CHECK(worst_exp < 2.5e-7);
  CHECK(worst_logistic < 4e-7);
  CHECK(worst_tanh < 4e-7);
  CHECK(exponential(splat(-1e30f))[0] == 0);
  CHECK(std::isinf(exponential(splat(1e30f))[0]));
  CHECK(hyperbolic_tangent(splat(0))[0] == 0);
}

TEST_CASE("vector forms are their scalar ones", "[layers]") {
  constexpr size_t kSize = 4003;  // not of whole vectors
  std::vector<float> x(kSize), y(kSize), slopes(kSize);
  for (size_t i = 0; i < kSize; ++i) x[i] = (static_cast<float>(i) - 2001) / 100.f;
  int count = 0;
  for (const ElementwiseFunction& function : elementwise_functions()) {
    if (!function.run) continue;
    INFO(std::string(function.op));
    ++count;
    const float parameters[2] = {1.7f, 0};
    function.run(kSize, x.data(), y.data(), slopes.data(), parameters);
    double worst = 0;
    for (size_t i = 0; i < kSize; ++i) {
      const auto [value, slope] = function.at(x[i], parameters);
      const double scale = 1 + std::abs(static_cast<double>(x[i]));
      worst = std::max({worst, std::abs(static_cast<double>(y[i] - value)) / scale,
                        std::abs(static_cast<double>(slopes[i] - slope)) / scale});
    }
    CHECK(worst < 5e-7);
  }
  CHECK(count == 5);
}

}  // namespace
}  // namespace smoothgrad
