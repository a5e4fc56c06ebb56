// exp, and what is made of it, for four floats at a time: e^x = 2^n e^r, |r| <= ln 2 / 2, e^r by a polynomial (the coefficients
// are Cephes' expf). Within 2 units in the last place of the exact value; 0 below -87.7, infinite above 88.4.
#pragma once

#include "core/kernels/simd.h"

namespace smoothgrad {

inline Float4 exponential(Float4 x) {
  x = min(max(x, splat(-88)), splat(89));
  // The nearest whole number, by adding and taking away 1.5 * 2^23, whose last bit counts ones.
  constexpr float kShift = 12582912.f;
  const Float4 n = (x * splat(1.44269504f) + splat(kShift)) - splat(kShift);
  const Float4 r = multiply_add(n, splat(2.12194440e-4f), multiply_add(n, splat(-0.693359375f), x));
  Float4 p = splat(1.9875691500e-4f);
  for (const float coefficient : {1.3981999507e-3f, 8.3334519073e-3f, 4.1665795894e-2f, 1.6666665459e-1f, 5.0000001201e-1f}) {
    p = multiply_add(p, r, splat(coefficient));
  }
  p = multiply_add(p * r, r, r + splat(1));
  const Int4 exponent = (__builtin_convertvector(n, Int4) + 127) << 23;
  return p * reinterpret_cast<Float4>(exponent);
}

// 1 / (1 + e^-x)
inline Float4 logistic(Float4 x) { return splat(1) / (splat(1) + exponential(-x)); }

// 2 logistic(2 x) - 1 loses digits near 0: there an odd polynomial (Cephes' tanhf).
inline Float4 hyperbolic_tangent(Float4 x) {
  const Float4 size = max(x, -x), square = x * x;
  Float4 p = splat(-5.70498872745e-3f);
  for (const float coefficient : {2.06390887954e-2f, -5.37397155531e-2f, 1.33314422036e-1f, -3.33332819422e-1f}) {
    p = multiply_add(p, square, splat(coefficient));
  }
  const Float4 near = multiply_add(p * square, x, x);
  const Float4 far = splat(1) - splat(2) / (exponential(size + size) + splat(1));
  return select(size < splat(0.625f), near, select(x < splat(0), -far, far));
}

}  // namespace smoothgrad
