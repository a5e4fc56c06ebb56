// A layer against central differences, (s . f(x + h e_i) - s . f(x - h e_i)) / 2h for every input element i and a random
// weighting s of the outputs, away from kinks.
#pragma once

#include <algorithm>
#include <catch_amalgamated.hpp>
#include <cmath>
#include <random>

#include "core/network/workspace.h"
#include "tests/core/one_node.h"

namespace smoothgrad::test {

inline double score(Workspace& workspace, const std::vector<float>& input, const std::vector<float>& weights) {
  std::ranges::copy(input, workspace.input().begin());
  const auto outputs = workspace.forward();
  double sum = 0;
  for (size_t i = 0; i < outputs.size(); ++i) sum += static_cast<double>(outputs[i]) * weights[i];
  return sum;
}

// Values at least 1.5 h from each other and from 0, +-1 and 6 are scattered over the input, so that no kink is crossed.
inline std::vector<float> values_away_from_kinks(size_t size, float step) {
  std::vector<float> values(size);
  for (size_t i = 0; i < size; ++i) values[i] = (static_cast<float>(i) - static_cast<float>(size) / 2 + 0.37f) * step;
  std::shuffle(values.begin(), values.end(), std::mt19937(7));
  return values;
}

// offset: added to every value, so that they stay where the function is defined.
inline void check_central_differences(const std::shared_ptr<const Network>& network, float offset = 0, int batch = 2) {
  Workspace workspace(network, batch);
  constexpr float h = 1.f / 128;
  const size_t size = workspace.input().size();
  std::vector<float> input = values_away_from_kinks(size, 4 * h);
  for (float& value : input) value += offset;
  const std::vector<float> weights = random_floats(static_cast<size_t>(batch) * static_cast<size_t>(network->classes()), 3);
  score(workspace, input, weights);
  const auto backward = workspace.backward(weights, Rule::kGradient);
  const std::vector<float> gradient(backward.begin(), backward.end());
  double error = 0, norm = 0;
  for (size_t i = 0; i < size; ++i) {
    std::vector<float> moved = input;
    moved[i] = input[i] + h;
    const double above = score(workspace, moved, weights);
    moved[i] = input[i] - h;
    const double difference = (above - score(workspace, moved, weights)) / (2 * static_cast<double>(h));
    error += (difference - gradient[i]) * (difference - gradient[i]);
    norm += difference * difference;
  }
  REQUIRE(norm > 0);
  CHECK(std::sqrt(error / norm) < 2e-3);
}

inline void check_central_differences(const OneNode& one, float offset = 0, int batch = 2) {
  check_central_differences(one_node_network(one), offset, batch);
}

}  // namespace smoothgrad::test
