// Explanations against their closed forms: SmoothGrad is the mean of gradients at x + sigma * noise(seed, k); Integrated
// Gradients is complete. Other rules and reductions are in run_combinations_test.cpp; how runs stop, pause and merge in
// run_control_test.cpp.
#include <algorithm>
#include <catch_amalgamated.hpp>
#include <cmath>

#include "core/attribution/lanes.h"
#include "core/base/error.h"
#include "core/network/workspace.h"
#include "tests/core/npy.h"
#include "tests/core/smooth_network.h"

namespace smoothgrad {
namespace {

using namespace test;

// The mean, in double, of the gradients at the noisy inputs.
std::vector<float> mean_of_gradients(const std::shared_ptr<const Network>& network, const std::vector<float>& input, int target,
                                     int samples, double level, uint64_t seed) {
  Workspace workspace(network);
  std::vector<double> sum(input.size(), 0);
  for (int k = 0; k < samples; ++k) {
    const auto gradient =
        gradient_at(workspace, noisy(input, network->input_shape(), level, seed, static_cast<uint64_t>(k)), target);
    for (size_t i = 0; i < sum.size(); ++i) sum[i] += gradient[i];
  }
  std::vector<float> mean(sum.size());
  for (size_t i = 0; i < sum.size(); ++i) mean[i] = static_cast<float>(sum[i] / samples);
  return mean;
}

TEST_CASE("SmoothGrad is the mean of the gradients at noisy inputs", "[run]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  Lanes run(network, input, options_of("smoothgrad", 2, 20));
  CHECK(relative_error(finish(run), mean_of_gradients(network, input, 2, 20, 0.15, 5)) < 1e-5);
}

TEST_CASE("SmoothGrad of EfficientNet-Lite0 is the mean of its gradients", "[run][reference]") {
  const auto network = load_network(read_bytes("models/efficientnet-lite0.onnx"));
  const auto input =
      channels_last(read_npy<float>("tests/reference/efficientnet-lite0/input.npy").data, network->input_shape());
  Lanes run(network, input, options_of("smoothgrad", 282, 4));
  CHECK(relative_error(finish(run), mean_of_gradients(network, input, 282, 4, 0.15, 5)) < 1e-2);
}

TEST_CASE("without noise SmoothGrad is the gradient", "[run]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  ExplainOptions options = options_of("smoothgrad", 1, 3);
  options.noise = 0;
  Lanes run(network, input, options);
  Workspace workspace(network);
  CHECK(relative_error(finish(run), gradient_at(workspace, input, 1)) < 1e-6);
}

TEST_CASE("the gradient of a difference of classes is one pass", "[run]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  ExplainOptions options = options_of("gradient", 1, 1);
  options.versus = 3;
  Lanes run(network, input, options);
  Workspace workspace(network);
  CHECK(relative_error(finish(run), gradient_at(workspace, input, 1, 3)) < 1e-6);
  CHECK(run.explanation()->progress().passes == 1);
}

TEST_CASE("Integrated Gradients add up to the difference of the scores", "[run]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  ExplainOptions options = options_of("integrated-gradients", 0, 50);
  options.steps = 200;
  Lanes run(network, input, options);
  const double sum = sum_of(finish(run));
  Workspace workspace(network);
  const double difference = score_at(workspace, input, 0) - score_at(workspace, std::vector<float>(input.size(), 0.f), 0);
  CHECK(std::abs(sum - difference) < 1e-4 * std::abs(difference));
  REQUIRE(run.explanation()->progress().completeness);
  CHECK(run.explanation()->progress().completeness->sum == Catch::Approx(sum));
  CHECK(run.explanation()->progress().completeness->difference == Catch::Approx(difference));
  Lanes point(network, input, options_of("smoothgrad", 0, 2));
  finish(point);
  CHECK(!point.explanation()->progress().completeness);
}

TEST_CASE("steps are midpoints: their gap falls as one over their square, down to rounding", "[run]") {
  const auto network = smooth_network();
  ExplainOptions options = options_of("integrated-gradients", 0, 1);
  std::vector<float> input = random_floats(network->input_shape().size(), 9);
  for (float& value : input) value *= 2;  // so that the gap stands out from the rounding of float32
  options.baseline = random_floats(input.size(), 10);
  const auto gap_of = [&](int steps) {
    options.steps = steps;
    Lanes run(network, input, options);
    finish(run);
    const Completeness completeness = *run.explanation()->progress().completeness;
    return std::abs(completeness.sum - completeness.difference) / std::abs(completeness.difference);
  };
  // Ends of the steps would halve the gap where these quarter it.
  for (int steps : {16, 32}) CHECK(gap_of(steps) / gap_of(2 * steps) == Catch::Approx(4).epsilon(0.1));
  CHECK(gap_of(4096) < 1e-5);
}

TEST_CASE("completeness of smoothed lines is the mean over the noisy ends, merged runs too", "[run]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  ExplainOptions options = options_of("smoothgrad-integrated-gradients", 0, 4);
  options.baseline = random_floats(input.size(), 10);
  Workspace workspace(network);
  double difference = -score_at(workspace, options.baseline, 0);
  for (uint64_t k = 0; k < 4; ++k) {
    difference += score_at(workspace, noisy(input, network->input_shape(), 0.15, 5, k), 0) / 4;
  }
  double last_gap = INFINITY;
  for (int steps : {2, 8, 64}) {
    options.steps = steps;
    Lanes run(network, input, options);
    const double sum = sum_of(finish(run));
    const Completeness completeness = *run.explanation()->progress().completeness;
    CHECK(completeness.sum == Catch::Approx(sum).epsilon(1e-5));
    CHECK(completeness.difference == Catch::Approx(difference).epsilon(1e-5));
    CHECK(std::abs(completeness.sum - completeness.difference) < last_gap / 2);
    last_gap = std::abs(completeness.sum - completeness.difference);
  }
  ExplainOptions half = options;
  half.samples = 2;
  Lanes first(network, input, half);
  half.first_sample = 2;
  Lanes second(network, input, half);
  finish(first);
  finish(second);
  first.explanation()->merge(second.explanation()->save());
  CHECK(first.explanation()->progress().completeness->difference == Catch::Approx(difference).epsilon(1e-5));
  CHECK(std::abs(first.explanation()->progress().completeness->sum - difference) <= 1.1 * last_gap);
}

TEST_CASE("the scaled difference keeps both classes apart, in one run", "[run]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  const char* method = GENERATE("smoothgrad", "smoothgrad-integrated-gradients", "smoothgrad-x-input");
  ExplainOptions both = options_of(method, 2, 6);
  both.versus = 0;
  both.difference = Difference::kScaled;
  both.steps = 3;
  Lanes run(network, input, both);
  std::vector<float> expected;
  for (int target : {2, 0}) {
    ExplainOptions one = options_of(method, target, 6);
    one.steps = 3;
    Lanes single(network, input, one);
    const std::vector<float> attribution = finish(single);
    expected.insert(expected.end(), attribution.begin(), attribution.end());
  }
  CHECK(finish(run) == expected);
  CHECK(run.explanation()->standard_error().size() == 2 * input.size());
  CHECK(run.explanation()->progress().passes == 2 * 6 * (std::string(method) == "smoothgrad-integrated-gradients" ? 3 : 1));
  ExplainOptions gradient = both;
  gradient.difference = Difference::kGradient;
  Lanes other(network, input, gradient);
  finish(other);
  CHECK_THROWS_WITH(run.explanation()->merge(other.explanation()->save()),
                    Catch::Matchers::ContainsSubstring("another difference"));
}

TEST_CASE("smoothed Integrated Gradients integrate each noisy line", "[run]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  ExplainOptions options = options_of("smoothgrad-integrated-gradients", 0, 3);
  options.steps = 4;
  Lanes run(network, input, options);
  Workspace workspace(network);
  std::vector<float> expected(input.size(), 0.f);
  for (uint64_t k = 0; k < 3; ++k) {
    const std::vector<float> end = noisy(input, network->input_shape(), 0.15, 5, k);
    for (int j = 0; j < 4; ++j) {
      std::vector<float> at = end;
      for (float& element : at) element *= (static_cast<float>(j) + 0.5f) / 4;
      const auto gradient = gradient_at(workspace, at, 0);
      for (size_t i = 0; i < at.size(); ++i) expected[i] += gradient[i] * end[i] / 12;
    }
  }
  CHECK(relative_error(finish(run), expected) < 1e-5);
}

// Slope of log error against log samples, by least squares.
double slope(const std::vector<double>& samples, const std::vector<double>& errors) {
  double x = 0, y = 0, xx = 0, xy = 0;
  const double n = static_cast<double>(samples.size());
  for (size_t i = 0; i < samples.size(); ++i) {
    const double at = std::log(samples[i]), value = std::log(errors[i]);
    x += at, y += value, xx += at * at, xy += at * value;
  }
  return (n * xy - x * y) / (n * xx - x * x);
}

TEST_CASE("the corrected error falls as n^-1/2", "[run]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  ExplainOptions options = options_of("smoothgrad", 2, 1);
  options.noise = 1;
  Lanes run(network, input, options);
  std::vector<double> samples, corrected;
  for (int n = 16; n <= 4096; n *= 2) {
    run.extend(n);
    finish(run);
    samples.push_back(n);
    corrected.push_back(run.explanation()->progress().corrected_error);
    double squared_mean = 0, squared_error = 0;
    for (float value : run.explanation()->attribution()) squared_mean += static_cast<double>(value) * value;
    for (float value : run.explanation()->standard_error()) squared_error += static_cast<double>(value) * value;
    CHECK(run.explanation()->progress().relative_error == Catch::Approx(std::sqrt(squared_error / squared_mean)).epsilon(1e-5));
    CHECK(corrected.back() == Catch::Approx(std::sqrt(squared_error / (squared_mean - squared_error))).epsilon(1e-5));
  }
  CHECK(std::abs(slope(samples, corrected) + 0.5) < 0.05);
}

TEST_CASE("antithetic samples take each other's noise, negated", "[run]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  ExplainOptions options = options_of("smoothgrad", 2, 2);
  options.antithetic = true;
  Lanes run(network, input, options);
  Workspace workspace(network);
  const std::vector<float> plus = noisy(input, network->input_shape(), 0.15, 5, 0),
                           minus = noisy(input, network->input_shape(), -0.15, 5, 0);
  std::vector<float> expected = gradient_at(workspace, plus, 2);
  const std::vector<float> other = gradient_at(workspace, minus, 2);
  for (size_t i = 0; i < expected.size(); ++i) expected[i] = (expected[i] + other[i]) / 2;
  CHECK(relative_error(finish(run), expected) < 1e-5);
}

TEST_CASE("noise comes in pairs where a mean gains by it, unless something else is said", "[run]") {
  for (const Method& method : sampled_methods()) {
    INFO(method.name);
    ExplainOptions options;
    options.method = method.name;
    CHECK(in_pairs(options) == (method.noisy && method.reduction == Reduction::kMean));
    options.clean_last = true;
    CHECK(!in_pairs(options));
    options.antithetic = true;
    CHECK(in_pairs(options));
    options.clean_last = false;
    options.antithetic = false;
    CHECK(!in_pairs(options));
  }
}

TEST_CASE("the standard error is how far runs of other seeds lie apart, in antithetic pairs too", "[run]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  const bool antithetic = GENERATE(false, true);
  constexpr int kRuns = 60;
  Statistics means(input.size());
  double squared_error = 0;
  for (uint64_t seed = 0; seed < kRuns; ++seed) {
    ExplainOptions options = options_of("smoothgrad", 2, 8, seed);
    options.antithetic = antithetic;
    Lanes run(network, input, options);
    means.add(finish(run));
    for (const float error : run.explanation()->standard_error()) squared_error += double{error} * error / kRuns;
    CHECK(run.explanation()->statistics().observations() == (antithetic ? 4 : 8));
  }
  std::vector<float> variance(input.size());
  means.write_variance(variance);
  INFO((antithetic ? "pairs" : "samples"));
  CHECK(std::sqrt(squared_error / sum_of(variance)) == Catch::Approx(1).epsilon(0.07));
}

TEST_CASE("a run reports how many samples keep the class and what leaves the range of a photo", "[run]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  ExplainOptions options = options_of("smoothgrad", 2, 40);
  options.lowest = {-1, -1, -1};
  options.highest = {1, 1, 1};
  options.expected_class = 1;
  Lanes run(network, input, options);
  finish(run);
  Workspace workspace(network);
  int kept = 0;
  size_t outside = 0;
  for (uint64_t k = 0; k < 40; ++k) {
    const std::vector<float> at = noisy(input, network->input_shape(), 0.15, 5, k);
    outside += static_cast<size_t>(std::ranges::count_if(at, [](float x) { return std::abs(x) > 1; }));
    std::ranges::copy(at, workspace.input().begin());
    const auto logits = workspace.forward();
    kept += std::ranges::max_element(logits) - logits.begin() == 1;
  }
  CHECK(run.explanation()->progress().keeps_class == Catch::Approx(kept / 40.0));
  CHECK(run.explanation()->progress().out_of_range ==
        Catch::Approx(static_cast<double>(outside) / static_cast<double>(40 * input.size())));
}

}  // namespace
}  // namespace smoothgrad
