// One explanation in progress: lanes take sample numbers, compute attributions, and add them in order of the number, so that
// the result has the same bits for any number of threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/attribution/method.h"
#include "core/attribution/statistics.h"
#include "core/network/network.h"

namespace smoothgrad {

struct ExplainOptions {
  std::string method = "smoothgrad";
  int target = 0;             // class whose logit is explained
  std::optional<int> versus;  // explain S_target - S_versus instead
  double noise = 0.15;        // sigma / (max(x) - min(x)), >= 0
  int64_t samples = 50;       // noisy samples (ignored by methods without noise)
  uint64_t seed = 0;
  int64_t first_sample = 0;  // k of the first sample; runs over disjoint ranges can be merged
  int steps = 32;            // of the line (Integrated Gradients)
  double until_relative_error = 0;  // stop when reached; 0 = never
};

enum class RunState { kIdle, kRunning, kPaused, kDone };

struct RunProgress {
  RunState state = RunState::kIdle;
  int64_t samples = 0;   // added so far
  int64_t goal = 0;      // samples wanted
  int64_t passes = 0;    // forward + backward passes so far (samples x steps for line methods)
  double relative_error = 0;
  double elapsed_ms = 0;  // running time, pauses left out
};

class Run {
 public:
  // input: the normalised image, [H, W, C]. Throws Error(kBadOption) naming the option.
  Run(std::shared_ptr<const Network> network, std::vector<float> input, ExplainOptions options);
  ~Run();  // stops the lanes within one sample

  void start(int threads);      // >= 1 lanes on threads of their own; returns at once
  bool step();                  // without threads: one pass on the calling thread; false when done
  void pause();                 // lanes finish what they hold; keeps all state
  void resume();
  void extend(int64_t samples);  // a new total, larger or smaller than before
  void stop();                  // lanes end within one sample, their memory is free; start() or step() goes on
  void wait();                  // until done (native and tests; never on a browser's event loop)

  RunProgress progress() const;
  Statistics statistics() const;           // a copy, consistent
  std::vector<float> attribution() const;  // the method's reduction (times x where the method says so), [H, W, C]
  std::vector<float> standard_error() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace smoothgrad
