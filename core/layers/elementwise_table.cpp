// f and f' of every smooth function of one operand; those that networks spend their time on are in core/kernels/smooth.cpp.
// Formulas and defaults: ONNX's operator specification.
// Compiled for size.
#include <algorithm>
#include <cmath>

#include "core/base/sine.h"
#include "core/layers/elementwise.h"

namespace smoothgrad {
namespace {

using Result = ValueAndSlope;
using Parameters = const float*;

float logistic(float x) { return 1.f / (1.f + std::exp(-x)); }
// log(1 + exp(x)) that does not overflow.
float log_1_exp(float x) { return std::max(x, 0.f) + std::log1p(std::exp(-std::abs(x))); }

Result absolute(float x, Parameters) { return {std::abs(x), static_cast<float>(x > 0) - static_cast<float>(x < 0)}; }
Result celu(float x, Parameters p) {
  if (x > 0) return {x, 1};
  const float slope = std::exp(x / p[0]);
  return {p[0] * (slope - 1), slope};
}
Result cosine(float x, Parameters) {
  return {static_cast<float>(smoothgrad::sine(x, 1)), static_cast<float>(-smoothgrad::sine(x))};
}
Result elu(float x, Parameters p) {
  if (x > 0) return {x, 1};
  return {p[0] * std::expm1(x), p[0] * std::exp(x)};
}
Result exponential(float x, Parameters) {
  const float y = std::exp(x);
  return {y, y};
}
Result hard_sigmoid(float x, Parameters p) {
  const float y = p[0] * x + p[1];
  return {std::min(std::max(y, 0.f), 1.f), y > 0 && y < 1 ? p[0] : 0.f};
}
Result logarithm(float x, Parameters) { return {std::log(x), 1 / x}; }
Result mish(float x, Parameters) {
  const float t = std::tanh(log_1_exp(x));
  return {x * t, t + x * (1 - t * t) * logistic(x)};
}
Result negative(float x, Parameters) { return {-x, -1}; }
Result reciprocal(float x, Parameters) {
  const float y = 1 / x;
  return {y, -y * y};
}
Result selu(float x, Parameters p) {
  if (x > 0) return {p[1] * x, p[1]};
  return {p[1] * p[0] * std::expm1(x), p[1] * p[0] * std::exp(x)};
}
Result sine(float x, Parameters) {
  return {static_cast<float>(smoothgrad::sine(x)), static_cast<float>(smoothgrad::sine(x, 1))};
}
Result softplus(float x, Parameters) { return {log_1_exp(x), logistic(x)}; }
Result softsign(float x, Parameters) {
  const float y = 1 / (1 + std::abs(x));
  return {x * y, y * y};
}
Result square_root(float x, Parameters) {
  const float y = std::sqrt(x);
  return {y, 0.5f / y};
}
Result hyperbolic_tangent(float x, Parameters) {
  const float y = std::tanh(x);
  return {y, 1.f - y * y};
}

constexpr ElementwiseFunction kFunctions[] = {
    {"Abs", "abs", absolute},
    {"Celu", "celu", celu, {"alpha"}, {1}},
    {"Cos", "cos", cosine},
    {"Elu", "elu", elu, {"alpha"}, {1}},
    {"Erf", "erf", nullptr, {}, {}, error_functions},
    {"Exp", "exp", exponential},
    {"Gelu", "gelu", nullptr, {}, {}, gelus},
    {"Gelu/tanh", "gelu", nullptr, {}, {}, gelus_by_tanh},
    {"HardSigmoid", "hard-sigmoid", hard_sigmoid, {"alpha", "beta"}, {0.2f, 0.5f}},
    {"HardSwish", "hard-swish", nullptr, {}, {}, hard_swishes},
    {"Log", "log", logarithm},
    {"Mish", "mish", mish},
    {"Neg", "neg", negative},
    {"Reciprocal", "reciprocal", reciprocal},
    {"Selu", "selu", selu, {"alpha", "gamma"}, {1.67326319217681884765625f, 1.05070102214813232421875f}},
    {"Sigmoid", "sigmoid", nullptr, {}, {}, sigmoids},
    {"Sin", "sin", sine},
    {"Softplus", "softplus", softplus},
    {"Softsign", "softsign", softsign},
    {"Sqrt", "sqrt", square_root},
    {"Swish", "swish", nullptr, {"alpha"}, {1}, swishes},
    {"Tanh", "tanh", hyperbolic_tangent},
};

}  // namespace

const ElementwiseFunction* find_elementwise(std::string_view op) {
  const auto* found = std::ranges::find(kFunctions, op, &ElementwiseFunction::op);
  return found == std::end(kFunctions) ? nullptr : found;
}

}  // namespace smoothgrad
