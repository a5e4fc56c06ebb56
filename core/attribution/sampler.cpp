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
  options_.baseline.resize(input_.size(), 0.f);
  class_weights_[static_cast<size_t>(options_.target)] = 1;
  if (options_.versus) class_weights_[static_cast<size_t>(*options_.versus)] = -1;
}

// Noise is numbered channels first, as tensors are outside the engine.
void Sampler::add_noise(int64_t sample, Lane& lane, std::span<float> to) const {
  const uint64_t drawn = static_cast<uint64_t>(options_.antithetic ? sample / 2 * 2 : sample);
  if (lane.noise_sample != drawn) {
    lane.noise.resize(input_.size());
    standard_normal(options_.seed, drawn, lane.noise);
    lane.noise_sample = drawn;
  }
  const float sigma = options_.antithetic && sample % 2 == 1 ? -options_.sigma : options_.sigma;
  const Shape shape = network_->input_shape();
  const size_t pixels = shape.pixels(), channels = static_cast<size_t>(shape.channels);
  for (size_t c = 0; c < channels; ++c) {
    const float* noise = lane.noise.data() + c * pixels;
    for (size_t p = 0; p < pixels; ++p) to[p * channels + c] += sigma * noise[p];
  }
}

double Sampler::out_of_range(std::span<const float> noisy) const {
  const size_t channels = options_.lowest.size();
  if (channels == 0) return 0;
  size_t count = 0;
  for (size_t first = 0; first < noisy.size(); first += channels) {
    for (size_t c = 0; c < channels; ++c) {
      count += noisy[first + c] < options_.lowest[c] || noisy[first + c] > options_.highest[c];
    }
  }
  return static_cast<double>(count) / static_cast<double>(noisy.size());
}

void Sampler::compute(int64_t sample, int step, Lane& lane, Term& term) const {
  std::vector<float>& out = term.attribution;  // holds the sample's input until its gradient is known
  out = input_;
  if (options_.sigma > 0 && sample != options_.clean_sample) add_noise(sample, lane, out);
  term.out_of_range = out_of_range(out);
  const bool line = method_.path == Path::kLine;
  const float position = line ? (static_cast<float>(step) + 0.5f) / static_cast<float>(steps()) : 1.f;
  const std::span<float> input = lane.workspace.input();
  const std::vector<float>& baseline = options_.baseline;
  for (size_t i = 0; i < out.size(); ++i) input[i] = line ? baseline[i] + position * (out[i] - baseline[i]) : out[i];
  const std::span<const float> logits = lane.workspace.forward();
  const float expected = logits[static_cast<size_t>(options_.expected_class)];
  term.keeps_class = std::ranges::all_of(logits, [expected](float logit) { return logit <= expected; });
  const std::span<const float> gradient = lane.workspace.backward(class_weights_, method_.rule);
  const float share = 1.f / static_cast<float>(steps());
  for (size_t i = 0; i < out.size(); ++i) out[i] = line ? gradient[i] * (out[i] - baseline[i]) * share : gradient[i];
}

}  // namespace smoothgrad
