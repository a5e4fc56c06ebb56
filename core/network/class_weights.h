// What the explained score is of the logits: S_target, or S_target - S_versus; the seed of a backward pass.
#pragma once

#include <optional>
#include <vector>

namespace smoothgrad {

// [classes]; target and versus must be classes.
inline std::vector<float> class_weights(int classes, int target, std::optional<int> versus = std::nullopt) {
  std::vector<float> weights(static_cast<size_t>(classes), 0.f);
  weights.at(static_cast<size_t>(target)) += 1;
  if (versus) weights.at(static_cast<size_t>(*versus)) -= 1;
  return weights;
}

}  // namespace smoothgrad
