// An inverted residual block as one layer: see core/kernels/inverted_residual.h. Saves one bit for each wide element.
#pragma once

#include "core/kernels/inverted_residual.h"
#include "core/layers/layer.h"

namespace smoothgrad {

class InvertedResidualLayer final : public Layer {
 public:
  InvertedResidualLayer(const BlockOptions& options, const BlockWeights& weights, Shape input, Shape output,
                        int64_t multiply_adds)
      : Layer({input}, output), block_(options, weights), multiply_adds_(multiply_adds) {}

  std::string_view kind() const override { return "inverted-residual"; }
  size_t saved_bytes(int batch) const override { return static_cast<size_t>(batch) * block_.mask_bytes(); }
  size_t scratch_bytes(int) const override { return block_.scratch_bytes(); }
  size_t weight_bytes() const override { return block_.weight_bytes(); }
  int64_t multiply_adds() const override { return multiply_adds_; }

  void forward(const ForwardPass& pass) const override;
  void backward(const BackwardPass& pass) const override;

 private:
  InvertedResidual block_;
  int64_t multiply_adds_;
};

}  // namespace smoothgrad
