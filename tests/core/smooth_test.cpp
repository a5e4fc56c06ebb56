// Functions of four elements at a time against those of the C++ library in double.
#include "core/kernels/smooth.h"

#include <catch_amalgamated.hpp>
#include <cmath>
#include <limits>
#include <vector>

namespace smoothgrad {
namespace {

struct Exact {
  double value, slope;
};

double logistic(double x) { return 1 / (1 + std::exp(-x)); }
double density(double x) { return std::exp(-0.5 * x * x) / std::sqrt(2 * M_PI); }

Exact error_function(double x) { return {std::erf(x), 2 / std::sqrt(M_PI) * std::exp(-x * x)}; }
Exact gelu(double x) {
  const double share = 0.5 * std::erfc(-x / std::sqrt(2.));
  return {x * share, share + x * density(x)};
}
Exact gelu_by_tanh(double x) {
  const double scale = std::sqrt(2 / M_PI), t = std::tanh(scale * (x + 0.044715 * x * x * x));
  return {0.5 * x * (1 + t), 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * scale * (1 + 3 * 0.044715 * x * x)};
}
Exact sigmoid(double x) { return {logistic(x), logistic(x) * logistic(-x)}; }
Exact swish(double x) {
  const double gate = logistic(1.5 * x);
  return {x * gate, gate + 1.5 * x * gate * logistic(-1.5 * x)};
}

struct Case {
  const char* name;
  SmoothFunction fast;
  Exact (*exact)(double);
};

constexpr Case kCases[] = {{"erf", error_functions, error_function},
                           {"gelu", gelus, gelu},
                           {"gelu by tanh", gelus_by_tanh, gelu_by_tanh},
                           {"sigmoid", sigmoids, sigmoid},
                           {"swish", swishes, swish}};
constexpr float kAlpha[2] = {1.5f, 0};

TEST_CASE("functions of four elements at a time are those of the library, everywhere", "[kernels]") {
  std::vector<float> x;
  for (int i = -40'000; i <= 40'000; ++i) x.push_back(static_cast<float>(i) / 1000);
  for (float size = 1e-30f; size < 1e4f; size *= 3) x.insert(x.end(), {size, -size});
  std::vector<float> values(x.size()), slopes(x.size());
  for (const Case& c : kCases) {
    INFO(c.name);
    c.fast(x.data(), x.size(), kAlpha, values.data(), slopes.data());
    double worst = 0, worst_slope = 0;
    for (size_t i = 0; i < x.size(); ++i) {
      const auto [value, slope] = c.exact(static_cast<double>(x[i]));
      // Relative to what is usual there, as the functions leave little of large negative numbers.
      worst = std::max(worst, std::abs(values[i] - value) / std::max(std::abs(value), std::min(1., std::abs(double{x[i]}))));
      worst_slope = std::max(worst_slope, std::abs(slopes[i] - slope));
    }
    CHECK(worst < 4e-7);
    CHECK(worst_slope < 6e-7);
  }
}

TEST_CASE("functions of four elements at a time take any number of them, and keep NaN", "[kernels]") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const std::vector<float> x = {0.5f, -1, nan, 2, -0.25f, 3, 0};
  for (const Case& c : kCases) {
    INFO(c.name);
    for (size_t size = 1; size <= x.size(); ++size) {
      std::vector<float> values(size + 1, 9), slopes(size + 1, 9), value(1), slope(1);
      c.fast(x.data(), size, kAlpha, values.data(), slopes.data());
      CHECK(values[size] == 9);
      CHECK(slopes[size] == 9);
      c.fast(&x[size - 1], 1, kAlpha, value.data(), slope.data());
      if (size == 3) {
        CHECK(std::isnan(values[2]));
        CHECK(std::isnan(slopes[2]));
      } else {
        CHECK(values[size - 1] == value[0]);
        CHECK(slopes[size - 1] == slope[0]);
      }
    }
  }
}

TEST_CASE("exponentials are those of the library, down to nothing, and summed", "[kernels]") {
  std::vector<float> x;
  for (int i = 0; i <= 1'000; ++i) x.push_back(3 - static_cast<float>(i) / 8);
  x.push_back(-std::numeric_limits<float>::infinity());
  for (size_t size = x.size() - 4; size <= x.size(); ++size) {
    std::vector<float> y(size + 1, 9);
    const float sum = exponentials(x.data(), size, 3, y.data());
    double exact_sum = 0, worst = 0;
    for (size_t i = 0; i < size; ++i) {
      const double exact = std::exp(double{x[i]} - 3);
      exact_sum += exact;
      worst = std::max(worst, exact < 1e-37 ? double{y[i]} : std::abs(y[i] / exact - 1));
    }
    CHECK(worst < 2e-7);
    CHECK(sum == Catch::Approx(exact_sum).epsilon(1e-6));
    CHECK(y[size] == 9);
  }
  CHECK(exponentials(&x.back(), 1, 3, x.data()) == 0);
}

}  // namespace
}  // namespace smoothgrad
