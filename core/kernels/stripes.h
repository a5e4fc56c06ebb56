// The inverted residual block (Sandler et al. 2018) in one pass: a 1x1 convolution widens, a depthwise one follows, a 1x1
// narrows; activations behind the first two; optionally the input is added. The wide tensors exist for a stripe of rows at a
// time, eight channels before and all channels behind the depthwise convolution, and so stay in cache. The backward pass is
// the same pipeline with transposed weights. Here is how stripes follow each other; what happens to the wide values is in
// inverted_residual.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/function_ref.h"
#include "core/kernels/blocked_product.h"
#include "core/kernels/depthwise_block.h"
#include "core/kernels/geometry.h"
#include "core/kernels/smooth.h"

namespace smoothgrad {

struct BlockOptions {
  int inputs = 0, outputs = 0;
  ConvGeometry depthwise;  // of the wide tensors
  Clamp expand_clamp, depthwise_clamp;
  Smooth expand_smooth, depthwise_smooth;  // instead of the clamp, where there is one
  bool expands = true;                     // else the block's input is the wide tensor
  bool residual = false;
  bool gated = false;  // a number a channel, made of the means of all pixels, scales what is behind the depthwise convolution
};

struct BlockWeights {
  std::span<const float> expand, expand_bias;        // [wide, inputs], [wide]; empty without an expansion
  std::span<const float> depthwise, depthwise_bias;  // [K, K, wide], [wide]
  std::span<const float> project, project_bias;      // [outputs, wide], [outputs]
};

// One of the two directions: narrow source -> widen -> depthwise -> narrow -> target.
struct BlockDirection {
  DepthwiseDirection depthwise;
  std::optional<BlockedWeights> widen, narrow;  // the one on the block's input side is absent without an expansion
  std::vector<float> taps, bias;                // [wide / 8, K * K, 8], [wide]
  int stripe = 1;                               // rows of the depthwise output at a time
  int plane_cols = 0, plane_rows = 0;

  explicit BlockDirection(const DepthwiseDirection& direction);
};

struct StripedBlock {
  BlockOptions options;
  Shape wide_input, wide_output;
  BlockDirection forward, backward;

  // Whether this geometry is one that the kernels have; anything else is for the layers one by one.
  static bool covers(const BlockOptions& options);

  StripedBlock(const BlockOptions& block_options, const BlockWeights& weights);

  size_t weight_bytes() const;
  size_t scratch_bytes() const;
};

namespace stripes {

inline size_t count(int value) { return static_cast<size_t>(value); }

// Floats for so many, in whole lines of the cache.
inline size_t lines(size_t floats) { return (floats + 15) / 16 * 16; }

// What a stripe works on. Without memory it only counts.
struct Scratch {
  float* packed;  // [inputs / 8, new pixels, 8] of the source
  float* plane;   // [plane rows, plane cols, 8]
  float* kept;    // [wide / 8, kernel rows, plane cols, 8]: rows that the next stripe reads again
  float* narrow;  // [wide / 8, pixels of the stripe, 8] behind the depthwise convolution
  float* made;    // [new pixels, 8], as widening makes them

  size_t size = 0;  // floats in all

  Scratch(const BlockDirection& direction, std::byte* memory);
};

struct Stripe {
  int y0, y1;               // rows of the depthwise output
  int first, last;          // rows of its input, inside the image, that no stripe before has made
  size_t pixel0, pixels;    // of these rows
  size_t output0, outputs;  // pixels of the depthwise output
  int first_row, left;      // of the image, in the first row of the plane; the plane's column of the image's first
  size_t plane_row;         // floats

  size_t at_row(int row) const { return count(row - first_row) * plane_row; }
  size_t at_pixel(int row) const { return at_row(row) + count(left) * kBlock; }
};

// Eight channels of [H, W, C] as they are, to the new rows of the plane.
void copy_source(const BlockDirection& direction, const Stripe& stripe, size_t block, const float* source,
                 const Scratch& scratch);
// Eight of the channels that widening makes of packed pixels: [pixels, 8].
void widen(const BlockDirection& direction, size_t block, const float* packed, size_t pixels, float* to);
// scratch.narrow to the stripe's pixels of the target [H, W, outputs], `added` (or null) of the same shape on top.
void narrow_stripe(const BlockDirection& direction, const Stripe& stripe, const Scratch& scratch, const float* added,
                   float* target);

// What a block does to the wide values of one direction. Stripes come in order, and of a stripe all channels, row by row.
struct Pass {
  FunctionRef<void(const Stripe&)> begin;
  FunctionRef<void(const Stripe&, size_t block)> fill;                     // the new rows of eight channels, to the plane
  FunctionRef<void(const DepthwiseRow&, size_t block, float* to)> filter;  // the plane to a row of [pixels, 8]
  FunctionRef<void(const Stripe&)> end;
};

void run(const BlockDirection& direction, const Scratch& scratch, const Pass& pass);

}  // namespace stripes
}  // namespace smoothgrad
