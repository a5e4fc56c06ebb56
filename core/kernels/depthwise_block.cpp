// Seven pixels by four channels are in registers at once: seven divides the widths of the usual networks (112 ... 7), and 7
// sums, 5 weights and a pixel are 13 of V8's 15 vector registers.
// Compiled for speed.
#include "core/kernels/depthwise_block.h"

#include "core/kernels/simd.h"
#include "core/kernels/unroll.h"

namespace smoothgrad {
namespace {

constexpr int kDepthwiseTile = 7;

// Which pixel of a tile reads the input column x through tap kx; if it is none, what is said is outside the tile.
template <int K, int Stride>
struct Correlation {  // the forward pass, and at stride 1 the backward pass with flipped weights
  static constexpr int kTaps = K, kStride = Stride;
  static constexpr int inputs(int pixels) { return (pixels - 1) * Stride + K; }
  static constexpr int pixel(int x, int kx) { return x < kx || (x - kx) % Stride != 0 ? -1 : (x - kx) / Stride; }
};

// The backward pass at stride 2: pixel i is read through tap kx by output j, 2 j + kx = i + Phase, stored K / 2 columns later.
template <int K, int Phase>
struct Spread {
  static constexpr int kTaps = K;
  static constexpr int inputs(int pixels) { return (pixels - 1 + Phase) / 2 + K / 2 + 1; }
  static constexpr int pixel(int x, int kx) { return 2 * (x - K / 2) + kx - Phase; }
};

struct Store {
  float* to;
  void operator()(size_t col, size_t half, Float4 sums) const { store(to + col * kBlock + half, sums); }
};

struct ClampAndStore {
  Float4 lo, hi;
  float* to;
  void operator()(size_t col, size_t half, Float4 sums) const { store(to + col * kBlock + half, min(max(sums, lo), hi)); }
};

struct Taps {
  const float* input;
  ptrdiff_t row_step;
  const float* weights;
  size_t weight_step;
  int rows;
};

// sums[i] += the taps of pixel i, four channels.
template <typename Pattern, int Pixels>
[[gnu::always_inline]] inline void add_taps(const Taps& taps, const float* input, size_t half, Float4 (&sums)[Pixels]) {
  constexpr int kTaps = Pattern::kTaps;
  const float* weights = taps.weights + half;
  input += half;
  const int rows = opaque(taps.rows);  // several rows in one basic block are too many loads for V8's registers
  for (int r = 0; r < rows; ++r, input += taps.row_step, weights += taps.weight_step) {
    Float4 weight[kTaps];
    for (int kx = 0; kx < kTaps; ++kx) weight[kx] = load(weights + kx * kBlock);
    unroll<Pattern::inputs(Pixels)>([&](auto x) {
      const Float4 value = load(input + x * kBlock);
      unroll<kTaps>([&](auto kx) {
        constexpr int kPixel = Pattern::pixel(x, kx);
        if constexpr (kPixel >= 0 && kPixel < Pixels) sums[kPixel] = multiply_add(value, weight[kx], sums[kPixel]);
      });
    });
  }
}

template <typename Pattern, int Pixels, typename Emit>
[[gnu::always_inline]] inline void tile(const Taps& taps, const float* input, const float* bias, int col, const Emit& emit) {
  for (size_t half = 0; half < kBlock; half += 4) {
    Float4 sums[Pixels];
    // The bias last: sums that begin with it lose more digits, and units beside a kink flip.
    for (int i = 0; i < Pixels; ++i) sums[i] = Float4{};
    add_taps<Pattern>(taps, input, half, sums);
    for (int i = 0; i < Pixels; ++i) emit(static_cast<size_t>(col + i), half, sums[i] + load(bias + half));
  }
}

// The loops are functions of their own, and `emit` stays behind its reference: constants of the epilogue that a compiler moved
// into registers ahead of the loop would push sums out of them.
template <typename Pattern, typename Emit>
[[gnu::noinline]] void correlate(const Taps& given_taps, const float* bias, int cols, const Emit& emit) {
  constexpr int kStep = Pattern::kStride * kBlock;
  const Taps taps = given_taps;
  const float* input = taps.input;
  int col = 0;
  for (; col + kDepthwiseTile <= cols; col += kDepthwiseTile, input += kDepthwiseTile * kStep) {
    tile<Pattern, kDepthwiseTile>(taps, input, bias, col, emit);
  }
  for (; col < cols; ++col, input += kStep) tile<Pattern, 1>(taps, input, bias, col, emit);
}

// Tiles of even width, so that all begin in the same phase.
template <int K, int Phase, typename Emit>
[[gnu::noinline]] void spread(const Taps& given_taps, const float* bias, int cols, const Emit& emit) {
  const Taps taps = given_taps;
  const float* input = taps.input;
  int col = 0;
  for (; col + 8 <= cols; col += 8, input += 4 * kBlock) tile<Spread<K, Phase>, 8>(taps, input, bias, col, emit);
  for (; col + 2 <= cols; col += 2, input += kBlock) tile<Spread<K, Phase>, 2>(taps, input, bias, col, emit);
  if (col < cols) tile<Spread<K, Phase>, 1>(taps, input, bias, col, emit);
}

}  // namespace

void correlate_row(const DepthwiseDirection& d, const DepthwiseRow& row, Clamp clamp, float* output) {
  const Taps taps{row.input, row.row_step, row.weights, static_cast<size_t>(d.kernel * kBlock), d.kernel};
  const ClampAndStore emit{splat(clamp.lo), splat(clamp.hi), output};
  if (d.kernel == 3 && d.stride == 1) correlate<Correlation<3, 1>>(taps, row.bias, row.cols, emit);
  if (d.kernel == 3 && d.stride == 2) correlate<Correlation<3, 2>>(taps, row.bias, row.cols, emit);
  if (d.kernel == 5 && d.stride == 1) correlate<Correlation<5, 1>>(taps, row.bias, row.cols, emit);
  if (d.kernel == 5 && d.stride == 2) correlate<Correlation<5, 2>>(taps, row.bias, row.cols, emit);
}

void backward_row(const DepthwiseDirection& d, const DepthwiseRow& row, float* output) {
  const Store emit{output};
  if (!d.spread) {
    const Taps taps{row.input, row.row_step, row.weights, static_cast<size_t>(d.kernel * kBlock), d.kernel};
    if (d.kernel == 3) correlate<Correlation<3, 1>>(taps, row.bias, row.cols, emit);
    if (d.kernel == 5) correlate<Correlation<5, 1>>(taps, row.bias, row.cols, emit);
    return;
  }
  // Tap 0 or 1 reads the last row of the piece, the next taps the rows above it.
  const int first_tap = (row.y + d.pad_y) & 1, phase = (row.x + d.pad_x) & 1;
  const Taps taps{row.input + d.kernel / 2 * row.row_step, -row.row_step, row.weights + first_tap * d.kernel * kBlock,
                  static_cast<size_t>(2 * d.kernel * kBlock), (d.kernel - first_tap + 1) / 2};
  if (d.kernel == 3 && phase == 0) spread<3, 0>(taps, row.bias, row.cols, emit);
  if (d.kernel == 3 && phase == 1) spread<3, 1>(taps, row.bias, row.cols, emit);
  if (d.kernel == 5 && phase == 0) spread<5, 0>(taps, row.bias, row.cols, emit);
  if (d.kernel == 5 && phase == 1) spread<5, 1>(taps, row.bias, row.cols, emit);
}

}  // namespace smoothgrad
