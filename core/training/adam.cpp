// Compiled for speed.
#include "core/training/adam.h"

#include <cmath>

namespace smoothgrad::training {
namespace {

constexpr double kDecay = 0.9, kSquareDecay = 0.999;
constexpr float kEpsilon = 1e-8f;

}  // namespace

void Adam::step(std::span<float> parameters, std::span<const float> gradient, double learning_rate) {
  ++steps_;
  const double seen = 1 - std::pow(kDecay, static_cast<double>(steps_));
  const double square_seen = 1 - std::pow(kSquareDecay, static_cast<double>(steps_));
  const float rate = static_cast<float>(learning_rate / seen), scale = static_cast<float>(1 / std::sqrt(square_seen));
  constexpr float kept = static_cast<float>(kDecay), fresh = static_cast<float>(1 - kDecay);
  constexpr float square_kept = static_cast<float>(kSquareDecay), square_fresh = static_cast<float>(1 - kSquareDecay);
  for (size_t i = 0; i < parameters.size(); ++i) {
    mean_[i] = kept * mean_[i] + fresh * gradient[i];
    square_[i] = square_kept * square_[i] + square_fresh * gradient[i] * gradient[i];
    parameters[i] -= rate * mean_[i] / (std::sqrt(square_[i]) * scale + kEpsilon);
  }
}

}  // namespace smoothgrad::training
