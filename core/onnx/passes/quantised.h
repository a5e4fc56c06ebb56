// What the passes over quantised activations have in common.
#pragma once

#include <string_view>

namespace smoothgrad {

// Whether the operator only moves the integers of its first input, or takes maxima of them, so that their scale stays.
inline bool moves_levels(std::string_view op) {
  constexpr std::string_view kOperators[] = {"Identity",  "Reshape", "Flatten", "Squeeze",       "Unsqueeze",
                                             "Transpose", "Slice",   "MaxPool", "GlobalMaxPool", "Relu"};
  for (const std::string_view one : kOperators) {
    if (one == op) return true;
  }
  return false;
}

}  // namespace smoothgrad
