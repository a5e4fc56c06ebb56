// Depthwise convolution (one filter a channel, channel multiplier 1), both directions, with SIMD kernels of our own:
// XNNPACK's depthwise deconvolution is some twenty times slower than its dense kernels.
#pragma once

#include "core/kernels/geometry.h"

namespace smoothgrad {

// y[oy, ox, c] = clamp(bias[c] + sum_{ky, kx} x[oy*sy + ky*dy - pt, ox*sx + kx*dx - pl, c] * w[ky, kx, c], lo, hi)
// input [H, W, C], weights [KH, KW, C], bias [C], output [OH, OW, C]; pixels outside the input count as 0.
void depthwise_forward(const ConvGeometry& geometry, const float* input, const float* weights, const float* bias, Clamp clamp,
                       float* output);

// dx[iy, ix, c] = sum over the outputs that read it of dy[oy, ox, c] * w[ky, kx, c]; grad_input is overwritten.
void depthwise_backward(const ConvGeometry& geometry, const float* grad_output, const float* weights, float* grad_input);

}  // namespace smoothgrad
