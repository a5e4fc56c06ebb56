// Sine and cosine in double, to twelve digits. The C library's follow arguments of any size, and its table of 2 / pi for that
// is most of 4 KB of a download; beyond 2^30 float32 numbers are twenty turns apart and have no angle.
#pragma once

#include <cmath>
#include <numbers>

namespace smoothgrad {

// Of x + quarters * pi / 2: sine(x, 1) is the cosine. From 2^30 on 0, of infinity no number.
inline double sine(double x, int quarters = 0) {
  if (!(std::abs(x) < 0x1p30)) return x - x;
  constexpr double kHigh = 0x1.921fb4p0, kLow = std::numbers::pi / 2 - kHigh + 6.123233995736766e-17;  // pi / 2, exact by parts
  const double turns = std::nearbyint(x * (2 / std::numbers::pi));
  const double rest = (x - turns * kHigh) - turns * kLow, square = rest * rest;
  // Taylor's series from its end; kShares[n] = 1 / ((n + 1) (n + 2)).
  constexpr double kShares[] = {1. / 2,  1. / 6,  1. / 12,  1. / 20,  1. / 30,  1. / 42,  1. / 56,
                                1. / 72, 1. / 90, 1. / 110, 1. / 132, 1. / 156, 1. / 182, 1. / 210};
  const int quadrant = (static_cast<int>(turns) + quarters) & 3;
  const bool even = quadrant % 2 == 1;
  double series = 1;
  for (int n = even ? 12 : 13; n >= 0; n -= 2) series = 1 - series * square * kShares[n];
  const double value = even ? series : rest * series;
  return quadrant < 2 ? value : -value;
}

}  // namespace smoothgrad
