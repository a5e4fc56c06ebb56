// Compiled for size.
#include "core/layers/inverted_residual.h"

namespace smoothgrad {

void InvertedResidualLayer::forward(const ForwardPass& pass) const {
  for (size_t b = 0; b < static_cast<size_t>(pass.batch); ++b) {
    std::byte* saved = pass.saved + b * image_bytes();
    block_.forward(pass.inputs[0] + b * inputs()[0].size(), pass.output + b * output().size(), saved, pass.scratch,
                   [&](float* means, float* scales) {
                     squeeze_.forward(means, scales, saved + block_.saved_bytes(), pass.scratch + block_.scratch_bytes());
                   });
  }
}

void InvertedResidualLayer::backward(const BackwardPass& pass) const {
  for (size_t b = 0; b < static_cast<size_t>(pass.batch); ++b) {
    const std::byte* saved = pass.saved + b * image_bytes();
    block_.backward(pass.grad_output + b * output().size(), saved, pass.rule, pass.grad_inputs[0] + b * inputs()[0].size(),
                    pass.scratch, [&](float* grad_scales, float* grad_means) {
                      squeeze_.backward(grad_scales, grad_means, saved + block_.saved_bytes(), pass.rule,
                                        pass.scratch + block_.scratch_bytes());
                    });
  }
}

}  // namespace smoothgrad
