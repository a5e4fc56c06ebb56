// Compiled for speed.
#include "core/kernels/xnnpack.h"

#include <algorithm>
#include <cstdint>

#include "xnnpack/gemm.h"
#include "xnnpack/igemm.h"

// Which micro-kernels the build compiles; see CMakeLists.txt.
#if defined(SMOOTHGRAD_XNNPACK_WASMRELAXED)
#define SMOOTHGRAD_KERNEL(KIND) xnn_f32_##KIND##_minmax_ukernel_4x8__wasmrelaxedsimd_fma_loadsplat
#define SMOOTHGRAD_TILE_COLS 8
#elif defined(SMOOTHGRAD_XNNPACK_WASMSIMD)
#define SMOOTHGRAD_KERNEL(KIND) xnn_f32_##KIND##_minmax_ukernel_4x8__wasmsimd_x86_loadsplat
#define SMOOTHGRAD_TILE_COLS 8
#elif defined(SMOOTHGRAD_XNNPACK_SSE)
#define SMOOTHGRAD_KERNEL(KIND) xnn_f32_##KIND##_minmax_ukernel_4x8__sse_load1
#define SMOOTHGRAD_TILE_COLS 8
#elif defined(SMOOTHGRAD_XNNPACK_SCALAR)
#define SMOOTHGRAD_KERNEL(KIND) xnn_f32_##KIND##_minmax_ukernel_4x4__scalar
#define SMOOTHGRAD_TILE_COLS 4
#else
#error "name the XNNPACK micro-kernels of this build"
#endif

namespace smoothgrad::xnnpack {

const size_t kTileRows = 4;
const size_t kTileCols = SMOOTHGRAD_TILE_COLS;

namespace {

xnn_f32_minmax_params bounds(Clamp clamp) {
  xnn_f32_minmax_params params{};
  params.scalar.min = clamp.lo;
  params.scalar.max = clamp.hi;
  return params;
}

// One group; weights of outputs and of inputs (of all taps) lie so many floats apart.
void pack(size_t outputs, size_t depth, const float* weights, size_t output_step, size_t input_step, const float* bias,
          float* packed) {
  for (size_t first = 0; first < outputs; first += kTileCols, weights += kTileCols * output_step) {
    const size_t cols = std::min(kTileCols, outputs - first);
    if (bias) std::copy_n(bias + first, cols, packed);
    packed += kTileCols;
    for (size_t k = 0; k < depth; ++k, packed += kTileCols) {
      for (size_t col = 0; col < cols; ++col) packed[col] = weights[col * output_step + k * input_step];
    }
  }
}

}  // namespace

size_t packed_size(size_t outputs, size_t taps, size_t inputs) {
  return (outputs + kTileCols - 1) / kTileCols * kTileCols * (1 + taps * inputs);
}

std::vector<float> pack_groups(int groups, int outputs, int taps, int inputs, std::span<const float> weights,
                               std::span<const float> bias, Order order) {
  const bool by_output = order == Order::kByOutput;
  const size_t rows = static_cast<size_t>(outputs), depth = static_cast<size_t>(taps) * static_cast<size_t>(inputs);
  const size_t group_size = packed_size(rows, 1, depth);
  std::vector<float> packed(static_cast<size_t>(groups) * group_size);
  for (size_t g = 0; g < static_cast<size_t>(groups); ++g) {
    const float* group_bias = bias.empty() ? nullptr : bias.data() + g * rows;
    pack(rows, depth, weights.data() + g * rows * depth, by_output ? depth : 1, by_output ? 1 : rows, group_bias,
         packed.data() + g * group_size);
  }
  return packed;
}

void gemm(size_t rows, size_t outputs, size_t inputs, const float* input, size_t input_stride, const float* packed,
          float* output, size_t output_stride, Clamp clamp) {
  const xnn_f32_minmax_params params = bounds(clamp);
  SMOOTHGRAD_KERNEL(gemm)
  (rows, outputs, inputs * sizeof(float), input, input_stride * sizeof(float), packed, output, output_stride * sizeof(float),
   kTileCols * sizeof(float), &params);
}

void igemm(size_t rows, size_t outputs, size_t taps, size_t inputs, const float* const* pointers, const float* base,
           const float* zeros, const float* packed, float* output, size_t output_stride, Clamp clamp) {
  const xnn_f32_minmax_params params = bounds(clamp);
  SMOOTHGRAD_KERNEL(igemm)
  (rows, outputs, inputs * sizeof(float), taps * kTileRows * sizeof(void*), const_cast<const float**>(pointers), packed, output,
   output_stride * sizeof(float), kTileCols * sizeof(float), reinterpret_cast<uintptr_t>(base), zeros, &params);
}

}  // namespace smoothgrad::xnnpack
