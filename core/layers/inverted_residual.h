// An inverted residual block as one layer: see core/kernels/inverted_residual.h. What makes the gate's scales of the channels'
// means, where there is a gate, are layers of its own.
#pragma once

#include "core/kernels/inverted_residual.h"
#include "core/layers/layer_chain.h"

namespace smoothgrad {

class InvertedResidualLayer final : public Layer {
 public:
  InvertedResidualLayer(const BlockOptions& options, const BlockWeights& weights, Shape input, Shape output,
                        int64_t multiply_adds, std::vector<std::unique_ptr<Layer>> squeeze)
      : Layer({input}, output), block_(options, weights), squeeze_(std::move(squeeze)), multiply_adds_(multiply_adds) {}

  std::string_view kind() const override { return "inverted-residual"; }
  size_t saved_bytes(int batch) const override { return static_cast<size_t>(batch) * image_bytes(); }
  size_t scratch_bytes(int) const override { return block_.scratch_bytes() + squeeze_.scratch_bytes(); }
  size_t weight_bytes() const override { return block_.weight_bytes() + squeeze_.weight_bytes(); }
  int64_t multiply_adds() const override { return multiply_adds_ + squeeze_.multiply_adds(); }
  void finish() override { squeeze_.finish(); }

  void forward(const ForwardPass& pass) const override;
  void backward(const BackwardPass& pass) const override;

 private:
  size_t image_bytes() const { return block_.saved_bytes() + squeeze_.saved_bytes(); }

  InvertedResidual block_;
  LayerChain squeeze_;
  int64_t multiply_adds_;
};

}  // namespace smoothgrad
