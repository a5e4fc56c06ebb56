// What a run computes, checked in one place.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/attribution/method.h"
#include "core/network/network.h"

namespace smoothgrad {

// Two classes: kGradient, the gradient of S_target - S_versus; kScaled, the attributions of both, whose maps are scaled to
// [0, 1] and subtracted (core/image/class_difference.h).
enum class Difference { kGradient, kScaled };

std::span<const Named<Difference>> differences();   // gradient, scaled
Difference find_difference(std::string_view name);  // throws Error(kBadOption) that lists the names

struct ExplainOptions {
  std::string method = "smoothgrad";
  std::optional<Rule> rule;                       // instead of the method's own
  std::optional<bool> times_input;                // instead of the method's own
  int target = 0;                                 // class whose logit is explained
  std::optional<int> versus;                      // explain S_target - S_versus instead
  Difference difference = Difference::kGradient;  // what is made of target and versus
  double noise = 0.15;                            // sigma / (max(x) - min(x)), >= 0
  std::optional<double> sigma;                    // of the noise itself, instead of `noise`
  int64_t samples = 50;                           // noisy samples (methods without noise have one)
  uint64_t seed = 0;
  int64_t first_sample = 0;         // k of the first sample; runs over disjoint ranges can be merged
  std::optional<bool> antithetic;   // e_{2j+1} = -e_{2j}; default: where it pays
  bool clean_last = false;          // the last of the samples has no noise (as zennit does)
  int steps = 32;                   // of the line (Integrated Gradients)
  std::vector<float> baseline;      // where the line begins, [H, W, C]; empty: zeros
  double until_relative_error = 0;  // stop when reached; 0 = never
  double until_denoised_error = 0;  // stop when the denoised mean is expected to be so near; 0 = never
  double until_ms = 0;              // stop after this much running time; 0 = never

  // For what is reported beside the attribution.
  std::optional<int> expected_class;   // that noisy samples should keep; default: target
  std::vector<float> lowest, highest;  // values a photo can have, one a channel; empty: unknown
};

// The row that the options name, with what they say instead. Throws Error(kBadOption) that lists the names.
Method chosen_method(const ExplainOptions& options);

// Whether samples 2j + 1 take the negated noise of samples 2j: as the options say, or where the method's mean gains by it.
bool in_pairs(const ExplainOptions& options);

// Throws Error(kBadOption) that names the option and says what would be right.
void check_options(const Network& network, std::span<const float> input, const ExplainOptions& options);

// Throws Error(kBadOption) where the method's result is no mean of samples, which alone can be denoised.
void check_mean(const Method& method);

// sigma of the noise: as given, or `noise` times the range of the input. 0 for methods without noise.
double noise_sigma(std::span<const float> input, const ExplainOptions& options);

}  // namespace smoothgrad
