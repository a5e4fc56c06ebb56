// One term of an explanation, by its number: the attribution of noisy sample k at step j of its path. A pure function of
// (network, input, options, k, j), so any lane may compute any term.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/attribution/method.h"
#include "core/network/workspace.h"

namespace smoothgrad {

struct SamplerOptions {
  int target = 0;
  std::optional<int> versus;
  double noise = 0;  // sigma / (max(x) - min(x))
  uint64_t seed = 0;
  int steps = 1;  // of the line
};

class Sampler {
 public:
  // One thread's state.
  struct Lane {
    explicit Lane(std::shared_ptr<const Network> network) : workspace(std::move(network)) {}

    Workspace workspace;
    std::vector<float> noise;          // of noise_sample, channels first
    std::optional<int64_t> noise_sample;
  };

  // input: [H, W, C].
  Sampler(std::shared_ptr<const Network> network, std::vector<float> input, const Method& method, const SamplerOptions& options);

  std::span<const float> input() const { return input_; }
  int steps() const { return method_.path == Path::kLine ? options_.steps : 1; }
  std::unique_ptr<Lane> make_lane() const { return std::make_unique<Lane>(network_); }

  // Terms j = 0 .. steps() - 1 of sample k add up to its attribution. out: [H, W, C].
  void term(int64_t sample, int step, Lane& lane, std::span<float> out) const;

 private:
  void add_noise(int64_t sample, Lane& lane, std::span<float> to) const;

  std::shared_ptr<const Network> network_;
  std::vector<float> input_;
  const Method& method_;
  SamplerOptions options_;
  float sigma_;
  std::vector<float> class_weights_;  // what the explained score is of the logits
};

}  // namespace smoothgrad
