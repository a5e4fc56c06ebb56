// Matrix products on pixels in blocks of eight channels, [C / 8, pixels, 8], with the epilogue in the caller's hands.
// The register tile is two pixels by sixteen outputs (four by eight at an odd end): eight sums, and with the loads of one step
// fourteen vector registers. V8 moves every load of a basic block ahead of its arithmetic, so a tile of more, or two steps
// without a branch between them, spills: a conditional exit after each step keeps the blocks short.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/kernels/simd.h"
#include "core/kernels/unroll.h"

namespace smoothgrad {

// Weights in groups of sixteen outputs (the last one of eight): their biases, then for each input their weights.
class BlockedWeights {
 public:
  // weights [outputs, inputs] or, transposed, [inputs, outputs]; bias [outputs] or empty. Both counts are multiples of eight.
  BlockedWeights(size_t outputs, size_t inputs, std::span<const float> weights, bool transposed, std::span<const float> bias);

  size_t inputs() const { return inputs_; }
  size_t outputs() const { return outputs_; }
  size_t bytes() const { return packed_.size() * sizeof(float); }
  const float* group(size_t first_output) const { return packed_.data() + first_output * (inputs_ + 1); }

 private:
  size_t outputs_, inputs_;
  std::vector<float> packed_;
};

constexpr size_t kGroup = 16;      // outputs that are made together
constexpr size_t kPixelSlack = 3;  // pixels behind the last one that the products may read

// [pixels, C] of floats -> [C / 8, pixels, 8].
void pack_blocks(const float* pixels_first, size_t pixels, size_t channels, float* blocks);

namespace product_detail {

// sums[pixel][vector] = bias + the products, over k > 0 inputs.
template <int Pixels, int Vectors>
[[gnu::always_inline]] inline void multiply_tile(const float* input, size_t block_step, size_t k, const float* weights,
                                                 Float4 (&sums)[Pixels][Vectors]) {
  unroll<Vectors>([&](auto v) {
    const Float4 bias = load(weights + 4 * v);
    unroll<Pixels>([&](auto p) { sums[p][v] = bias; });
  });
  weights += 4 * Vectors;
  const auto step = [&](auto i) __attribute__((always_inline)) {
    Float4 weight[Vectors];
    unroll<Vectors>([&](auto v) { weight[v] = load(weights + (i * Vectors + v) * 4); });
    unroll<Pixels>([&](auto p) {
      const Float4 value = splat(input[p * 8 + i]);
      unroll<Vectors>([&](auto v) { sums[p][v] = multiply_add(value, weight[v], sums[p][v]); });
    });
    return k == static_cast<size_t>(i + 1);
  };
  while (![&]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline)) {
    return (step(std::integral_constant<int, I>{}) || ...);
  }(std::make_integer_sequence<int, 8>{})) {
    k -= 8;
    input += block_step;
    weights += 8 * 4 * Vectors;
  }
}

// A function of its own, and `emit` stays behind its reference: constants of the epilogue that a compiler moved into registers
// ahead of the loop would push sums out of them.
template <int Pixels, int Blocks, typename Emit>
[[gnu::noinline]] void multiply_group(const BlockedWeights& weights, size_t first_output, const float* input, size_t pixels,
                                      const Emit& emit) {
  for (size_t first = 0; first < pixels; first += Pixels) {
    Float4 sums[Pixels][2 * Blocks];
    multiply_tile(input + first * 8, pixels * 8, weights.inputs(), weights.group(first_output), sums);
    unroll<Pixels>([&](auto p) {
      if (first + p < pixels) emit(first + p, sums[p]);
    });
  }
}

}  // namespace product_detail

// The outputs of one group for all pixels of input [inputs / 8, pixels, 8]: emit(pixel, block of the group, low four, high
// four).
template <typename Emit>
void multiply_group(const BlockedWeights& weights, size_t first_output, const float* input, size_t pixels, const Emit& emit) {
  if (weights.outputs() - first_output >= kGroup) {
    product_detail::multiply_group<2, 2>(weights, first_output, input, pixels, emit);
  } else {
    product_detail::multiply_group<4, 1>(weights, first_output, input, pixels, emit);
  }
}

}  // namespace smoothgrad
