// Compiled for size.
#include "core/layers/inverted_residual.h"

namespace smoothgrad {

void InvertedResidualLayer::forward(const ForwardPass& pass) const {
  uint8_t* masks = reinterpret_cast<uint8_t*>(pass.saved);
  for (size_t b = 0; b < static_cast<size_t>(pass.batch); ++b) {
    block_.forward(pass.inputs[0] + b * inputs()[0].size(), pass.output + b * output().size(), masks + b * block_.mask_bytes(),
                   pass.scratch);
  }
}

void InvertedResidualLayer::backward(const BackwardPass& pass) const {
  const uint8_t* masks = reinterpret_cast<const uint8_t*>(pass.saved);
  for (size_t b = 0; b < static_cast<size_t>(pass.batch); ++b) {
    block_.backward(pass.grad_output + b * output().size(), masks + b * block_.mask_bytes(), pass.rule,
                    pass.grad_inputs[0] + b * inputs()[0].size(), pass.scratch);
  }
}

}  // namespace smoothgrad
