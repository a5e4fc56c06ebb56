// The oracle of the kernels: convolution written as its definition, summed in double.
#pragma once

#include <vector>

#include "core/kernels/geometry.h"

namespace smoothgrad::plain {

// Calls visit(output element, weight element, input element) for every product of the convolution; all are offsets.
// input [H, W, C], output [OH, OW, O], weights [O, KH, KW, C / groups].
template <typename Visit>
void for_each_product(const ConvGeometry& g, Visit visit) {
  const int group_inputs = g.input.channels / g.groups, group_outputs = g.output.channels / g.groups;
  for (int oy = 0; oy < g.output.height; ++oy) {
    for (int ox = 0; ox < g.output.width; ++ox) {
      for (int o = 0; o < g.output.channels; ++o) {
        for (int ky = 0; ky < g.kernel_height; ++ky) {
          for (int kx = 0; kx < g.kernel_width; ++kx) {
            const int iy = oy * g.stride_y + ky * g.dilation_y - g.pad_top;
            const int ix = ox * g.stride_x + kx * g.dilation_x - g.pad_left;
            if (iy < 0 || ix < 0 || iy >= g.input.height || ix >= g.input.width) continue;
            for (int i = 0; i < group_inputs; ++i) {
              const int c = o / group_outputs * group_inputs + i;
              visit(static_cast<size_t>((oy * g.output.width + ox) * g.output.channels + o),
                    static_cast<size_t>(((o * g.kernel_height + ky) * g.kernel_width + kx) * group_inputs + i),
                    static_cast<size_t>((iy * g.input.width + ix) * g.input.channels + c));
            }
          }
        }
      }
    }
  }
}

// bias: [O], or null for none.
inline std::vector<double> convolution(const ConvGeometry& g, const float* input, const float* weights, const float* bias,
                                       Clamp clamp = {}) {
  std::vector<double> output(g.output.size());
  for (size_t i = 0; bias && i < output.size(); ++i) output[i] = bias[i % static_cast<size_t>(g.output.channels)];
  for_each_product(g, [&](size_t out, size_t weight, size_t in) {
    output[out] += static_cast<double>(input[in]) * static_cast<double>(weights[weight]);
  });
  for (double& value : output) value = value < clamp.lo ? clamp.lo : value > clamp.hi ? clamp.hi : value;
  return output;
}

// The product of the transposed convolution with a gradient of the output.
inline std::vector<double> convolution_backward(const ConvGeometry& g, const float* grad_output, const float* weights) {
  std::vector<double> grad_input(g.input.size());
  for_each_product(g, [&](size_t out, size_t weight, size_t in) {
    grad_input[in] += static_cast<double>(grad_output[out]) * static_cast<double>(weights[weight]);
  });
  return grad_input;
}

}  // namespace smoothgrad::plain
