#include "core/kernels/depthwise.h"

#include <algorithm>

#include "core/kernels/depthwise_block.h"

namespace smoothgrad {
namespace {

constexpr int kTile = 7;             // output pixels in registers
constexpr int kMaxTaps = 25;
constexpr int kMaxCols = 56;        // of a piece of the output
constexpr size_t kPlane = 640 * 8;  // floats of a piece of the input: it stays in the first-level cache

// A piece of one block of channels, packed with zeros where it reaches outside: [rows, cols, 8].
struct Piece {
  int first_row, first_col, rows, cols;

  size_t size() const { return static_cast<size_t>(rows) * static_cast<size_t>(cols) * kBlock; }
};

// [H, W, C] at its channel `first` -> plane; `channels` <= 8 of the block exist.
void pack_piece(Shape shape, const float* image, size_t first, size_t channels, const Piece& piece, float* plane) {
  const size_t stride = static_cast<size_t>(shape.channels);
  const int begin = std::clamp(-piece.first_col, 0, piece.cols);
  const int end = std::clamp(shape.width - piece.first_col, begin, piece.cols);
  for (int row = piece.first_row; row < piece.first_row + piece.rows; ++row, plane += piece.cols * kBlock) {
    if (row < 0 || row >= shape.height) {
      std::fill_n(plane, piece.cols * kBlock, 0.f);
      continue;
    }
    std::fill_n(plane, begin * kBlock, 0.f);
    std::fill_n(plane + end * kBlock, (piece.cols - end) * kBlock, 0.f);
    const float* from = image + (static_cast<size_t>(row) * static_cast<size_t>(shape.width) +
                                 static_cast<size_t>(piece.first_col + begin)) * stride + first;
    for (float* to = plane + begin * kBlock; to < plane + end * kBlock; to += kBlock, from += stride) {
      if (channels == kBlock) {
        store(to, load(from));
        store(to + 4, load(from + 4));
      } else {
        std::fill_n(std::copy_n(from, channels, to), kBlock - channels, 0.f);
      }
    }
  }
}

// What differs between the directions and strides.
struct Direction {
  int kernel;
  bool spread;        // the backward pass at stride 2
  int stride;         // of the input under a step of the output, unless spread
  int pad_y, pad_x;   // of the forward pass where spread
  Shape input, output;

  // First row or column of the input that output `at` reads.
  int first(int at, int pad) const { return spread ? ((at + pad) >> 1) - kernel / 2 : at * stride - pad; }
  // One behind the last.
  int end(int at, int pad) const { return spread ? ((at + pad) >> 1) + 1 : at * stride - pad + kernel; }

  // What rows y0 ... y1 - 1 by columns x0 ... x1 - 1 of the output read.
  Piece piece(int y0, int y1, int x0, int x1) const {
    const int row = first(y0, pad_y), col = first(x0, pad_x);
    return {row, col, end(y1 - 1, pad_y) - row, end(x1 - 1, pad_x) - col};
  }
};

template <typename Pattern>
void run_correlation(DepthwiseRow row, const float* bias, Clamp clamp) {
  constexpr int kStep = Pattern::column(1, 0) * kBlock;
  for (; row.cols >= kTile; row.cols -= kTile) {
    depthwise_tile<Pattern, kTile>(row, row.input, bias, clamp, row.output);
    row.input += kTile * kStep;
    row.output += kTile * row.pixel_step;
  }
  for (; row.cols > 0; --row.cols) {
    depthwise_tile<Pattern, 1>(row, row.input, bias, clamp, row.output);
    row.input += kStep;
    row.output += row.pixel_step;
  }
}

// phase: of the first pixel; a step of odd length changes it.
template <int K>
void run_spread(DepthwiseRow row, int phase, const float* bias, Clamp clamp) {
  const auto tile = [&]<int Pixels>() {
    if (phase == 0) {
      depthwise_tile<Spread<K, 0>, Pixels>(row, row.input, bias, clamp, row.output);
    } else {
      depthwise_tile<Spread<K, 1>, Pixels>(row, row.input, bias, clamp, row.output);
    }
    row.input += (Pixels + phase) / 2 * kBlock;
    row.output += Pixels * row.pixel_step;
    row.cols -= Pixels;
    phase = (phase + Pixels) & 1;
  };
  while (row.cols >= kTile) tile.template operator()<kTile>();
  while (row.cols > 0) tile.template operator()<1>();
}

struct Problem {
  Direction direction;
  const float* input;
  const float* weights;  // [K, K, C]
  const float* bias;     // [C], or null for zeros
  bool flip;             // tap t is the last but t
  Clamp clamp;
  float* output;
};

// Rows y0 ... y1 - 1 by columns x0 ... x1 - 1 of the output, the `channels` <= 8 from `first` on.
struct Part {
  int y0, y1, x0, x1;
  size_t first, channels;
};

void run_row(const Direction& d, DepthwiseRow row, const float* weights, const float* bias, int y, int x, Clamp clamp) {
  row.weights = weights;
  row.weight_step = static_cast<size_t>(d.kernel * kBlock);
  row.row_count = d.kernel;
  if (!d.spread) {
    if (d.kernel == 3 && d.stride == 1) run_correlation<Correlation<3, 1>>(row, bias, clamp);
    if (d.kernel == 3 && d.stride == 2) run_correlation<Correlation<3, 2>>(row, bias, clamp);
    if (d.kernel == 5 && d.stride == 1) run_correlation<Correlation<5, 1>>(row, bias, clamp);
    if (d.kernel == 5 && d.stride == 2) run_correlation<Correlation<5, 2>>(row, bias, clamp);
    return;
  }
  const int first_tap = (y + d.pad_y) & 1, phase = (x + d.pad_x) & 1;
  row.input += (d.kernel / 2) * row.row_step;  // of tap 0 or 1; the next taps read the rows above
  row.row_step = -row.row_step;
  row.weights += first_tap * d.kernel * kBlock;
  row.weight_step *= 2;
  row.row_count = (d.kernel - first_tap + 1) / 2;
  if (d.kernel == 3) run_spread<3>(row, phase, bias, clamp);
  if (d.kernel == 5) run_spread<5>(row, phase, bias, clamp);
}

void run_part(const Problem& problem, const Part& part) {
  alignas(64) float plane[kPlane];
  alignas(64) float weights[kMaxTaps * kBlock] = {};
  alignas(64) float bias[kBlock] = {};
  alignas(64) float partial[kMaxCols * kBlock];
  const Direction& d = problem.direction;
  const size_t stride = static_cast<size_t>(d.output.channels), taps = static_cast<size_t>(d.kernel * d.kernel);
  for (size_t t = 0; t < taps; ++t) {
    const float* from = problem.weights + (problem.flip ? taps - 1 - t : t) * stride + part.first;
    std::copy_n(from, part.channels, weights + t * kBlock);
  }
  if (problem.bias) std::copy_n(problem.bias + part.first, part.channels, bias);
  const Piece piece = d.piece(part.y0, part.y1, part.x0, part.x1);
  pack_piece(d.input, problem.input, part.first, part.channels, piece, plane);
  const bool whole = part.channels == kBlock;
  for (int y = part.y0; y < part.y1; ++y) {
    const size_t pixel = static_cast<size_t>(y) * static_cast<size_t>(d.output.width) + static_cast<size_t>(part.x0);
    float* output = problem.output + pixel * stride + part.first;
    DepthwiseRow row{};
    row.row_step = piece.cols * kBlock;
    row.input = plane + (d.first(y, d.pad_y) - piece.first_row) * row.row_step;
    row.cols = part.x1 - part.x0;
    row.output = whole ? output : partial;
    row.pixel_step = whole ? stride : kBlock;
    run_row(d, row, weights, bias, y, part.x0, problem.clamp);
    for (int x = 0; !whole && x < row.cols; ++x) {
      std::copy_n(partial + x * kBlock, part.channels, output + static_cast<size_t>(x) * stride);
    }
  }
}

// Piece by piece, all channels of one before the next, while its lines are in the second-level cache.
void run_blocks(const Problem& problem) {
  const Direction& d = problem.direction;
  const size_t channels = static_cast<size_t>(d.input.channels);
  Part part{};
  for (part.x0 = 0; part.x0 < d.output.width; part.x0 = part.x1) {
    part.x1 = std::min(part.x0 + kMaxCols / d.stride, d.output.width);
    for (part.y0 = 0; part.y0 < d.output.height; part.y0 = part.y1) {
      for (part.y1 = part.y0 + 1; part.y1 < d.output.height; ++part.y1) {
        if (d.piece(part.y0, part.y1 + 1, part.x0, part.x1).size() > kPlane) break;
      }
      for (part.first = 0; part.first < channels; part.first += kBlock) {
        part.channels = std::min<size_t>(kBlock, channels - part.first);
        run_part(problem, part);
      }
    }
  }
}

bool has_block_kernel(const ConvGeometry& g) {
  return g.kernel_height == g.kernel_width && (g.kernel_height == 3 || g.kernel_height == 5) && g.stride_y == g.stride_x &&
         (g.stride_y == 1 || g.stride_y == 2) && g.dilation_y == 1 && g.dilation_x == 1;
}

// Any geometry: output pixel by output pixel, all channels of a tap together.
void add_scaled(const float* a, const float* b, size_t size, float* sum) {
  size_t i = 0;
  for (; i + 4 <= size; i += 4) store(sum + i, multiply_add(load(a + i), load(b + i), load(sum + i)));
  for (; i < size; ++i) sum[i] += a[i] * b[i];
}

// visit(output pixel, tap, input pixel) for all taps that fall inside; outputs in order.
template <typename Visit>
void for_each_tap(const ConvGeometry& g, Visit visit) {
  size_t out = 0;
  for (int oy = 0; oy < g.output.height; ++oy) {
    for (int ox = 0; ox < g.output.width; ++ox, ++out) {
      for (int ky = 0; ky < g.kernel_height; ++ky) {
        const int iy = oy * g.stride_y + ky * g.dilation_y - g.pad_top;
        if (iy < 0 || iy >= g.input.height) continue;
        for (int kx = 0; kx < g.kernel_width; ++kx) {
          const int ix = ox * g.stride_x + kx * g.dilation_x - g.pad_left;
          if (ix < 0 || ix >= g.input.width) continue;
          visit(out, static_cast<size_t>(ky * g.kernel_width + kx),
                static_cast<size_t>(iy) * static_cast<size_t>(g.input.width) + static_cast<size_t>(ix));
        }
      }
    }
  }
}

}  // namespace

void depthwise_forward(const ConvGeometry& geometry, const float* input, const float* weights, const float* bias, Clamp clamp,
                       float* output) {
  const ConvGeometry& g = geometry;
  if (has_block_kernel(g)) {
    const Direction forward{g.kernel_height, false, g.stride_y, g.pad_top, g.pad_left, g.input, g.output};
    run_blocks({forward, input, weights, bias, false, clamp, output});
    return;
  }
  const size_t channels = static_cast<size_t>(g.output.channels);
  for (size_t pixel = 0; pixel < g.output.pixels(); ++pixel) std::copy_n(bias, channels, output + pixel * channels);
  for_each_tap(g, [&](size_t out, size_t tap, size_t in) {
    add_scaled(input + in * channels, weights + tap * channels, channels, output + out * channels);
  });
  for (size_t i = 0; i < g.output.size(); ++i) output[i] = std::min(std::max(output[i], clamp.lo), clamp.hi);
}

void depthwise_backward(const ConvGeometry& geometry, const float* grad_output, const float* weights, float* grad_input) {
  const ConvGeometry& g = geometry;
  if (has_block_kernel(g)) {
    const int flipped = g.kernel_height - 1;
    const Direction backward =
        g.stride_y == 1
            ? Direction{g.kernel_height, false, 1, flipped - g.pad_top, flipped - g.pad_left, g.output, g.input}
            : Direction{g.kernel_height, true, 1, g.pad_top, g.pad_left, g.output, g.input};
    run_blocks({backward, grad_output, weights, nullptr, g.stride_y == 1, Clamp{}, grad_input});
    return;
  }
  const size_t channels = static_cast<size_t>(g.output.channels);
  std::fill_n(grad_input, g.input.size(), 0.f);
  for_each_tap(g, [&](size_t out, size_t tap, size_t in) {
    add_scaled(grad_output + out * channels, weights + tap * channels, channels, grad_input + in * channels);
  });
}

}  // namespace smoothgrad
