// A training as a row of jobs without threads or a clock: a job is a batch to learn from, or some of the test digits, cut into
// a fixed number of shards. Shards may be worked on in any order; their gradients are added in theirs, so that the same seed
// gives the same weights however they were shared out. Adam, the learning rate falling to 0 along a cosine.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/training/adam.h"
#include "core/training/cross_entropy.h"
#include "core/training/digits.h"
#include "core/training/network.h"

namespace smoothgrad::training {

struct TrainingOptions {
  double noise = 0;  // standard deviation of the noise on an image, as a fraction of its range of values; new for every epoch
  int epochs = 1;
  uint64_t seed = 0;
  int batch = 64;
  double learning_rate = 1e-3;  // of the first step
};

struct TrainingProgress {
  int epoch = 0;  // whole passes over the digits that are done
  int64_t step = 0, steps = 0;
  double loss = 0, accuracy = 0;        // of the latest batches, each weighing 0.9 of the one after it
  std::optional<double> test_accuracy;  // after the latest epoch; absent before, and without test digits
  double elapsed_ms = 0;                // running time
  bool done = false;
};

// A running mean, each value weighing 0.9 of the one after it, corrected for its start at zero.
class RunningMean {
 public:
  void add(double value);
  double value() const;

 private:
  double sum_ = 0, weight_ = 0;
};

class TrainingRun {
 public:
  static constexpr size_t kShards = 8;  // of a job; a share of the result's identity, so fixed

  // test may be empty. Throws Error(kBadOption) naming the option, Error(kBadImage) where digits do not fit.
  TrainingRun(Digits training, Digits test, const TrainingOptions& options, const NetworkSize& size);

  const Network& network() const { return network_; }
  const std::vector<float>& parameters() const { return parameters_; }
  const TrainingProgress& progress() const { return progress_; }  // but for the time

  // Of one thread that calls work_on(); the run must outlive it.
  std::unique_ptr<Workspace> make_workspace() const { return std::make_unique<Workspace>(network_, shard_images_); }
  // Touches nothing that another shard does.
  void work_on(size_t shard, Workspace& workspace);
  // After all shards: takes the step or counts the hits, and makes the next job the current one.
  void finish_job();

 private:
  struct Job {
    bool testing = false;
    size_t first = 0, count = 0;  // images of the epoch's order, or of the test digits
  };
  struct Shard {
    std::vector<float> gradient;
    Score score;
  };

  void begin_epoch();
  void next_job();
  void take_step();
  void learn(Shard& shard, Workspace& workspace, size_t first, size_t images) const;
  Score test(Workspace& workspace, size_t first, size_t images) const;

  const Digits training_, test_;
  const TrainingOptions options_;
  const Network network_;
  const size_t batch_, shard_images_;  // images, at most

  std::vector<float> parameters_, gradient_;
  Adam adam_;
  std::vector<Shard> shards_{kShards};
  Job job_;
  std::vector<uint32_t> order_;  // of the epoch's images
  TrainingProgress progress_;
  RunningMean loss_, accuracy_;
  size_t tested_correct_ = 0;
};

}  // namespace smoothgrad::training
