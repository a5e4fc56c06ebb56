// Compiled for speed.
#include "core/kernels/matrix_product.h"

#include <algorithm>

#include "core/kernels/blocked_product.h"
#include "core/kernels/simd.h"
#include "core/kernels/unroll.h"
#include "core/kernels/xnnpack.h"

namespace smoothgrad {
namespace {

constexpr size_t kCols = 8;                         // outputs packed together
constexpr size_t kManyOutputs = 64;                 // for which a product takes much longer than looking for zeros
constexpr size_t kCachedFloats = size_t{96} << 10;  // of weights, in the second-level cache

// Where the elements of a row are that are not zero, if they are few enough to multiply them one by one.
struct FewElements {
  static constexpr size_t kMost = 1024, kZerosEach = 6;
  uint32_t at[kMost];
  size_t count = 0;

  bool collect(const float* row, size_t size) {
    const size_t most = std::min(kMost, size / kZerosEach);
    for (size_t i = 0; i < size; i += 4) {
      const size_t here = std::min<size_t>(4, size - i);
      if (here == 4 && bitmask(load(row + i) != splat(0.f)) == 0) continue;
      for (size_t k = i; k < i + here; ++k) {
        if (row[k] == 0.f) continue;
        if (count == most) return false;
        at[count++] = static_cast<uint32_t>(k);
      }
    }
    return true;
  }
};

struct EveryElement {
  size_t count;
};

size_t element(const FewElements& elements, size_t i) { return elements.at[i]; }
size_t element(const EveryElement&, size_t i) { return i; }

// One row, or of one row the few elements that matter. The micro-kernel for a row has two sums, and waits for each
// multiply-add; more outputs at once hide that. Each output's sum is in its order, whose other products are zeros: the same
// bits.
template <int Blocks, typename Elements>
void multiply_blocks(const Elements& elements, const float* input, size_t inputs, const float* packed, Clamp clamp,
                     size_t outputs, float* output) {
  const size_t block = kCols * (1 + inputs);
  Float4 sums[2 * Blocks];
  unroll<2 * Blocks>([&](auto v) { sums[v] = load(packed + v / 2 * block + v % 2 * 4); });
  for (size_t i = 0; i < elements.count; ++i) {
    const size_t k = element(elements, i);
    const Float4 value = splat(input[k]);
    const float* weights = packed + (1 + k) * kCols;
    unroll<2 * Blocks>([&](auto v) { sums[v] = multiply_add(value, load(weights + v / 2 * block + v % 2 * 4), sums[v]); });
  }
  unroll<2 * Blocks>([&](auto v) {
    const Float4 clamped = min(max(sums[v], splat(clamp.lo)), splat(clamp.hi));
    for (size_t o = 4 * v; o < std::min<size_t>(4 * v + 4, outputs); ++o) output[o] = clamped[o % 4];
  });
}

template <typename Elements>
void multiply_row(const Elements& elements, const float* input, size_t inputs, size_t outputs, const float* packed, Clamp clamp,
                  float* output) {
  constexpr size_t kBlocks = 3;
  size_t first = 0;
  for (; first + (kBlocks - 1) * kCols < outputs; first += kBlocks * kCols) {
    multiply_blocks<kBlocks>(elements, input, inputs, packed + first * (1 + inputs), clamp, outputs - first, output + first);
  }
  for (; first < outputs; first += kCols) {
    multiply_blocks<1>(elements, input, inputs, packed + first * (1 + inputs), clamp, outputs - first, output + first);
  }
}

// result[i] += the products of eight outputs' weights of input i with their gradients.
void add_transposed(const float* weights, size_t inputs, Float4 low, Float4 high, float* result) {
  const auto products = [&](size_t i) {
    return multiply_add(load(weights + i * kCols), low, load(weights + i * kCols + 4) * high);
  };
  size_t i = 0;
  for (; i + 4 <= inputs; i += 4) {
    const Float4 a = products(i), b = products(i + 1), c = products(i + 2), d = products(i + 3);
    const Float4 ab = __builtin_shufflevector(a, b, 0, 4, 1, 5) + __builtin_shufflevector(a, b, 2, 6, 3, 7);
    const Float4 cd = __builtin_shufflevector(c, d, 0, 4, 1, 5) + __builtin_shufflevector(c, d, 2, 6, 3, 7);
    const Float4 sums = __builtin_shufflevector(ab, cd, 0, 1, 4, 5) + __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
    store(result + i, load(result + i) + sums);
  }
  for (; i < inputs; ++i) {
    const Float4 sums = products(i);
    result[i] += (sums[0] + sums[2]) + (sums[1] + sums[3]);
  }
}

// Pixels in blocks of eight channels, on the stack.
constexpr size_t kPackedFloats = size_t{24} << 10;

}  // namespace

MatrixProduct::MatrixProduct(int groups, int group_inputs, int group_outputs, std::span<const float> weights,
                             std::span<const float> bias, xnnpack::Order order)
    : groups_(groups),
      group_inputs_(group_inputs),
      group_outputs_(group_outputs),
      group_weights_(xnnpack::packed_size(static_cast<size_t>(group_outputs), 1, static_cast<size_t>(group_inputs))),
      weights_(xnnpack::pack_groups(groups, group_outputs, 1, group_inputs, weights, bias, order)) {}

void MatrixProduct::run(size_t rows, const float* input, Clamp clamp, float* output) const {
  const size_t inputs = static_cast<size_t>(group_inputs_), outputs = static_cast<size_t>(group_outputs_);
  size_t dense = 0;  // rows before this one are done, those from it to `row` are not sparse
  const bool worth_a_look = groups_ == 1 && outputs >= kManyOutputs && xnnpack::kTileCols == kCols;
  for (size_t row = 0; worth_a_look && row < rows; ++row) {
    FewElements few;
    if (!few.collect(input + row * inputs, inputs)) continue;
    run_dense(row - dense, input + dense * inputs, clamp, output + dense * outputs);
    multiply_row(few, input + row * inputs, inputs, outputs, weights_.data(), clamp, output + row * outputs);
    dense = row + 1;
  }
  run_dense(rows - dense, input + dense * inputs, clamp, output + dense * outputs);
}

// Where the weights of all outputs are more than stay in cache, those of some outputs serve all rows before the next ones come.
void MatrixProduct::run_dense(size_t rows, const float* input, Clamp clamp, float* output) const {
  const size_t inputs = static_cast<size_t>(group_inputs_), outputs = static_cast<size_t>(group_outputs_);
  const size_t in_stride = static_cast<size_t>(groups_) * inputs, out_stride = static_cast<size_t>(groups_) * outputs;
  if (rows == 1 && xnnpack::kTileCols == kCols) {
    for (size_t g = 0; g < static_cast<size_t>(groups_); ++g) {
      multiply_row(EveryElement{inputs}, input + g * inputs, inputs, outputs, weights_.data() + g * group_weights_, clamp,
                   output + g * outputs);
    }
    return;
  }
  if (fills_tiles(rows)) return run_tiles(rows, input, clamp, output);
  const size_t tile_floats = xnnpack::packed_size(1, 1, inputs);
  const size_t cols = std::max<size_t>(1, kCachedFloats / tile_floats) * xnnpack::kTileCols;
  for (size_t g = 0; g < static_cast<size_t>(groups_); ++g) {
    const float* group_input = input + g * inputs;
    float* group_output = output + g * outputs;
    const float* weights = weights_.data() + g * group_weights_;
    for (size_t col = 0; col < outputs; col += cols, weights += cols / xnnpack::kTileCols * tile_floats) {
      const size_t some = std::min(cols, outputs - col);
      for (size_t row = 0; row < rows; row += xnnpack::kTileRows) {
        xnnpack::gemm(std::min(xnnpack::kTileRows, rows - row), some, inputs, group_input + row * in_stride, in_stride, weights,
                      group_output + row * out_stride + col, out_stride, clamp);
      }
    }
  }
}

bool MatrixProduct::runs_both_ways(int groups, size_t rows, size_t weights) {
  constexpr size_t kManyWeights = size_t{1} << 21;
  return xnnpack::kTileCols == kCols && groups == 1 && rows == 1 && weights >= kManyWeights;
}

void MatrixProduct::run_transposed(size_t rows, const float* gradient, float* result) const {
  const size_t inputs = static_cast<size_t>(group_inputs_), outputs = static_cast<size_t>(group_outputs_);
  for (size_t row = 0; row < rows; ++row, gradient += outputs, result += inputs) {
    std::fill_n(result, inputs, 0.f);
    for (size_t first = 0; first < outputs; first += kCols) {
      float eight[kCols] = {};
      std::copy_n(gradient + first, std::min(kCols, outputs - first), eight);
      const Float4 low = load(eight), high = load(eight + 4);
      if (bitmask((low != splat(0.f)) | (high != splat(0.f))) == 0) continue;  // of one logit most are
      add_transposed(weights_.data() + first * (inputs + 1) + kCols, inputs, low, high, result);
    }
  }
}

// Whether larger tiles than the micro-kernel's can be had, and are worth that the input is packed for them.
bool MatrixProduct::fills_tiles(size_t rows) const {
  const size_t inputs = static_cast<size_t>(group_inputs_);
  return xnnpack::kTileCols == kCols && kTilePixels > xnnpack::kTileRows && groups_ == 1 && group_inputs_ % 8 == 0 &&
         group_outputs_ % 8 == 0 && rows >= 2 * kTilePixels && kPackedFloats >= (2 * kTilePixels + kPixelSlack) * inputs;
}

void MatrixProduct::run_tiles(size_t rows, const float* input, Clamp clamp, float* output) const {
  alignas(64) float packed[kPackedFloats];
  const size_t inputs = static_cast<size_t>(group_inputs_), outputs = static_cast<size_t>(group_outputs_);
  const size_t rows_at_once = (kPackedFloats - kPixelSlack * kCols) / inputs;
  const size_t cols = std::max<size_t>(1, kCachedFloats / (inputs * kCols)) * kCols;
  for (size_t col = 0; col < outputs; col += cols) {
    for (size_t row = 0; row < rows; row += rows_at_once) {
      const size_t some = std::min(rows_at_once, rows - row);
      pack_blocks(input + row * inputs, some, inputs, packed);
      for (size_t group = col; group < std::min(col + cols, outputs); group += kCols) {
        multiply_group(weights_.data() + group * (inputs + 1), inputs, packed, some,
                       Put{output + row * outputs + group, outputs, nullptr, clamp});
      }
    }
  }
}

}  // namespace smoothgrad
