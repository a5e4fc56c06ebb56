// The largest of the pixels that a window covers, channel by channel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace smoothgrad {

struct WindowTap {
  const float* pixel;  // [channels]
  uint16_t number;     // in the window
};

// best[c] is the first largest of taps[t].pixel[c], winners[c] the number of that tap; there is at least one.
void max_of_taps(std::span<const WindowTap> taps, size_t channels, float* best, uint16_t* winners);

}  // namespace smoothgrad
