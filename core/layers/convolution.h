// Convolution y = clamp(W * x + b), dense, grouped or depthwise, with a fused activation of the ReLU family, or a smooth
// one; a matrix product is one of 1x1. Saves one bit an output where it clamps, the slopes of what is smooth, else nothing.
#pragma once

#include <optional>

#include "core/kernels/dense.h"
#include "core/kernels/matrix_product.h"
#include "core/layers/layer.h"

namespace smoothgrad {

class Convolution final : public Layer {
 public:
  // weights: [O, I / groups, KH, KW] (ONNX's order); bias: [O].
  Convolution(const ConvGeometry& geometry, std::vector<float> weights, std::vector<float> bias);

  std::string_view kind() const override;
  Role role() const override;
  size_t saved_bytes(int batch) const override;
  size_t scratch_bytes(int batch) const override { return dense_ ? dense_->scratch_bytes(batch) : 0; }
  size_t weight_bytes() const override;
  int64_t multiply_adds() const override;
  void forward(const ForwardPass& pass) const override;
  void backward(const BackwardPass& pass) const override;

  bool absorb_scale_shift(std::span<const double> scale, std::span<const double> shift) override;
  bool absorb_clamp(Clamp clamp) override;
  bool absorb_smooth(const Smooth& smooth) override;
  void finish() override;

  const ConvGeometry& geometry() const { return geometry_; }
  Clamp clamp() const { return clamp_; }
  const Smooth& smooth() const { return smooth_; }
  bool activates() const { return smooth_ || clamp_ != Clamp{}; }
  bool depthwise() const;  // one filter a channel
  bool pointwise() const;  // 1x1, stride 1, no padding
  // As they were given, until finish().
  std::span<const float> weights() const { return weights_; }
  std::span<const float> bias() const { return bias_; }

 private:
  void forget_weights();

  ConvGeometry geometry_;
  Clamp clamp_;
  Smooth smooth_;                      // instead of a clamp
  std::vector<float> weights_, bias_;  // as given, then [KH, KW, C] and [C] where depthwise, else empty
  std::optional<DenseConvolution> dense_;
  std::optional<MatrixProduct> product_, transposed_product_;  // where pointwise; the second unless the first runs both ways
};

}  // namespace smoothgrad
