// IEEE 754 half precision to float32 and back.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace smoothgrad {

inline float half_to_float(uint16_t half) {
  const int exponent = (half >> 10) & 31;
  const int mantissa = half & 1023;
  const float sign = (half & 0x8000) ? -1.f : 1.f;
  if (exponent == 31) return mantissa ? std::numeric_limits<float>::quiet_NaN() : sign * std::numeric_limits<float>::infinity();
  if (exponent == 0) return sign * std::ldexp(static_cast<float>(mantissa), -24);
  return sign * std::ldexp(static_cast<float>(mantissa + 1024), exponent - 25);
}

// To the nearest, ties to even; from 65,520 on infinity.
inline uint16_t float_to_half(float value) {
  const int sign = std::signbit(value) ? 0x8000 : 0;
  if (std::isnan(value)) return static_cast<uint16_t>(sign | 0x7e00);
  const float magnitude = std::min(std::abs(value), 65536.f);
  int exponent = 0;
  std::frexp(std::max(magnitude, 0x1p-14f), &exponent);  // magnitude < 2^exponent; the smallest share one exponent
  --exponent;
  // In units of the last place; a carry out of the mantissa goes into the exponent, as it should.
  const int units = static_cast<int>(std::nearbyint(std::ldexp(magnitude, 10 - exponent)));
  return static_cast<uint16_t>(sign | std::min(((exponent + 14) << 10) + units, 0x7c00));
}

}  // namespace smoothgrad
