// Adam (Kingma and Ba 2015): steps along the mean of the gradients over the root of the mean of their squares, both decaying
// and corrected for their start at zero.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace smoothgrad::training {

class Adam {
 public:
  explicit Adam(size_t size) : mean_(size, 0.f), square_(size, 0.f) {}

  void step(std::span<float> parameters, std::span<const float> gradient, double learning_rate);

 private:
  std::vector<float> mean_, square_;
  int64_t steps_ = 0;
};

}  // namespace smoothgrad::training
