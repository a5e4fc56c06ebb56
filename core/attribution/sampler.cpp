#include "core/attribution/sampler.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "core/attribution/class_scores.h"
#include "core/base/noise.h"

namespace smoothgrad {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

// Reading the weights of a layer of one pixel takes longer than multiplying by them, once: images that go through together
// share it. As many as leave it a small part of the work.
int good_batch(const std::shared_ptr<const Network>& network) {
  constexpr double kMost = 16, kMultiplyAddsWorthAByte = 12, kMostBytes = 8e6;
  double bytes = 0, multiply_adds = 0;
  for (const Network::Step& step : network->steps()) {
    if (step.layer->role() == Role::kLinear) bytes += static_cast<double>(step.layer->weight_bytes());
    multiply_adds += static_cast<double>(step.layer->multiply_adds());
  }
  const double batch = std::min(kMost, kMultiplyAddsWorthAByte * bytes / (multiply_adds + 1));
  if (batch < 2) return 1;
  const double fit = kMostBytes / static_cast<double>(Workspace(network).arena_bytes());
  return static_cast<int>(std::max(1.0, std::min(batch, fit)));
}

}  // namespace

Sampler::Sampler(std::shared_ptr<const Network> network, std::vector<float> input, const Method& method,
                 const SamplerOptions& options)
    : network_(std::move(network)), input_(std::move(input)), method_(method), options_(options), batch_(good_batch(network_)) {
  options_.baseline.resize(input_.size(), 0.f);
  if (!line()) return;
  Workspace workspace(network_);
  std::ranges::copy(options_.baseline, workspace.input().begin());
  baseline_score_ = score(workspace.forward());
}

double Sampler::score(std::span<const float> logits) const {
  return std::inner_product(logits.begin(), logits.end(), options_.scores[0].begin(), 0.0);
}

std::unique_ptr<Sampler::Lane> Sampler::make_lane() const {
  auto lane = std::make_unique<Lane>(network_, batch_);
  const size_t batch = static_cast<size_t>(batch_);
  lane->tasks.reserve(batch);
  lane->noise.reserve(input_.size());
  if (line() || scores() > 1) lane->ends.resize(batch * input_.size());
  for (const std::vector<float>& weights : options_.scores) {
    std::vector<float>& seeds = lane->seeds.emplace_back();
    for (size_t b = 0; b < batch; ++b) seeds.insert(seeds.end(), weights.begin(), weights.end());
  }
  return lane;
}

const float* Sampler::noise(int64_t sample, Lane& lane) const {
  if (options_.sigma == 0 || sample == options_.clean_sample) return nullptr;
  const uint64_t drawn = static_cast<uint64_t>(options_.antithetic ? sample / 2 * 2 : sample);
  if (lane.noise_sample != drawn) {
    lane.noise.resize(input_.size());
    standard_normal(options_.seed, drawn, lane.noise);
    lane.noise_sample = drawn;
  }
  return lane.noise.data();
}

// Noise is numbered channels first, as tensors are outside the engine. A piece of all channels at a time, while it is in cache.
double Sampler::write_noisy(int64_t sample, Lane& lane, std::span<float> to) const {
  constexpr size_t kPiece = 1024;
  const float* const noise = this->noise(sample, lane);
  const float sigma = options_.antithetic && sample % 2 == 1 ? -options_.sigma : options_.sigma;
  const Shape shape = network_->input_shape();
  const size_t pixels = shape.pixels(), channels = static_cast<size_t>(shape.channels);
  const bool range_known = !options_.lowest.empty();
  uint32_t outside = 0;
  for (size_t first = 0; first < pixels; first += kPiece) {
    const size_t last = std::min(first + kPiece, pixels);
    for (size_t c = 0; c < channels; ++c) {
      const float lowest = range_known ? options_.lowest[c] : -kInfinity,
                  highest = range_known ? options_.highest[c] : kInfinity;
      for (size_t p = first; p < last; ++p) {
        const size_t i = p * channels + c;
        const float value = noise ? input_[i] + sigma * noise[c * pixels + p] : input_[i];
        outside += static_cast<uint32_t>(value < lowest) + static_cast<uint32_t>(value > highest);
        to[i] = value;
      }
    }
  }
  return static_cast<double>(outside) / static_cast<double>(input_.size());
}

// The input at a position of a task's path.
void Sampler::place(const Lane& lane, size_t task, float position, std::span<float> input) const {
  const std::vector<float>& baseline = options_.baseline;
  const float* end = lane.ends.data() + task * input.size();
  for (size_t i = 0; i < input.size(); ++i) {
    input[i] = line() ? baseline[i] + position * (end[i] - baseline[i]) : end[i];
  }
}

void Sampler::judge(std::span<const float> logits, Term& term) const {
  term.keeps_class = leads(*network_, logits, options_.expected_class);
  term.score = score(logits);
}

// The last steps of lines tell of their ends.
void Sampler::judge_ends(Lane& lane) const {
  const size_t size = input_.size();
  for (size_t b = 0; b < lane.tasks.size(); ++b) {
    if (lane.tasks[b].step != steps() - 1) continue;
    lane.workspace.set_images(1);
    place(lane, b, 1, lane.workspace.input().first(size));
    judge(lane.workspace.forward(), *lane.tasks[b].term);
  }
}

void Sampler::compute(Lane& lane) const {
  const std::vector<Task>& tasks = lane.tasks;
  const size_t size = input_.size(), classes = static_cast<size_t>(network_->classes());
  const bool held = !lane.ends.empty();
  const auto images = [&] {
    lane.workspace.set_images(static_cast<int>(tasks.size()));
    return lane.workspace.input();
  };
  const std::span<float> ends = held ? std::span(lane.ends) : images();
  for (size_t b = 0; b < tasks.size(); ++b) {
    tasks[b].term->out_of_range = write_noisy(tasks[b].sample, lane, ends.subspan(b * size, size));
    tasks[b].term->attribution.resize(options_.scores.size() * size);
  }
  if (line()) judge_ends(lane);
  const float share = 1.f / static_cast<float>(steps());
  for (size_t s = 0; s < options_.scores.size(); ++s) {
    const std::span<float> input = images();
    for (size_t b = 0; held && b < tasks.size(); ++b) {
      place(lane, b, (static_cast<float>(tasks[b].step) + 0.5f) * share, input.subspan(b * size, size));
    }
    const std::span<const float> logits = lane.workspace.forward();
    for (size_t b = 0; !line() && b < tasks.size(); ++b) judge(logits.subspan(b * classes, classes), *tasks[b].term);
    const std::span<const float> seeds = std::span(lane.seeds[s]).first(tasks.size() * classes);
    const std::span<const float> gradients = lane.workspace.backward(seeds, method_.rule);
    for (size_t b = 0; b < tasks.size(); ++b) {
      const float* gradient = gradients.data() + b * size;
      float* out = tasks[b].term->attribution.data() + s * size;
      if (!line()) {
        std::copy_n(gradient, size, out);
        continue;
      }
      const float* end = lane.ends.data() + b * size;
      for (size_t i = 0; i < size; ++i) out[i] = gradient[i] * (end[i] - options_.baseline[i]) * share;
    }
  }
}

}  // namespace smoothgrad
