// Compiled for speed.
#include "core/kernels/smooth.h"

#include <algorithm>

#include "core/kernels/simd.h"

namespace smoothgrad {
namespace {

constexpr float kRootHalf = 0.70710678118654752f, kTwoOverRootPi = 1.12837916709551257f;
constexpr float kNormal = 0.39894228040143268f;  // 1 / sqrt(2 pi)

struct Values {
  Float4 value, slope;
};

Float4 polynomial(Float4, float last) { return splat(last); }
template <typename... Floats>
Float4 polynomial(Float4 x, float first, Floats... rest) {
  return multiply_add(x, polynomial(x, rest...), splat(first));
}

constexpr float kMost = 87.f;  // e^-87 is just above 2^-126

// e^x = 2^n e^r for x from -87 to 87, with r in [-ln 2 / 2, ln 2 / 2]. Coefficients of e^r: Cephes' expf (S. Moshier).
Float4 power_of_e(Float4 x) {
  constexpr float kLog2E = 1.44269504088896341f, kLn2High = 0.693359375f, kLn2Low = -2.12194440e-4f;
  constexpr float kToWhole = 12582912.f;  // 1.5 * 2^23: what is added to it is rounded to a whole number, in the lowest bits
  const Float4 shifted = multiply_add(x, splat(kLog2E), splat(kToWhole));
  const Float4 n = shifted - kToWhole;
  const Float4 r = multiply_add(n, splat(-kLn2Low), multiply_add(n, splat(-kLn2High), x));
  const Float4 tail =
      polynomial(r, 5.0000001201e-1f, 1.6666665459e-1f, 4.1665795894e-2f, 8.3334519073e-3f, 1.3981999507e-3f, 1.9875691500e-4f);
  const Int4 power = (reinterpret_cast<Int4>(shifted) + 127) << 23;  // the upper bits of the sum are shifted out
  return (multiply_add(r * r, tail, r) + 1.f) * reinterpret_cast<Float4>(power);
}

// e^x for x <= 0; 0 where it would be less than 2^-126.
Float4 exponential(Float4 x) {
  const Int4 vanishes = x < splat(-kMost);
  return select(vanishes, splat(0.f), power_of_e(select(vanishes, splat(-kMost), x)));
}

Float4 magnitude(Float4 x) { return select(x < splat(0.f), -x, x); }

struct Logistic {
  Float4 share, rest;  // 1 / (1 + e^-x), and 1 less that, either to its last places
};

Logistic logistic(Float4 x) {
  const Float4 e = exponential(-magnitude(x)), larger = 1.f / (1.f + e), smaller = e * larger;
  const Int4 below = x < splat(0.f);
  return {select(below, smaller, larger), select(below, larger, smaller)};
}

// erfc(z) for z >= 0, where e is e^(-z^2): e t p(t) with t = 1 / (1 + z / 2). p was fitted to erfc(z) e^(z^2) / t at
// Chebyshev's points of t, for the least relative error, which is 4e-8.
Float4 complementary(Float4 z, Float4 e) {
  const Float4 t = 1.f / (1.f + 0.5f * z);
  return e * t *
         polynomial(t, 0.282087676f, 0.282353491f, 0.243260949f, 0.202070111f, -0.0251784425f, 0.2759794f, -0.485384909f,
                    0.283702596f, -0.0588909137f);
}

// Near 0 by its series, which does not cancel.
Values error_function(Float4 x, const float*) {
  const Float4 z = magnitude(x), square = x * x, e = exponential(-square);
  const Float4 far = 1.f - complementary(z, e);
  const Float4 near = x * polynomial(square, kTwoOverRootPi, -kTwoOverRootPi / 3, kTwoOverRootPi / 10, -kTwoOverRootPi / 42,
                                     kTwoOverRootPi / 216, -kTwoOverRootPi / 1320);
  return {select(z < splat(0.5f), near, select(x < splat(0.f), -far, far)), kTwoOverRootPi * e};
}

// x times the share of the normal distribution that lies below x.
Values gelu(Float4 x, const float*) {
  const Float4 e = exponential(x * x * -0.5f);
  const Float4 outside = 0.5f * complementary(magnitude(x) * kRootHalf, e);
  const Float4 share = select(x < splat(0.f), outside, 1.f - outside);
  return {x * share, multiply_add(x * kNormal, e, share)};
}

// With (1 + tanh u) / 2 as the logistic of 2 u.
Values gelu_by_tanh(Float4 x, const float*) {
  constexpr float kScale = 4 * kNormal, kCubic = 0.044715f;
  const auto [share, rest] = logistic(kScale * (x + kCubic * x * x * x));
  return {x * share, share + x * share * rest * kScale * (1.f + 3 * kCubic * x * x)};
}

// x times max(0, min(1, x / 6 + 1 / 2))
Values hard_swish(Float4 x, const float*) {
  const Float4 gate = min(max(x * (1 / 6.f) + 0.5f, splat(0.f)), splat(1.f));
  const Int4 inside = (x > splat(-3.f)) & (x < splat(3.f));
  return {x * gate, gate + select(inside, x * (1 / 6.f), splat(0.f))};
}

Values sigmoid(Float4 x, const float*) {
  const auto [share, rest] = logistic(x);
  return {share, share * rest};
}

// 1 - share is e^-x share, to its last places.
Values swish(Float4 x, const float* alpha) {
  const Float4 scaled = alpha[0] * x;
  const Float4 e = power_of_e(min(max(-scaled, splat(-kMost)), splat(kMost)));
  const Float4 share = 1.f / (1.f + e);
  return {x * share, multiply_add(scaled * share, e * share, share)};
}

template <Values (*at)(Float4, const float*)>
void for_all(const float* x, size_t size, const float* parameters, float* values, float* slopes) {
  size_t i = 0;
  for (; i + 4 <= size; i += 4) {
    const Values y = at(load(x + i), parameters);
    store(values + i, y.value);
    store(slopes + i, y.slope);
  }
  if (i == size) return;
  float last[4] = {};
  std::copy(x + i, x + size, last);
  const Values y = at(load(last), parameters);
  for (size_t k = 0; i < size; ++i, ++k) {
    values[i] = y.value[k];
    slopes[i] = y.slope[k];
  }
}

}  // namespace

void error_functions(const float* x, size_t size, const float* parameters, float* values, float* slopes) {
  for_all<error_function>(x, size, parameters, values, slopes);
}

void gelus(const float* x, size_t size, const float* parameters, float* values, float* slopes) {
  for_all<gelu>(x, size, parameters, values, slopes);
}

void gelus_by_tanh(const float* x, size_t size, const float* parameters, float* values, float* slopes) {
  for_all<gelu_by_tanh>(x, size, parameters, values, slopes);
}

void hard_swishes(const float* x, size_t size, const float* parameters, float* values, float* slopes) {
  for_all<hard_swish>(x, size, parameters, values, slopes);
}

void sigmoids(const float* x, size_t size, const float* parameters, float* values, float* slopes) {
  for_all<sigmoid>(x, size, parameters, values, slopes);
}

void swishes(const float* x, size_t size, const float* parameters, float* values, float* slopes) {
  for_all<swish>(x, size, parameters, values, slopes);
}

// Where b, which is a slope, is 0 the product is 0, be a, the gradient, infinite (of Sqrt at 0, say) or not.
void multiply(const float* a, const float* b, size_t size, float* product) {
  size_t i = 0;
  for (; i + 4 <= size; i += 4) {
    const Float4 slope = load(b + i);
    store(product + i, select(slope == splat(0.f), splat(0.f), load(a + i) * slope));
  }
  for (; i < size; ++i) product[i] = b[i] == 0 ? 0 : a[i] * b[i];
}

float exponentials(const float* x, size_t size, float top, float* y) {
  Float4 sums{};
  size_t i = 0;
  for (; i + 4 <= size; i += 4) {
    const Float4 values = exponential(load(x + i) - top);
    store(y + i, values);
    sums += values;
  }
  float sum = (sums[0] + sums[2]) + (sums[1] + sums[3]);
  for (; i < size; ++i) sum += y[i] = exponential(splat(x[i] - top))[0];
  return sum;
}

}  // namespace smoothgrad
