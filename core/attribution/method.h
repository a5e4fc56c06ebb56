// The methods as a table: path x noise x rule x reduction x times input where they are sampled, a function that makes the run
// where they are not. A new named method is one row.
#pragma once

#include <span>
#include <string_view>

#include "core/attribution/map_run.h"
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

  // Of sampled methods.
  Path path = Path::kPoint;
  bool noisy = false;  // Gaussian noise, sigma = noise * (max(x) - min(x))
  Rule rule = Rule::kGradient;
  Reduction reduction = Reduction::kMean;
  bool times_input = false;  // the reduced attribution times x

  // Of the others.
  MakeMapRun make = nullptr;
  std::span<const OwnOption> own_options = {};

  std::string_view unit = "samples";  // what is counted while it runs
  bool sampled() const { return make == nullptr; }
  bool is_mean() const { return sampled() && reduction == Reduction::kMean && !times_input; }  // of the samples, and no more
  // Antithetic pairs make a mean's error smaller (Hammersley & Morton 1956); squares and absolute values of e and -e are nearly
  // the same, so theirs larger.
  bool pays_in_pairs() const { return noisy && reduction == Reduction::kMean; }
};

std::span<const Named<Reduction>> reductions();   // mean, mean-square, variance, mean-absolute
Reduction find_reduction(std::string_view name);  // throws Error(kBadOption) that lists the names

// Each throws Error(kBadOption) that lists the names.
std::span<const Method> methods();  // sampled ones first
const Method& find_method(std::string_view name);
std::span<const Method> sampled_methods();
const Method& find_sampled_method(std::string_view name);
std::span<const Method> references();  // the others: what sampled methods are compared with

}  // namespace smoothgrad
