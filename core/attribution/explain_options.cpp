#include "core/attribution/explain_options.h"

#include <algorithm>
#include <cmath>

#include "core/attribution/class_scores.h"
#include "core/base/finite.h"
#include "core/base/names.h"
#include "core/base/text.h"

namespace smoothgrad {
namespace {

constexpr Named<Difference> kDifferences[] = {{"gradient", "Gradient of the difference", Difference::kGradient},
                                              {"scaled", "Difference of scaled maps", Difference::kScaled}};

void check_class(const char* option, int index, int classes) {
  if (index >= 0 && index < classes) return;
  refuse(ErrorCode::kBadOption, {option, " ", index, " is no class of the model: 0 to ", classes - 1});
}

void check_tensor(const char* option, std::span<const float> tensor, size_t size) {
  if (tensor.size() != size) {
    refuse(ErrorCode::kBadOption, {option, " has ", tensor.size(), " elements, the network wants ", size});
  }
  check_finite(option, tensor, ErrorCode::kBadTensor);
}

void check_at_least(const char* option, int64_t value, int64_t least) {
  if (value < least) refuse(ErrorCode::kBadOption, {option, " must be a whole number of ", least, " or more"});
}

void check_not_negative(const char* option, double value) {
  if (!(value >= 0) || !std::isfinite(value)) refuse(ErrorCode::kBadOption, {option, " must be a number of 0 or more"});
}

}  // namespace

std::span<const Named<Difference>> differences() { return kDifferences; }

Difference find_difference(std::string_view name) { return find_named(differences(), name, "difference").value; }

Method chosen_method(const ExplainOptions& options) {
  Method method = find_sampled_method(options.method);
  method.rule = options.rule.value_or(method.rule);
  method.times_input = options.times_input.value_or(method.times_input);
  return method;
}

bool in_pairs(const ExplainOptions& options) {
  return options.antithetic.value_or(chosen_method(options).pays_in_pairs() && !options.clean_last);
}

void check_mean(const Method& method) {
  if (method.is_mean()) return;
  refuse(ErrorCode::kBadOption,
         {"the denoised map is of methods whose result is the mean of samples; ", std::string(method.name), " is none"});
}

void check_options(const Network& network, std::span<const float> input, const ExplainOptions& options) {
  find_sampled_method(options.method);
  check_tensor("the input", input, network.input_shape().size());
  if (!options.baseline.empty()) check_tensor("the baseline", options.baseline, network.input_shape().size());
  check_class("target", options.target, class_count(network));
  if (options.versus) {
    check_class("versus", *options.versus, class_count(network));
    if (*options.versus == options.target) refuse(ErrorCode::kBadOption, {"versus is the target itself: choose another class"});
  }
  if (options.difference == Difference::kScaled && !options.versus)
    refuse(ErrorCode::kBadOption, {"the scaled difference is of two classes: give versus"});
  if (options.expected_class) check_class("expected class", *options.expected_class, class_count(network));
  check_not_negative("noise", options.noise);
  if (options.sigma) check_not_negative("sigma", *options.sigma);
  check_at_least("samples", options.samples, 1);
  check_at_least("first sample", options.first_sample, 0);
  check_at_least("steps", options.steps, 1);
  check_not_negative("the relative error to stop at", options.until_relative_error);
  check_not_negative("the denoised error to stop at", options.until_denoised_error);
  if (options.until_denoised_error > 0) check_mean(chosen_method(options));
  check_not_negative("the time to stop after", options.until_ms);
  const size_t channels = static_cast<size_t>(network.input_shape().channels);
  if (options.lowest.size() != options.highest.size() || (!options.lowest.empty() && options.lowest.size() != channels)) {
    refuse(ErrorCode::kBadOption, {"the range of a photo's values must be one lowest and one highest value a channel"});
  }
}

double noise_sigma(std::span<const float> input, const ExplainOptions& options) {
  if (!find_sampled_method(options.method).noisy) return 0;
  if (options.sigma) return *options.sigma;
  const auto [lowest, highest] = std::ranges::minmax(input);
  return options.noise * (static_cast<double>(highest) - lowest);
}

}  // namespace smoothgrad
