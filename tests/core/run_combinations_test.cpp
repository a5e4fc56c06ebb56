// The table of methods is a product: any path, noise, rule, reduction and product with the input, against plain loops.
#include <catch_amalgamated.hpp>
#include <cmath>

#include "core/attribution/lanes.h"
#include "core/network/workspace.h"
#include "tests/core/npy.h"
#include "tests/core/smooth_network.h"

namespace smoothgrad {
namespace {

using namespace test;

// conv 3x3 -> Relu -> dense: a network in which the rules differ.
std::shared_ptr<const Network> relu_network() {
  Graph graph;
  graph.opset = 17;
  graph.nodes = {{"conv", "Conv", {"x", "w1", "b1"}, {"a"}, {{"pads", list({1, 1, 1, 1})}}},
                 {"relu", "Relu", {"a"}, {"b"}, {}},
                 {"flatten", "Flatten", {"b"}, {"c"}, {}},
                 {"dense", "Gemm", {"c", "w2", "b2"}, {"y"}, {{"transB", number(1)}}}};
  graph.constants = {{"w1", random_constant({4, 2, 3, 3}, 1)},
                     {"b1", random_constant({4}, 2)},
                     {"w2", random_constant({3, 4 * 5 * 6}, 3)},
                     {"b2", random_constant({3}, 4)}};
  graph.inputs = {{"x", {1, 2, 5, 6}}};
  graph.outputs = {{"y", {}}};
  return std::make_shared<const Network>(graph);
}

TEST_CASE("any path, noise, rule, reduction and product with the input go together", "[run]") {
  constexpr int kSamples = 4, kSteps = 3;
  const auto network = relu_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  const auto [name, rule] = GENERATE(table<const char*, Rule>({{"guided", Rule::kGuided}, {"deconvnet", Rule::kDeconvnet}}));
  INFO(name);
  ExplainOptions options = options_of("smoothgrad-integrated-gradients", 2, kSamples);
  options.rule = rule;
  options.times_input = true;
  options.steps = kSteps;
  options.baseline = random_floats(input.size(), 10);
  Lanes run(network, input, options);
  finish(run);

  Workspace workspace(network);
  std::vector<double> mean(input.size(), 0), squares(input.size(), 0);
  for (uint64_t k = 0; k < kSamples; ++k) {
    const std::vector<float> end = noisy(input, network->input_shape(), 0.15, 5, k);
    std::vector<double> sample(input.size(), 0);
    for (int j = 0; j < kSteps; ++j) {
      const float position = (static_cast<float>(j) + 0.5f) / kSteps;
      for (size_t i = 0; i < input.size(); ++i) {
        workspace.input()[i] = options.baseline[i] + position * (end[i] - options.baseline[i]);
      }
      workspace.forward();
      const auto gradient = workspace.backward(class_weights(3, 2, std::nullopt), rule);
      for (size_t i = 0; i < input.size(); ++i) sample[i] += double{gradient[i]} * (end[i] - options.baseline[i]) / kSteps;
    }
    for (size_t i = 0; i < input.size(); ++i) mean[i] += sample[i] / kSamples, squares[i] += sample[i] * sample[i];
  }
  std::vector<float> variance(input.size());
  for (size_t i = 0; i < input.size(); ++i) {
    variance[i] = static_cast<float>((squares[i] - kSamples * mean[i] * mean[i]) / (kSamples - 1)) * input[i];
  }
  CHECK(relative_error(run.explanation()->attribution(Reduction::kVariance), variance) < 1e-4);

  options.rule.reset();
  Lanes own(network, input, options);
  finish(own);
  CHECK(relative_error(own.explanation()->attribution(Reduction::kVariance), variance) > 1e-2);
  CHECK_THROWS_WITH(own.explanation()->merge(run.explanation()->save()), Catch::Matchers::ContainsSubstring("another rule"));
}

TEST_CASE("rules, reductions and differences are tables of names; another name is refused with those there are", "[run]") {
  for (const Named<Rule>& row : rules()) CHECK(find_rule(row.name) == row.value);
  for (const Named<Reduction>& row : reductions()) CHECK(name_of(reductions(), find_reduction(row.name)) == row.name);
  CHECK_THROWS_WITH(find_rule("Guided"), "rule 'Guided' is not known; there is gradient, guided, deconvnet");
  CHECK_THROWS_WITH(find_reduction(""), "reduction '' is not known; there is mean, mean-square, variance, mean-absolute");
  CHECK_THROWS_WITH(find_difference("x"), "difference 'x' is not known; there is gradient, scaled");
}

TEST_CASE("one run serves every reduction", "[run]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  constexpr int kSamples = 12;
  Lanes run(network, input, options_of("smoothgrad", 2, kSamples));
  finish(run);
  Workspace workspace(network);
  std::vector<std::vector<float>> samples;
  for (uint64_t k = 0; k < kSamples; ++k) {
    samples.push_back(gradient_at(workspace, noisy(input, network->input_shape(), 0.15, 5, k), 2));
  }
  // Two passes: the mean first, then what depends on it.
  std::vector<float> squares(input.size()), variance(input.size()), absolute(input.size()), even(input.size());
  for (size_t i = 0; i < input.size(); ++i) {
    double sum = 0, sum_squares = 0, sum_absolute = 0, sum_even = 0, deviations = 0;
    for (size_t k = 0; k < kSamples; ++k) {
      const double x = samples[k][i];
      sum += x;
      sum_squares += x * x;
      sum_absolute += std::abs(x);
      if (k % 2 == 0) sum_even += x;
    }
    for (size_t k = 0; k < kSamples; ++k) deviations += (samples[k][i] - sum / kSamples) * (samples[k][i] - sum / kSamples);
    squares[i] = static_cast<float>(sum_squares / kSamples);
    variance[i] = static_cast<float>(deviations / (kSamples - 1));
    absolute[i] = static_cast<float>(sum_absolute / kSamples);
    even[i] = static_cast<float>(sum_even / (kSamples / 2));
  }
  CHECK(relative_error(run.explanation()->attribution(Reduction::kMeanSquare), squares) < 1e-5);
  CHECK(relative_error(run.explanation()->attribution(Reduction::kVariance), variance) < 1e-4);
  CHECK(relative_error(run.explanation()->attribution(Reduction::kMeanAbsolute), absolute) < 1e-5);
  CHECK(relative_error(run.explanation()->half_mean(true), even) < 1e-5);
}

}  // namespace
}  // namespace smoothgrad
