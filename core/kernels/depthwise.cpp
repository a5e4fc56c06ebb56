// Compiled for speed.
#include "core/kernels/depthwise.h"

#include <algorithm>

#include "core/kernels/depthwise_block.h"
#include "core/kernels/simd.h"

namespace smoothgrad {

void pack_plane(Shape shape, const float* image, size_t first, size_t channels, const Piece& piece, float* plane) {
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
    const size_t pixel =
        static_cast<size_t>(row) * static_cast<size_t>(shape.width) + static_cast<size_t>(piece.first_col + begin);
    const float* from = image + pixel * stride + first;
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

namespace {

constexpr int kMaxTaps = 25;
constexpr int kMaxCols = 56;        // of a piece of the output
constexpr size_t kPlane = 640 * 8;  // floats of a piece of the input: it stays in the first-level cache

struct Problem {
  DepthwiseDirection direction;
  const float* input;
  const float* weights;  // [K, K, C]
  const float* bias;     // [C], or null for zeros
  bool backward;
  Clamp clamp;
  float* output;
};

// Rows y0 ... y1 - 1 by columns x0 ... x1 - 1 of the output, the `channels` <= 8 from `first` on.
struct Part {
  int y0, y1, x0, x1;
  size_t first, channels;
};

void run_part(const Problem& problem, const Part& part) {
  alignas(64) float plane[kPlane];
  alignas(64) float weights[kMaxTaps * kBlock] = {};
  alignas(64) float bias[kBlock] = {};
  alignas(64) float sums[kMaxCols * kBlock];
  const DepthwiseDirection& d = problem.direction;
  const size_t stride = static_cast<size_t>(d.output.channels), taps = static_cast<size_t>(d.kernel * d.kernel);
  const bool flip = problem.backward && !d.spread;
  for (size_t t = 0; t < taps; ++t) {
    const float* from = problem.weights + (flip ? taps - 1 - t : t) * stride + part.first;
    std::copy_n(from, part.channels, weights + t * kBlock);
  }
  if (problem.bias) std::copy_n(problem.bias + part.first, part.channels, bias);
  const Piece piece = d.piece(part.y0, part.y1, part.x0, part.x1);
  pack_plane(d.input, problem.input, part.first, part.channels, piece, plane);

  for (int y = part.y0; y < part.y1; ++y) {
    const size_t pixel = static_cast<size_t>(y) * static_cast<size_t>(d.output.width) + static_cast<size_t>(part.x0);
    const ptrdiff_t row_step = piece.cols * kBlock;
    const DepthwiseRow row{
        plane + (d.first(y, d.pad_y) - piece.first_row) * row_step, row_step, weights, bias, y, part.x0, part.x1 - part.x0};
    if (problem.backward) {
      backward_row(d, row, sums);
    } else {
      correlate_row(d, row, problem.clamp, sums);
    }
    float* output = problem.output + pixel * stride + part.first;
    for (const float* from = sums; from < sums + row.cols * kBlock; from += kBlock, output += stride) {
      if (part.channels == kBlock) {
        store(output, load(from));
        store(output + 4, load(from + 4));
      } else {
        std::copy_n(from, part.channels, output);
      }
    }
  }
}

// Piece by piece, all channels of one before the next, while its lines are in the second-level cache.
void run_parts(const Problem& problem) {
  const DepthwiseDirection& d = problem.direction;
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
  if (DepthwiseDirection::covers(g)) {
    run_parts({DepthwiseDirection::forward(g), input, weights, bias, false, clamp, output});
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
  if (DepthwiseDirection::covers(g)) {
    run_parts({DepthwiseDirection::backward(g), grad_output, weights, nullptr, true, Clamp{}, grad_input});
    return;
  }
  const size_t channels = static_cast<size_t>(g.output.channels);
  std::fill_n(grad_input, g.input.size(), 0.f);
  for_each_tap(g, [&](size_t out, size_t tap, size_t in) {
    add_scaled(grad_output + out * channels, weights + tap * channels, channels, grad_input + in * channels);
  });
}

}  // namespace smoothgrad
