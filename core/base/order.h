// Orders of things by their numbers, 0 to count - 1: one sort for all that is sorted. The standard library's are code anew for
// every type and comparison, 7 KB of a download by gzip.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/function_ref.h"

namespace smoothgrad {

// a stands before b. A strict weak order, as std::sort wants it.
using Before = FunctionRef<bool(size_t a, size_t b)>;

// What is neither before the other stays in the order of its numbers. O(n log n).
std::vector<size_t> order_by(size_t count, Before before);

// The order that `order` is left in where those with `inner` are put behind the others.
template <typename Inner>
std::vector<size_t> with_last(const std::vector<size_t>& order, Inner inner) {
  std::vector<size_t> result;
  for (const bool last : {false, true}) {
    for (const size_t i : order)
      if (inner(i) == last) result.push_back(i);
  }
  return result;
}

// Of many values: the smallest, or the largest, first; equal ones (-0 and 0 too) in the order of their numbers. O(n). What is
// no number stands at an end.
enum class First { kSmallest, kLargest };
std::vector<uint32_t> order_of_values(std::span<const float> values, First first);
std::vector<float> sorted_values(std::span<const float> values, First first);

}  // namespace smoothgrad
