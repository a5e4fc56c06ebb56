// What is done to the sums of a convolution: a smooth function, or else a clamp, on pixels of eight channels. Of the one the
// slopes are kept, of the other a bit an element.
#pragma once

#include "core/kernels/gate.h"
#include "core/kernels/smooth.h"

namespace smoothgrad {

struct Activation {
  Clamp clamp;
  Smooth smooth;

  size_t saved_bytes(size_t pixels) const { return pixels * (smooth ? 8 * sizeof(float) : 1); }

  // from may be to; saved: of the first of these pixels.
  void forward(const float* from, size_t pixels, std::byte* saved, float* to) const {
    if (smooth) return smooth.function(from, pixels * 8, smooth.parameters.data(), to, reinterpret_cast<float*>(saved));
    const RecordGate gate(clamp);
    uint8_t* bits = reinterpret_cast<uint8_t*>(saved);
    for (size_t p = 0; p < pixels; ++p) {
      Float4 low = load(from + 8 * p), high = load(from + 8 * p + 4);
      gate.pass(low, high, bits + p);
      store(to + 8 * p, low);
      store(to + 8 * p + 4, high);
    }
  }
  // Of a convolution that clamps by itself: what is left to do, in place.
  Clamp clamp_before() const { return smooth ? Clamp{} : clamp; }
  void forward_clamped(float* values, size_t pixels, std::byte* saved) const {
    if (smooth) return forward(values, pixels, saved, values);
    RecordGate(clamp).pass_row(values, pixels, reinterpret_cast<uint8_t*>(saved));
  }
  void backward(const float* from, size_t pixels, const std::byte* saved, Rule rule, float* to) const {
    if (smooth) return multiply(from, reinterpret_cast<const float*>(saved), pixels * 8, to);
    const ApplyGate gate(rule);
    const uint8_t* bits = reinterpret_cast<const uint8_t*>(saved);
    for (size_t p = 0; p < pixels; ++p) {
      Float4 low = load(from + 8 * p), high = load(from + 8 * p + 4);
      gate.pass(low, high, bits + p);
      store(to + 8 * p, low);
      store(to + 8 * p + 4, high);
    }
  }
};

}  // namespace smoothgrad
