// Layers that follow each other, each the only reader of the one before, run as one on one small image: no arena plans for
// them.
#pragma once

#include <memory>
#include <vector>

#include "core/layers/layer.h"

namespace smoothgrad {

class LayerChain {
 public:
  explicit LayerChain(std::vector<std::unique_ptr<Layer>> layers);

  size_t saved_bytes() const { return saved_bytes_; }
  size_t scratch_bytes() const { return scratch_bytes_; }
  size_t weight_bytes() const;
  int64_t multiply_adds() const;
  void finish();

  // Buffers are aligned to 64 bytes. grad_output may be overwritten.
  void forward(const float* input, float* output, std::byte* saved, std::byte* scratch) const;
  void backward(float* grad_output, float* grad_input, const std::byte* saved, Rule rule, std::byte* scratch) const;

 private:
  std::vector<std::unique_ptr<Layer>> layers_;
  size_t saved_bytes_ = 0, value_bytes_ = 0, scratch_bytes_ = 0;
};

}  // namespace smoothgrad
