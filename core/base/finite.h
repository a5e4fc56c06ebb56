// Numbers that must be finite.
#pragma once

#include <cmath>
#include <span>
#include <string>

#include "core/base/error.h"

namespace smoothgrad {

// Throws Error(code) that names `what` and its first element that is infinite or no number.
inline void check_finite(const std::string& what, std::span<const float> numbers, ErrorCode code) {
  for (size_t i = 0; i < numbers.size(); ++i) {
    if (std::isfinite(numbers[i])) continue;
    const char* const found = std::isnan(numbers[i]) ? "NaN" : numbers[i] > 0 ? "Infinity" : "-Infinity";
    throw Error(code, what + " must be finite numbers: element " + std::to_string(i) + " is " + found);
  }
}

}  // namespace smoothgrad
