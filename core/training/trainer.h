// A training in progress: Adam on batches in a seeded order, the learning rate falling to 0 along a cosine, Gaussian noise on
// the images. A batch is cut into a fixed number of shards, whose gradients are added in their order: the same seed gives the
// same weights for any number of threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

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

class Trainer {
 public:
  // test may be empty. Throws Error(kBadOption) naming the option, Error(kBadImage) where digits do not fit.
  Trainer(Digits training, Digits test, TrainingOptions options, const NetworkSize& size = {});
  ~Trainer();  // as stop()

  void start(int threads);  // >= 1 lanes on threads of their own; returns at once
  bool step();              // without threads: one batch on the calling thread; false when done
  void stop();              // lanes end within one batch; start() or step() goes on
  void wait();              // until done (native and tests)

  const Network& network() const;
  TrainingProgress progress() const;
  std::vector<float> parameters() const;  // a copy, as they are between two steps

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace smoothgrad::training
