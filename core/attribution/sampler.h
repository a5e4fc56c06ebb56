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
  std::vector<std::vector<float>> scores;  // what is explained, as weights of the outputs; mostly one
  float sigma = 0;                         // of the noise, in units of the normalised input
  uint64_t seed = 0;
  bool antithetic = false;              // samples 2j + 1 take the negated noise of sample 2j
  std::optional<int64_t> clean_sample;  // takes no noise
  int steps = 1;                        // of the line
  std::vector<float> baseline;          // the line's begin, [H, W, C]; empty: zeros
  int expected_class = 0;               // which noisy samples should still be of
  std::vector<float> lowest, highest;   // values a photo can have, one a channel; empty: unknown
};

// What one pass yields; terms of one sample add up to its attribution.
struct Term {
  std::vector<float> attribution;  // [scores, H, W, C]
  double score = 0;                // the first, at the noisy input; of the last term of a sample, as what follows
  bool keeps_class = false;        // the expected class has the highest logit
  double out_of_range = 0;         // share of the elements of the noisy input that no photo can have
};

class Sampler {
 public:
  struct Task {
    int64_t sample;
    int step;
    Term* term;
  };
  // One thread's state.
  struct Lane {
    Lane(std::shared_ptr<const Network> network, int batch) : workspace(std::move(network), batch) {}

    Workspace workspace;
    std::vector<Task> tasks;                // batch() or fewer, to be computed
    std::vector<std::vector<float>> seeds;  // [scores] of [batch, outputs]
    std::vector<float> ends;                // of the paths: the noisy inputs, [batch, H, W, C]; empty where they serve once
    std::vector<float> noise;               // of noise_sample, channels first
    std::optional<uint64_t> noise_sample;
  };

  // input: [H, W, C].
  Sampler(std::shared_ptr<const Network> network, std::vector<float> input, const Method& method,
          const SamplerOptions& options);

  std::span<const float> input() const { return input_; }
  bool line() const { return method_.path == Path::kLine; }
  bool ends_clean() const { return options_.clean_sample.has_value(); }
  int steps() const { return line() ? options_.steps : 1; }
  int64_t scores() const { return static_cast<int64_t>(options_.scores.size()); }
  double baseline_score() const { return baseline_score_; }  // the first score where the line begins
  // Terms that a lane computes at once: more than one where that saves reading many weights for each.
  int batch() const { return batch_; }
  std::unique_ptr<Lane> make_lane() const;

  // The lane's tasks. A term has the same bits whatever it is computed together with.
  void compute(Lane& lane) const;

 private:
  const float* noise(int64_t sample, Lane& lane) const;  // channels first; null where the sample takes none
  double write_noisy(int64_t sample, Lane& lane, std::span<float> to) const;  // returns the share that is out of range
  void place(const Lane& lane, size_t task, float position, std::span<float> input) const;
  void judge(std::span<const float> logits, Term& term) const;
  void judge_ends(Lane& lane) const;
  double score(std::span<const float> logits) const;

  std::shared_ptr<const Network> network_;
  std::vector<float> input_;
  Method method_;
  SamplerOptions options_;
  int batch_;
  double baseline_score_ = 0;
};

}  // namespace smoothgrad
