// Classes and their scores, of a network's outputs. A class is an output, but where one output alone is made a probability by a
// Sigmoid: that is two classes, 1 whose score it is, and 0 whose score is its negative; so they have probabilities p and 1 - p.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "core/network/class_weights.h"
#include "core/network/network.h"

namespace smoothgrad {

inline bool is_two_sided(const Network& network) { return network.classes() == 1 && network.ending() == Ending::kSigmoid; }

inline int class_count(const Network& network) { return is_two_sided(network) ? 2 : network.classes(); }

// Of the outputs in S_target, or S_target - S_versus: the seed of a backward pass.
inline std::vector<float> score_weights(const Network& network, int target, std::optional<int> versus = std::nullopt) {
  std::vector<float> weights = class_weights(class_count(network), target, versus);
  return is_two_sided(network) ? std::vector<float>{weights[1] - weights[0]} : weights;
}

// The score of each class.
inline std::vector<float> class_scores(const Network& network, std::span<const float> outputs) {
  if (is_two_sided(network)) return {-outputs[0], outputs[0]};
  return {outputs.begin(), outputs.end()};
}

// Whether no class has a higher score.
inline bool leads(const Network& network, std::span<const float> outputs, int target) {
  if (is_two_sided(network)) return target == 1 ? outputs[0] >= 0 : outputs[0] <= 0;
  const float score = outputs[static_cast<size_t>(target)];
  return std::ranges::all_of(outputs, [score](float other) { return other <= score; });
}

}  // namespace smoothgrad
