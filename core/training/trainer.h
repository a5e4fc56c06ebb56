// A training in progress: the shards of a run's jobs shared out among lanes on threads of their own, or worked on where step()
// is called. The run (training_run.h) sees to it that the weights are the same either way.
#pragma once

#include <memory>
#include <vector>

#include "core/training/training_run.h"

namespace smoothgrad::training {

class Trainer {
 public:
  // test may be empty. Throws Error(kBadOption) naming the option, Error(kBadImage) where digits do not fit.
  Trainer(Digits training, Digits test, TrainingOptions options, const NetworkSize& size = {});
  ~Trainer();  // as stop()

  void start(int threads);  // >= 1 lanes on threads of their own, of which no more than kShards start; returns at once
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
