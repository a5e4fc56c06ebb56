// One explanation in progress: lanes take sample numbers, compute attributions, and add them in order of the number, so that
// the result has the same bits for any number of threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/attribution/explain_options.h"
#include "core/attribution/method.h"
#include "core/attribution/statistics.h"
#include "core/network/network.h"

namespace smoothgrad {

enum class RunState { kIdle, kRunning, kPaused, kDone };

// Of the line of Integrated Gradients: the attribution adds up to the rise of the score along it, but for the quadrature.
struct Completeness {
  double sum = 0;         // of all elements of the mean attribution
  double difference = 0;  // mean over the samples of S(x + e_k) - S(x')
};

struct RunProgress {
  RunState state = RunState::kIdle;
  int64_t samples = 0;                             // added so far
  int64_t own_samples = 0;                         // of them, those of this run: all but the merged ones
  int64_t goal = 0;                                // samples wanted
  int64_t passes = 0;                              // forward + backward passes so far (samples x steps for line methods)
  double relative_error = 0, corrected_error = 0;  // as in Statistics
  double elapsed_ms = 0;                           // running time, pauses left out
  double keeps_class = 0;                          // share of the samples of which the expected class has the highest score
  double out_of_range = 0;                         // share of the elements of the noisy inputs that no photo can have
  std::optional<Completeness> completeness;        // of line methods; of the target alone where the difference is scaled
};

class Run {
 public:
  // input: the normalised image, [H, W, C]. Throws Error(kBadOption) naming the option.
  Run(std::shared_ptr<const Network> network, std::vector<float> input, ExplainOptions options);
  ~Run();  // stops the lanes within one sample

  void start(int threads);  // >= 1 lanes on threads of their own; returns at once
  bool step();              // without threads: the passes that go together, on the calling thread; false when done
  bool step_one();          // one pass alone
  void pause();             // lanes finish what they hold; keeps all state
  void resume();
  void extend(int64_t samples);  // a new total, larger or smaller than before
  void stop();                   // lanes end within one sample, their memory is free; start() or step() goes on
  void wait();                   // until done (native and tests; never on a browser's event loop)

  const Method& method() const;
  RunProgress progress() const;
  Statistics statistics() const;  // a copy, consistent
  int64_t observations() const;   // as in Statistics
  // [H, W, C]: the method's reduction, or another one of the same samples; times x where the method says so. Where the
  // difference is scaled, [2, H, W, C]: the target's and versus's.
  std::vector<float> attribution() const;
  std::vector<float> attribution(Reduction reduction) const;
  std::vector<float> standard_error() const;
  std::vector<float> half_mean(bool even_half) const;  // the mean of every other sample

  // The statistics so far, with all that is needed to merge them with those of other samples of the same run.
  std::vector<std::byte> save() const;
  // Adds the samples of a saved run. Throws Error(kBadOption) when it is of another model, photo or option, or when it has
  // samples that this run has or is going to compute.
  void merge(std::span<const std::byte> saved);

 private:
  bool step(int most);

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace smoothgrad
