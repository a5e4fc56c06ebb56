#include "core/base/order.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <utility>

namespace smoothgrad {

// Runs of 1, 2, 4, ... are merged in pairs.
std::vector<size_t> order_by(size_t count, Before before) {
  std::vector<size_t> from(count), to(count);
  std::iota(from.begin(), from.end(), size_t{0});
  for (size_t run = 1; run < count; run *= 2) {
    for (size_t first = 0; first < count; first += 2 * run) {
      const size_t middle = std::min(first + run, count), end = std::min(middle + run, count);
      size_t a = first, b = middle;
      for (size_t at = first; at < end; ++at) {
        to[at] = b == end || (a < middle && !before(from[b], from[a])) ? from[a++] : from[b++];
      }
    }
    std::swap(from, to);
  }
  return from;
}

// By digits of 11 bits, the last one first, each time stable: Knuth, The Art of Computer Programming 3, 5.2.5. As unsigned
// numbers floats have their order once negative ones have all bits flipped, others the sign.
std::vector<uint32_t> order_of_values(std::span<const float> values, First first) {
  constexpr int kBits = 11, kDigits = 3;
  constexpr uint32_t kMask = (uint32_t{1} << kBits) - 1;
  std::vector<uint32_t> keys(values.size()), from(values.size()), to(values.size());
  for (size_t i = 0; i < keys.size(); ++i) {
    const uint32_t bits = std::bit_cast<uint32_t>(values[i] + 0.f), sign = uint32_t{1} << 31;  // -0 + 0 is 0
    const uint32_t rising = bits & sign ? ~bits : bits | sign;
    keys[i] = first == First::kSmallest ? rising : ~rising;
    from[i] = static_cast<uint32_t>(i);
  }
  for (int digit = 0; digit < kDigits; ++digit) {
    const auto digit_of = [&](uint32_t i) { return (keys[i] >> (digit * kBits)) & kMask; };
    std::array<uint32_t, kMask + 2> starts{};
    for (const uint32_t i : from) ++starts[digit_of(i) + 1];
    for (size_t d = 0; d <= kMask; ++d) starts[d + 1] += starts[d];
    for (const uint32_t i : from) to[starts[digit_of(i)]++] = i;
    std::swap(from, to);
  }
  return from;
}

std::vector<float> sorted_values(std::span<const float> values, First first) {
  std::vector<float> sorted(values.size());
  const std::vector<uint32_t> order = order_of_values(values, first);
  for (size_t i = 0; i < sorted.size(); ++i) sorted[i] = values[order[i]];
  return sorted;
}

}  // namespace smoothgrad
