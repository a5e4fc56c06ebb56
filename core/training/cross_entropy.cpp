// Compiled for speed.
#include "core/training/cross_entropy.h"

#include <algorithm>
#include <cmath>

namespace smoothgrad::training {

Score softmax_cross_entropy(std::span<float> logits, std::span<const uint8_t> labels, float scale) {
  const size_t classes = logits.size() / labels.size();
  Score score;
  for (size_t image = 0; image < labels.size(); ++image) {
    const std::span<float> s = logits.subspan(image * classes, classes);
    const size_t best = static_cast<size_t>(std::ranges::max_element(s) - s.begin());
    const float label_logit = s[labels[image]], highest = s[best];
    double sum = 0;
    for (float& value : s) {
      value = std::exp(value - highest);
      sum += value;
    }
    for (float& value : s) value *= scale / static_cast<float>(sum);
    s[labels[image]] -= scale;
    score += {std::log(sum) + highest - label_logit, best == labels[image] ? size_t{1} : size_t{0}};
  }
  return score;
}

}  // namespace smoothgrad::training
