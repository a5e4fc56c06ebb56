#include "core/image/student.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

namespace smoothgrad {
namespace {

// Regularised incomplete beta function I_x(a, b) for x below about (a + 1) / (a + b + 2): Lentz's evaluation of its continued
// fraction (DLMF 8.17.22).
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
  const double log_beta = std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b);
  return std::exp(a * std::log(x) + b * std::log1p(-x) - log_beta) * fraction / a;
}

}  // namespace

double two_sided_p_value(double t, double degrees) {
  const double square = t * t;
  if (square == 0) return 1;
  if (std::isinf(square)) return 0;
  const double x = degrees / (degrees + square), a = degrees / 2, b = 0.5;
  if (x < (a + 1) / (a + b + 2)) return beta_fraction(a, b, x);
  return 1 - beta_fraction(b, a, square / (degrees + square));
}

// k = #{p <= rate k / m}, iterated from k = m down, ends at the largest k whose k-th smallest p is at most rate k / m.
float false_discovery_threshold(std::span<const float> statistics, double degrees, double rate) {
  std::vector<float> sorted;
  for (const float t : statistics)
    if (!std::isnan(t)) sorted.push_back(std::abs(t));
  std::ranges::sort(sorted, std::greater());
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
