// The inverted residual block, stripe by stripe (stripes.h), with units of the ReLU family: of the wide values the forward pass
// keeps one bit each.
#pragma once

#include "core/base/rule.h"
#include "core/kernels/stripes.h"

namespace smoothgrad {

class InvertedResidual {
 public:
  InvertedResidual(const BlockOptions& options, const BlockWeights& weights) : block_(options, weights) {}

  size_t mask_bytes() const { return wide_input_mask() + block_.wide_output.size() / 8; }  // of one image
  size_t scratch_bytes() const { return block_.scratch_bytes(); }
  size_t weight_bytes() const { return block_.weight_bytes(); }

  // input [H, W, inputs] -> output [OH, OW, outputs], masks
  void forward(const float* input, float* output, uint8_t* masks, std::byte* scratch) const;
  // grad_output [OH, OW, outputs] -> grad_input [H, W, inputs], overwritten
  void backward(const float* grad_output, const uint8_t* masks, Rule rule, float* grad_input, std::byte* scratch) const;

 private:
  size_t wide_input_mask() const { return block_.options.expands ? block_.wide_input.size() / 8 : 0; }

  StripedBlock block_;
};

}  // namespace smoothgrad
