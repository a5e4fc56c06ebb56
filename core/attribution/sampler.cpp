#include "core/attribution/sampler.h"

#include <algorithm>

#include "core/attribution/noise.h"

namespace smoothgrad {

Sampler::Sampler(std::shared_ptr<const Network> network, std::vector<float> input, const Method& method,
                 const SamplerOptions& options)
    : network_(std::move(network)),
      input_(std::move(input)),
      method_(method),
      options_(options),
      class_weights_(static_cast<size_t>(network_->classes()), 0.f) {
  const auto [lowest, highest] = std::ranges::minmax(input_);
  sigma_ = method_.noisy ? static_cast<float>(options_.noise * (static_cast<double>(highest) - lowest)) : 0.f;
  class_weights_[static_cast<size_t>(options_.target)] = 1;
  if (options_.versus) class_weights_[static_cast<size_t>(*options_.versus)] = -1;
}

// Noise is numbered channels first, as tensors are outside the engine.
void Sampler::add_noise(int64_t sample, Lane& lane, std::span<float> to) const {
  if (lane.noise_sample != sample) {
    lane.noise.resize(input_.size());
    standard_normal(options_.seed, static_cast<uint64_t>(sample), lane.noise);
    lane.noise_sample = sample;
  }
  const Shape shape = network_->input_shape();
  const size_t pixels = shape.pixels(), channels = static_cast<size_t>(shape.channels);
  for (size_t c = 0; c < channels; ++c) {
    const float* noise = lane.noise.data() + c * pixels;
    for (size_t p = 0; p < pixels; ++p) to[p * channels + c] += sigma_ * noise[p];
  }
}

void Sampler::term(int64_t sample, int step, Lane& lane, std::span<float> out) const {
  std::copy(input_.begin(), input_.end(), out.begin());  // out holds the sample's input until its gradient is known
  if (sigma_ > 0) add_noise(sample, lane, out);
  const bool line = method_.path == Path::kLine;
  const float position = line ? (static_cast<float>(step) + 0.5f) / static_cast<float>(steps()) : 1.f;  // baseline 0
  const std::span<float> input = lane.workspace.input();
  for (size_t i = 0; i < out.size(); ++i) input[i] = position * out[i];
  lane.workspace.forward();
  const std::span<const float> gradient = lane.workspace.backward(class_weights_, method_.rule);
  const float share = 1.f / static_cast<float>(steps());
  for (size_t i = 0; i < out.size(); ++i) out[i] = line ? gradient[i] * out[i] * share : gradient[i];
}

}  // namespace smoothgrad
