// XNNPACK's f32 micro-kernels under the names used here, and the packing they want.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/kernels/geometry.h"

namespace smoothgrad::xnnpack {

extern const size_t kTileRows;  // output pixels of one call
extern const size_t kTileCols;  // output channels packed together

// Floats that pack() writes for one group.
size_t packed_size(size_t outputs, size_t taps, size_t inputs);

// How weights are given: [groups, outputs, taps, inputs], or [groups, taps, inputs, outputs].
enum class Order { kByOutput, kByInput };

// Bias [groups * outputs] or empty. For each group blocks of kTileCols outputs: their biases, then for each tap and input the
// weights of these outputs.
std::vector<float> pack_groups(int groups, int outputs, int taps, int inputs, std::span<const float> weights,
                               std::span<const float> bias, Order order = Order::kByOutput);

// rows (<= kTileRows) output pixels of all outputs. Strides are in floats.
void gemm(size_t rows, size_t outputs, size_t inputs, const float* input, size_t input_stride, const float* packed,
          float* output, size_t output_stride, Clamp clamp);

// The same through pointers [taps, kTileRows], to each of which `base` is added unless it is `zeros`.
void igemm(size_t rows, size_t outputs, size_t taps, size_t inputs, const float* const* pointers, const float* base,
           const float* zeros, const float* packed, float* output, size_t output_stride, Clamp clamp);

}  // namespace smoothgrad::xnnpack
