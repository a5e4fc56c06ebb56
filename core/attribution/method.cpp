#include "core/attribution/method.h"

#include <algorithm>

#include "core/attribution/grad_cam.h"
#include "core/attribution/occlusion.h"

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
    {"smoothgrad-absolute", "SmoothGrad of absolute values", Path::kPoint, true, Rule::kGradient, Reduction::kMeanAbsolute,
     false},
    {.name = "grad-cam", .title = "Grad-CAM", .make = make_grad_cam, .own_options = kGradCamOptions, .unit = "maps"},
    {.name = "occlusion", .title = "Occlusion", .make = make_occlusion, .own_options = kOcclusionOptions, .unit = "squares"},
};

size_t count_sampled() { return static_cast<size_t>(std::ranges::find_if_not(kMethods, &Method::sampled) - kMethods); }

constexpr Named<Reduction> kReductions[] = {
    {"mean", "Mean", Reduction::kMean},
    {"mean-square", "Mean of squares", Reduction::kMeanSquare},
    {"variance", "Variance", Reduction::kVariance},
    {"mean-absolute", "Mean of absolute values", Reduction::kMeanAbsolute},
};

}  // namespace

std::span<const Named<Reduction>> reductions() { return kReductions; }

Reduction find_reduction(std::string_view name) { return find_named(reductions(), name, "reduction").value; }

std::span<const Method> methods() { return kMethods; }
std::span<const Method> sampled_methods() { return methods().first(count_sampled()); }
std::span<const Method> references() { return methods().subspan(count_sampled()); }

const Method& find_method(std::string_view name) { return find_named(methods(), name, "method"); }
const Method& find_sampled_method(std::string_view name) { return find_named(sampled_methods(), name, "method"); }

}  // namespace smoothgrad
