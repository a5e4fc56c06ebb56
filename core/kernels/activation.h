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
    gate.pass_row(from, pixels, reinterpret_cast<uint8_t*>(saved));
    for (size_t i = 0; i < pixels * 8; i += 4) store(to + i, gate.clamped(load(from + i)));
  }
  void backward(float* gradient, size_t pixels, const std::byte* saved, Rule rule) const {
    if (smooth) return scale_by(reinterpret_cast<const float*>(saved), pixels * 8, gradient);
    ApplyGate(rule).pass_row(gradient, pixels, reinterpret_cast<const uint8_t*>(saved));
  }
};

}  // namespace smoothgrad
