// Numbers that must be finite.
#pragma once

#include <cmath>
#include <span>

#include "core/base/text.h"

namespace smoothgrad {

// Throws Error(code) that names `what` and its first element that is infinite or no number.
inline void check_finite(const char* what, std::span<const float> numbers, ErrorCode code) {
  for (size_t i = 0; i < numbers.size(); ++i) {
    if (std::isfinite(numbers[i])) continue;
    const char* const found = std::isnan(numbers[i]) ? "NaN" : numbers[i] > 0 ? "Infinity" : "-Infinity";
    refuse(code, {what, " must be finite numbers: element ", i, " is ", found});
  }
}

}  // namespace smoothgrad
