// One pass through a network: its logits, and the gradient of one of them.
#pragma once

#include <algorithm>
#include <memory>
#include <vector>

#include "core/network/workspace.h"

namespace smoothgrad::test {

inline std::vector<float> gradient(const std::shared_ptr<const Network>& network, const std::vector<float>& input, int target,
                                   Rule rule) {
  Workspace workspace(network);
  std::ranges::copy(input, workspace.input().begin());
  workspace.forward();
  std::vector<float> seed(static_cast<size_t>(network->classes()), 0.f);
  seed[static_cast<size_t>(target)] = 1;
  const auto result = workspace.backward(seed, rule);
  return {result.begin(), result.end()};
}

inline std::vector<float> logits(const std::shared_ptr<const Network>& network, const std::vector<float>& input) {
  Workspace workspace(network);
  std::ranges::copy(input, workspace.input().begin());
  const auto result = workspace.forward();
  return {result.begin(), result.end()};
}

}  // namespace smoothgrad::test
