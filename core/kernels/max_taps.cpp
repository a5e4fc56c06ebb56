// Compiled for speed.
#include "core/kernels/max_taps.h"

#include "core/kernels/simd.h"

namespace smoothgrad {

void max_of_taps(std::span<const WindowTap> taps, size_t channels, float* best, uint16_t* winners) {
  using Short4 = uint16_t __attribute__((vector_size(8)));
  size_t c = 0;
  for (; c + 4 <= channels; c += 4) {
    Float4 largest = load(taps[0].pixel + c);
    Int4 winner = Int4{} + taps[0].number;
    for (const WindowTap& tap : taps.subspan(1)) {
      const Float4 value = load(tap.pixel + c);
      const Int4 larger = value > largest;
      largest = select(larger, value, largest);
      winner = larger ? Int4{} + tap.number : winner;
    }
    store(best + c, largest);
    const Short4 narrow = __builtin_convertvector(winner, Short4);
    std::memcpy(winners + c, &narrow, sizeof narrow);
  }
  for (; c < channels; ++c) {
    best[c] = taps[0].pixel[c];
    winners[c] = taps[0].number;
    for (const WindowTap& tap : taps.subspan(1)) {
      if (!(tap.pixel[c] > best[c])) continue;
      best[c] = tap.pixel[c];
      winners[c] = tap.number;
    }
  }
}

}  // namespace smoothgrad
