// A small network without kinks, and explanations of it by the definition.
#pragma once

#include <algorithm>
#include <numeric>

#include "core/attribution/lanes.h"
#include "core/base/noise.h"
#include "core/network/class_weights.h"
#include "core/network/workspace.h"
#include "tests/core/npy.h"
#include "tests/core/one_node.h"

namespace smoothgrad::test {

// conv 3x3 -> tanh -> average pool -> sigmoid -> dense: no kinks anywhere.
inline Graph smooth_network_graph() {
  Graph graph;
  graph.opset = 17;
  graph.nodes = {{"conv", "Conv", {"x", "w1", "b1"}, {"a"}, {{"pads", list({1, 1, 1, 1})}}},
                 {"tanh", "Tanh", {"a"}, {"b"}, {}},
                 {"pool", "AveragePool", {"b"}, {"c"}, {{"kernel_shape", list({2, 2})}, {"strides", list({2, 2})}}},
                 {"sigmoid", "Sigmoid", {"c"}, {"d"}, {}},
                 {"flatten", "Flatten", {"d"}, {"e"}, {}},
                 {"dense", "Gemm", {"e", "w2", "b2"}, {"y"}, {{"transB", number(1)}}}};
  graph.constants = {{"w1", random_constant({5, 3, 3, 3}, 1)},
                     {"b1", random_constant({5}, 2)},
                     {"w2", random_constant({4, 5 * 4 * 3}, 3)},
                     {"b2", random_constant({4}, 4)}};
  graph.inputs = {{"x", {1, 3, 8, 6}}};
  graph.outputs = {{"y", {}}};
  return graph;
}

inline std::shared_ptr<const Network> smooth_network() { return std::make_shared<const Network>(smooth_network_graph()); }

inline ExplainOptions options_of(const char* method, int target, int64_t samples, uint64_t seed = 5) {
  ExplainOptions options;
  options.method = method;
  options.target = target;
  options.samples = samples;
  options.seed = seed;
  options.antithetic = false;  // pairs have tests of their own
  return options;
}

inline std::vector<float> finish(Lanes& run) {
  while (run.step()) {
  }
  return run.explanation()->attribution();
}

inline std::vector<float> gradient_at(Workspace& workspace, const std::vector<float>& input, int target, int versus = -1) {
  std::ranges::copy(input, workspace.input().begin());
  workspace.forward();
  const auto other = versus < 0 ? std::nullopt : std::optional(versus);
  const auto gradient = workspace.backward(class_weights(workspace.network().classes(), target, other), Rule::kGradient);
  return {gradient.begin(), gradient.end()};
}

inline double score_at(Workspace& workspace, const std::vector<float>& input, size_t target) {
  std::ranges::copy(input, workspace.input().begin());
  return workspace.forward()[target];
}

inline double sum_of(std::span<const float> values) { return std::accumulate(values.begin(), values.end(), 0.0); }

inline std::vector<float> noisy(const std::vector<float>& input, Shape shape, double level, uint64_t seed, uint64_t sample) {
  std::vector<float> first(input.size());
  standard_normal(seed, sample, first);
  const std::vector<float> noise = channels_last(first, shape);
  const auto [lowest, highest] = std::ranges::minmax(input);
  std::vector<float> result = input;
  for (size_t i = 0; i < result.size(); ++i) result[i] += static_cast<float>(level) * (highest - lowest) * noise[i];
  return result;
}

}  // namespace smoothgrad::test
