// The inverted residual block (Sandler et al. 2018) in one pass: a 1x1 convolution widens, a depthwise one follows, a 1x1
// narrows; clamps after the first two; optionally the input is added. The wide tensors exist for a stripe of rows at a time,
// eight channels before and all channels behind the depthwise convolution, and so stay in cache; of their values the forward
// pass keeps one bit each. The backward pass is the same pipeline with transposed weights.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/rule.h"
#include "core/kernels/blocked_product.h"
#include "core/kernels/depthwise_block.h"
#include "core/kernels/geometry.h"

namespace smoothgrad {

struct InvertedResidualWeights {
  std::span<const float> expand, expand_bias;        // [wide, inputs], [wide]; empty without an expansion
  std::span<const float> depthwise, depthwise_bias;  // [K, K, wide], [wide]
  std::span<const float> project, project_bias;      // [outputs, wide], [outputs]
};

class InvertedResidual {
 public:
  struct Options {
    int inputs = 0, outputs = 0;
    ConvGeometry depthwise;  // of the wide tensors
    Clamp expand_clamp, depthwise_clamp;
    bool expands = true;  // else the block's input is the wide tensor
    bool residual = false;
  };

  // Whether this geometry is one that the kernels have; anything else is for the layers one by one.
  static bool covers(const Options& options);

  InvertedResidual(const Options& options, const InvertedResidualWeights& weights);

  size_t mask_bytes() const { return wide_input_mask() + wide_output_.size() / 8; }  // of one image
  size_t scratch_bytes() const { return scratch_bytes_; }
  size_t weight_bytes() const;

  // input [H, W, inputs] -> output [OH, OW, outputs], masks
  void forward(const float* input, float* output, uint8_t* masks, std::byte* scratch) const;
  // grad_output [OH, OW, outputs] -> grad_input [H, W, inputs], overwritten
  void backward(const float* grad_output, const uint8_t* masks, Rule rule, float* grad_input, std::byte* scratch) const;

 private:
  // One of the two directions: narrow source -> widen -> depthwise -> narrow -> target.
  struct Direction {
    DepthwiseDirection depthwise;
    std::optional<BlockedWeights> widen, narrow;  // the one on the block's input side is absent without an expansion
    std::vector<float> taps, bias;                // [wide / 8, K * K, 8], [wide]
    int stripe;                                   // rows of the depthwise output at a time
    int plane_cols, plane_rows;
  };
  struct Scratch;

  size_t wide_input_mask() const { return options_.expands ? wide_input_.size() / 8 : 0; }
  Direction plan(const DepthwiseDirection& depthwise) const;
  template <typename WideGate, typename NarrowGate, typename Mask>
  void run(const Direction& direction, WideGate wide_gate, Mask* wide_mask, NarrowGate narrow_gate, Mask* narrow_mask,
           const float* source, const float* residual, float* target, std::byte* scratch) const;

  Options options_;
  Shape wide_input_, wide_output_;
  Direction forward_, backward_;
  size_t scratch_bytes_;
};

}  // namespace smoothgrad
