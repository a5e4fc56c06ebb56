// The functions of one operand that networks spend time in, four elements at a time; the table's scalar forms are their oracle.
// Compiled for speed.
#include "core/kernels/exponential.h"
#include "core/layers/elementwise.h"

namespace smoothgrad {
namespace {

struct Lanes {
  Float4 value, slope;
};

template <typename Function>
void run(size_t size, const float* x, float* y, float* slopes, Function at) {
  constexpr size_t kLanes = 4;
  size_t i = 0;
  for (; i + kLanes <= size; i += kLanes) {
    const Lanes lanes = at(load(x + i));
    store(y + i, lanes.value);
    store(slopes + i, lanes.slope);
  }
  float rest[kLanes] = {};
  for (size_t k = i; k < size; ++k) rest[k - i] = x[k];
  const Lanes lanes = at(load(rest));
  for (size_t k = i; k < size; ++k) {
    y[k] = lanes.value[k - i];
    slopes[k] = lanes.slope[k - i];
  }
}

// A rational approximation of erf, of odd powers of x over even ones (the coefficients are Eigen's); from 4 on it is 1.
Float4 error_function(Float4 x) {
  const Float4 square = x * x;
  Float4 p = splat(-2.72614225801306e-10f);
  for (const float coefficient : {2.77068142495902e-8f, -2.10102402082508e-6f, -5.69250639462346e-5f, -7.34990630326855e-4f,
                                  -2.95459980854025e-3f, -1.60960333262415e-2f}) {
    p = multiply_add(p, square, splat(coefficient));
  }
  Float4 q = splat(-1.45660718464996e-5f);
  for (const float coefficient : {-2.13374055278905e-4f, -1.68282697438203e-3f, -7.37332916720468e-3f, -1.42647390514189e-2f}) {
    q = multiply_add(q, square, splat(coefficient));
  }
  const Float4 far = select(x < splat(0), splat(-1), splat(1));
  return select(square < splat(16), x * p / q, far);
}

}  // namespace

void run_sigmoid(size_t size, const float* x, float* y, float* slopes, const float*) {
  run(size, x, y, slopes, [](Float4 v) {
    const Float4 gate = logistic(v);
    return Lanes{gate, gate * (splat(1) - gate)};
  });
}

void run_swish(size_t size, const float* x, float* y, float* slopes, const float* parameters) {
  const Float4 alpha = splat(parameters[0]);
  run(size, x, y, slopes, [alpha](Float4 v) {
    const Float4 gate = logistic(alpha * v), value = v * gate;
    return Lanes{value, multiply_add(alpha * value, splat(1) - gate, gate)};
  });
}

void run_tanh(size_t size, const float* x, float* y, float* slopes, const float*) {
  run(size, x, y, slopes, [](Float4 v) {
    const Float4 value = hyperbolic_tangent(v);
    return Lanes{value, splat(1) - value * value};
  });
}

void run_gelu(size_t size, const float* x, float* y, float* slopes, const float*) {
  constexpr float kRootHalf = 0.70710678f, kNormal = 0.39894228f;  // 1 / sqrt(2 pi)
  run(size, x, y, slopes, [](Float4 v) {
    const Float4 share = multiply_add(error_function(v * splat(kRootHalf)), splat(0.5f), splat(0.5f));
    return Lanes{v * share, multiply_add(v * splat(kNormal), exponential(v * v * splat(-0.5f)), share)};
  });
}

void run_hard_swish(size_t size, const float* x, float* y, float* slopes, const float*) {
  run(size, x, y, slopes, [](Float4 v) {
    const Float4 gate = min(max(multiply_add(v, splat(1 / 6.f), splat(0.5f)), splat(0)), splat(1));
    const Float4 inside = select((v > splat(-3)) & (v < splat(3)), v * splat(1 / 6.f), splat(0));
    return Lanes{v * gate, gate + inside};
  });
}

}  // namespace smoothgrad
