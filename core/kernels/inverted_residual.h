// The inverted residual block (stripes.h) with clamps or smooth activations and, perhaps, a gate that scales each channel of
// the wide tensor behind the depthwise convolution by what is made of the channels' means (squeeze and excitation: Hu et al.
// 2018). The forward pass keeps one bit an element of clamps, the slopes of smooth activations, and what the gate scales. With
// a gate all stripes come before the means, and what narrows after them: that tensor is there as a whole.
#pragma once

#include "core/base/function_ref.h"
#include "core/base/rule.h"
#include "core/kernels/stripes.h"

namespace smoothgrad {

class InvertedResidual {
 public:
  // From a number a channel to another one: the means to the scales, or the gradient of the scales to that of the means.
  using Squeeze = FunctionRef<void(float*, float*)>;

  InvertedResidual(const BlockOptions& options, const BlockWeights& weights);

  size_t saved_bytes() const { return saved_.end; }  // of one image
  size_t scratch_bytes() const { return scratch_bytes_; }
  size_t weight_bytes() const { return block_.weight_bytes(); }

  // input [H, W, inputs] -> output [OH, OW, outputs], saved; squeeze is asked once where there is a gate
  void forward(const float* input, float* output, std::byte* saved, std::byte* scratch, Squeeze squeeze) const;
  // grad_output [OH, OW, outputs] -> grad_input [H, W, inputs], overwritten
  void backward(const float* grad_output, const std::byte* saved, Rule rule, float* grad_input, std::byte* scratch,
                Squeeze squeeze) const;

 private:
  // Where it is, in bytes. Everything by channel and pixel is [wide / 8, pixels, 8].
  struct Saved {
    size_t expanded, filtered, gated, scales, end;
  };

  void gate_gradient(const float* grad_output, const float* gated, float* gradient, float* grad_scales,
                     const stripes::Scratch& scratch) const;

  StripedBlock block_;
  Saved saved_ = {};
  size_t scratch_bytes_;
};

}  // namespace smoothgrad
