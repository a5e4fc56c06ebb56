// BatchNormalization of a constant [N, C, ..], as networks have it that standardise the weights of their convolutions: a
// channel y = scale (x - mean) / sqrt(variance + epsilon) + shift; in training mode mean and variance are the channel's own.
#include <cmath>

#include "core/onnx/passes/folds.h"

namespace smoothgrad {
namespace {

struct Statistics {
  std::vector<double> mean, variance;  // a channel
};

// channel(i): that of element i; all have as many.
template <typename Channel>
Statistics measure(const std::vector<float>& numbers, size_t channels, Channel channel) {
  const double share = static_cast<double>(channels) / static_cast<double>(numbers.size());
  Statistics own{std::vector<double>(channels, 0.), std::vector<double>(channels, 0.)};
  for (size_t i = 0; i < numbers.size(); ++i) own.mean[channel(i)] += share * numbers[i];
  for (size_t i = 0; i < numbers.size(); ++i) {
    const double off = numbers[i] - own.mean[channel(i)];
    own.variance[channel(i)] += share * off * off;
  }
  return own;
}

}  // namespace

Folded fold_batch_normalization(const NodeReader& node) {
  const Constant* from = node.constant(0);
  if (node.node().op != "BatchNormalization" || !from || from->integer || from->size() == 0 || from->dims.size() < 2)
    return std::nullopt;
  const size_t channels = static_cast<size_t>(from->dims[1]);
  const Constant* learned[4] = {};  // scale, shift, mean, variance
  for (size_t k = 0; k < 4; ++k) {
    learned[k] = node.constant(k + 1);
    if (!learned[k] || learned[k]->integer || learned[k]->size() != channels) return std::nullopt;
  }
  const auto widened = [&learned](size_t k) {
    return std::vector<double>(learned[k]->floats.begin(), learned[k]->floats.end());
  };
  const size_t inner = from->size() / static_cast<size_t>(from->dims[0]) / channels;
  const auto channel = [=](size_t i) { return i / inner % channels; };
  const Statistics used =
      node.in_training_mode() ? measure(from->floats, channels, channel) : Statistics{widened(2), widened(3)};
  const double epsilon = node.real("epsilon", 1e-5f);
  Constant made = *from;
  for (size_t i = 0; i < made.size(); ++i) {
    const size_t c = channel(i);
    const double z = (made.floats[i] - used.mean[c]) / std::sqrt(used.variance[c] + epsilon);
    made.floats[i] = static_cast<float>(learned[0]->floats[c] * z + learned[1]->floats[c]);
  }
  return made;
}

}  // namespace smoothgrad
