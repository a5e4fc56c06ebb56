// Compiled for size.
#include "core/layers/registry.h"

#include <algorithm>

#include "core/layers/builders.h"

namespace smoothgrad {
namespace {

constexpr bool kWeighted = true;

constexpr Operator kOperators[] = {
    {"Add", build_add},
    {"AveragePool", build_average_pool},
    {"BatchNormalization", build_batch_normalization},
    {"Cast", build_cast},
    {"Clip", build_clip},
    {"Concat", build_concat},
    {"Constant", build_constant},
    {"Conv", build_conv, kWeighted},
    {"Dropout", build_identity},
    {"Flatten", build_flatten},
    {"Gemm", build_gemm, kWeighted},
    {"GlobalAveragePool", build_global_average_pool},
    {"Identity", build_identity},
    {"LeakyRelu", build_leaky_relu},
    {"MatMul", build_mat_mul, kWeighted},
    {"MaxPool", build_max_pool},
    {"Mul", build_mul},
    {"PRelu", build_prelu},
    {"Pad", build_pad},
    {"ReduceMean", build_reduce_mean},
    {"Relu", build_relu},
    {"Reshape", build_reshape},
    {"Sigmoid", build_sigmoid},
    {"Softmax", build_softmax},
    {"Tanh", build_tanh},
};

}  // namespace

const Operator* find_operator(std::string_view name) {
  const auto* found = std::ranges::find(kOperators, name, &Operator::name);
  return found == std::end(kOperators) ? nullptr : found;
}

std::string supported_operators() {
  std::string names;
  for (const Operator& entry : kOperators) {
    if (!names.empty()) names += ", ";
    names += entry.name;
  }
  return names;
}

}  // namespace smoothgrad
