#include "core/image/student.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <vector>

#include "core/base/order.h"

namespace smoothgrad {
namespace {

// The continued fraction of the incomplete beta function I_x(a, b), for x below about (a + 1) / (a + b + 2), by Lentz's method
// (DLMF 8.17.22).
double beta_fraction(double a, double b, double x) {
  constexpr double kTiny = 1e-300, kPrecision = 1e-14;
  const auto away_from_zero = [](double value) { return std::abs(value) < kTiny ? kTiny : value; };
  double c = 1, d = 1 / away_from_zero(1 - (a + b) * x / (a + 1)), fraction = d;
  for (int m = 1; m < 10000; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    double factor = 1;
    for (const double term : {even, odd}) {
      d = 1 / away_from_zero(1 + term * d);
      c = away_from_zero(1 + term / c);
      factor = c * d;
      fraction *= factor;
    }
    if (std::abs(factor - 1) < kPrecision) break;
  }
  return fraction;
}

// Gamma(a + 1/2) / Gamma(a): from a to where the series in 1 / a (DLMF 5.11.13) has twelve digits, one step at a time. The C
// library's lgamma, log and exp would do, and are 5 KB of what a page downloads.
double gamma_ratio(double a) {
  double ratio = 1;
  for (; a < 32; ++a) ratio *= a / (a + 0.5);
  const double z = 1 / a;
  const double series = 1 - z * (1. / 8 - z * (1. / 128 + z * (5. / 1024 - z * (21. / 32768 + z * 399 / 262144))));
  return ratio * std::sqrt(a) * series;
}

double power(double base, int64_t exponent) {
  double result = 1;
  for (; exponent > 0; exponent /= 2, base *= base) {
    if (exponent % 2 == 1) result *= base;
  }
  return result;
}

}  // namespace

double two_sided_p_value(double t, double degrees) {
  const double square = t * t;
  if (square == 0) return 1;
  if (std::isinf(square)) return 0;
  const double x = degrees / (degrees + square), y = square / (degrees + square), a = degrees / 2, b = 0.5;
  const double factor = std::sqrt(power(x, static_cast<int64_t>(degrees)) * y / std::numbers::pi) * gamma_ratio(a);
  return x < (a + 1) / (a + b + 2) ? factor * beta_fraction(a, b, x) / a : 1 - factor * beta_fraction(b, a, y) / b;
}

// k = #{p <= rate k / m}, iterated from k = m down, ends at the largest k whose k-th smallest p is at most rate k / m.
float false_discovery_threshold(std::span<const float> statistics, double degrees, double rate) {
  std::vector<float> distances;
  for (const float t : statistics)
    if (!std::isnan(t)) distances.push_back(std::abs(t));
  const std::vector<float> sorted = sorted_values(distances, First::kLargest);
  const double share = rate / static_cast<double>(statistics.size());
  size_t kept = sorted.size();
  while (kept > 0) {
    const double bound = share * static_cast<double>(kept);
    const auto end = std::partition_point(sorted.begin(), sorted.begin() + static_cast<ptrdiff_t>(kept),
                                          [&](float t) { return two_sided_p_value(t, degrees) <= bound; });
    const size_t now = static_cast<size_t>(end - sorted.begin());
    if (now == kept) return sorted[kept - 1];
    kept = now;
  }
  return std::numeric_limits<float>::infinity();
}

}  // namespace smoothgrad
