// Softmax cross-entropy of logits: L = ln sum_c exp(s_c) - s_label, with dL/ds = softmax(s) - onehot(label).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace smoothgrad::training {

struct Score {
  double loss = 0;     // summed over images
  size_t correct = 0;  // images whose label has the highest logit

  Score& operator+=(const Score& other) {
    loss += other.loss;
    correct += other.correct;
    return *this;
  }
};

// logits: [images, classes], which become `scale` times the gradient of the loss with respect to them. labels: one an image.
Score softmax_cross_entropy(std::span<float> logits, std::span<const uint8_t> labels, float scale);

}  // namespace smoothgrad::training
