#include "core/attribution/sampler.h"

#include <algorithm>
#include <numeric>

#include "core/attribution/noise.h"

namespace smoothgrad {

Sampler::Sampler(std::shared_ptr<const Network> network, std::vector<float> input, const Method& method,
                 const SamplerOptions& options)
    : network_(std::move(network)), input_(std::move(input)), method_(method), options_(options) {
  options_.baseline.resize(input_.size(), 0.f);
  if (!line()) return;
  Workspace workspace(network_);
  std::ranges::copy(options_.baseline, workspace.input().begin());
  baseline_score_ = score(workspace.forward());
}

double Sampler::score(std::span<const float> logits) const {
  return std::inner_product(logits.begin(), logits.end(), options_.scores[0].begin(), 0.0);
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
  std::vector<float>& end = lane.end;
  end = input_;
  if (options_.sigma > 0 && sample != options_.clean_sample) add_noise(sample, lane, end);
  const std::vector<float>& baseline = options_.baseline;
  const auto forward_at = [&](float position) {  // of the path
    const std::span<float> input = lane.workspace.input();
    for (size_t i = 0; i < end.size(); ++i) input[i] = line() ? baseline[i] + position * (end[i] - baseline[i]) : end[i];
    return lane.workspace.forward();
  };
  const auto judge = [&](std::span<const float> logits) {
    const float expected = logits[static_cast<size_t>(options_.expected_class)];
    term.keeps_class = std::ranges::all_of(logits, [expected](float logit) { return logit <= expected; });
    term.score = score(logits);
  };
  const bool last = step == steps() - 1;
  if (last) term.out_of_range = out_of_range(end);
  if (last && line()) judge(forward_at(1));
  const float share = 1.f / static_cast<float>(steps());
  const float position = (static_cast<float>(step) + 0.5f) * share;
  term.attribution.resize(options_.scores.size() * end.size());
  float* out = term.attribution.data();
  for (const std::vector<float>& weights : options_.scores) {
    const std::span<const float> logits = forward_at(position);
    if (!line()) judge(logits);
    const std::span<const float> gradient = lane.workspace.backward(weights, method_.rule);
    for (size_t i = 0; i < end.size(); ++i) out[i] = line() ? gradient[i] * (end[i] - baseline[i]) * share : gradient[i];
    out += end.size();
  }
}

}  // namespace smoothgrad
