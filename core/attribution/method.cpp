#include "core/attribution/method.h"

#include <algorithm>
#include <string>

#include "core/error.h"

namespace smoothgrad {
namespace {

constexpr Method kMethods[] = {
    {"gradient", "Gradient", Path::kPoint, false, Rule::kGradient, Reduction::kMean, false},
    {"smoothgrad", "SmoothGrad", Path::kPoint, true, Rule::kGradient, Reduction::kMean, false},
    {"integrated-gradients", "Integrated Gradients", Path::kLine, false, Rule::kGradient, Reduction::kMean, false},
    {"smoothgrad-integrated-gradients", "SmoothGrad + Integrated Gradients", Path::kLine, true, Rule::kGradient,
     Reduction::kMean, false},
    {"guided-backprop", "Guided BackProp", Path::kPoint, false, Rule::kGuided, Reduction::kMean, false},
    {"smoothgrad-guided-backprop", "SmoothGrad + Guided BackProp", Path::kPoint, true, Rule::kGuided, Reduction::kMean, false},
    {"deconvnet", "DeconvNet", Path::kPoint, false, Rule::kDeconvnet, Reduction::kMean, false},
    {"smoothgrad-deconvnet", "SmoothGrad + DeconvNet", Path::kPoint, true, Rule::kDeconvnet, Reduction::kMean, false},
    {"gradient-x-input", "Gradient × Input", Path::kPoint, false, Rule::kGradient, Reduction::kMean, true},
    {"smoothgrad-x-input", "SmoothGrad × Input", Path::kPoint, true, Rule::kGradient, Reduction::kMean, true},
    {"smoothgrad-squared", "SmoothGrad-Squared", Path::kPoint, true, Rule::kGradient, Reduction::kMeanSquare, false},
    {"vargrad", "VarGrad", Path::kPoint, true, Rule::kGradient, Reduction::kVariance, false},
};

}  // namespace

std::span<const Method> methods() { return kMethods; }

const Method& find_method(std::string_view name) {
  const auto* found = std::ranges::find(kMethods, name, &Method::name);
  if (found != std::end(kMethods)) return *found;
  std::string names;
  for (const Method& method : kMethods) names += (names.empty() ? "" : ", ") + std::string(method.name);
  throw Error(ErrorCode::kBadOption, "method '" + std::string(name) + "' is not known; the methods are " + names);
}

}  // namespace smoothgrad
