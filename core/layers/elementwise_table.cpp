// f and f' of every smooth function of one operand. Formulas and defaults: ONNX's operator specification.
// Compiled for size.
#include <algorithm>
#include <cmath>

#include "core/base/sine.h"
#include "core/layers/elementwise.h"

namespace smoothgrad {
namespace {

using Result = ValueAndSlope;
using Parameters = const float*;

constexpr float kRootHalf = 0.70710678118654752f, kTwoOverRootPi = 1.12837916709551257f;
constexpr float kNormal = 0.39894228040143268f;  // 1 / sqrt(2 pi)

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
Result error_function(float x, Parameters) { return {std::erf(x), kTwoOverRootPi * std::exp(-x * x)}; }
Result exponential(float x, Parameters) {
  const float y = std::exp(x);
  return {y, y};
}
Result gelu(float x, Parameters) {
  const float share = 0.5f * std::erfc(-x * kRootHalf);
  return {x * share, share + x * kNormal * std::exp(-0.5f * x * x)};
}
Result gelu_tanh(float x, Parameters) {
  constexpr float kScale = 2 * kNormal, kCubic = 0.044715f;
  const float t = std::tanh(kScale * (x + kCubic * x * x * x));
  return {0.5f * x * (1 + t), 0.5f * (1 + t) + 0.5f * x * (1 - t * t) * kScale * (1 + 3 * kCubic * x * x)};
}
Result hard_sigmoid(float x, Parameters p) {
  const float y = p[0] * x + p[1];
  return {std::min(std::max(y, 0.f), 1.f), y > 0 && y < 1 ? p[0] : 0.f};
}
Result hard_swish(float x, Parameters) {
  if (x <= -3) return {0, 0};
  if (x >= 3) return {x, 1};
  return {x * (x / 6 + 0.5f), x / 3 + 0.5f};
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
Result sigmoid(float x, Parameters) {
  const float y = logistic(x);
  return {y, y * (1.f - y)};
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
Result swish(float x, Parameters p) {
  const float gate = logistic(p[0] * x);
  return {x * gate, gate + p[0] * x * gate * (1 - gate)};
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
    {"Erf", "erf", error_function},
    {"Exp", "exp", exponential},
    {"Gelu", "gelu", gelu, {}, {}, run_gelu},
    {"Gelu/tanh", "gelu", gelu_tanh},
    {"HardSigmoid", "hard-sigmoid", hard_sigmoid, {"alpha", "beta"}, {0.2f, 0.5f}},
    {"HardSwish", "hard-swish", hard_swish, {}, {}, run_hard_swish},
    {"Log", "log", logarithm},
    {"Mish", "mish", mish},
    {"Neg", "neg", negative},
    {"Reciprocal", "reciprocal", reciprocal},
    {"Selu", "selu", selu, {"alpha", "gamma"}, {1.67326319217681884765625f, 1.05070102214813232421875f}},
    {"Sigmoid", "sigmoid", sigmoid, {}, {}, run_sigmoid},
    {"Sin", "sin", sine},
    {"Softplus", "softplus", softplus},
    {"Softsign", "softsign", softsign},
    {"Sqrt", "sqrt", square_root},
    {"Swish", "swish", swish, {"alpha"}, {1}, run_swish},
    {"Tanh", "tanh", hyperbolic_tangent, {}, {}, run_tanh},
};

}  // namespace

std::span<const ElementwiseFunction> elementwise_functions() { return kFunctions; }

const ElementwiseFunction* find_elementwise(std::string_view op) {
  const auto* found = std::ranges::find(kFunctions, op, &ElementwiseFunction::op);
  return found == std::end(kFunctions) ? nullptr : found;
}

}  // namespace smoothgrad
