// The methods as a table: path x noise x rule x reduction x times input. A new named method is one row.
#pragma once

#include <span>
#include <string_view>

#include "core/base/rule.h"

namespace smoothgrad {

// kPoint: the gradient at x itself. kLine: integrated from the baseline x' to x at the midpoints of K equal steps and
// multiplied by (x - x') (Integrated Gradients; Sundararajan et al. 2017).
enum class Path { kPoint, kLine };

// What is made of the attributions of the noisy samples.
enum class Reduction { kMean, kMeanSquare, kVariance, kMeanAbsolute };

struct Method {
  std::string_view name;   // "smoothgrad": the name in every API
  std::string_view title;  // "SmoothGrad": for people
  Path path;
  bool noisy;  // Gaussian noise, sigma = noise * (max(x) - min(x))
  Rule rule;
  Reduction reduction;
  bool times_input;  // the reduced attribution times x
};

std::span<const Named<Reduction>> reductions();   // mean, mean-square, variance, mean-absolute
Reduction find_reduction(std::string_view name);  // throws Error(kBadOption) that lists the names

// What methods are compared with: maps that do not use the input gradient, by grad_cam.h and occlusion.h.
struct NamedReference {
  std::string_view name, title;
};
std::span<const NamedReference> references();  // grad-cam, occlusion

std::span<const Method> methods();
const Method& find_method(std::string_view name);  // throws Error(kBadOption) that lists the names

}  // namespace smoothgrad
