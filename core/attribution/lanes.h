// Who computes the samples of an explanation: lanes on threads of their own, the thread that calls step(), or somebody outside
// (a GPU, another machine) who takes tasks and delivers their terms. The lock and the clock are here.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "core/attribution/explanation.h"
#include "core/base/stopwatch.h"

namespace smoothgrad {

class Lanes {
 public:
  // As Explanation.
  Lanes(const std::shared_ptr<const Network>& network, std::vector<float> input, const ExplainOptions& options);
  ~Lanes();  // as stop()

  void start(int threads);       // >= 1 lanes on threads of their own; returns at once
  bool step();                   // without threads: the passes that go together, on the calling thread; false when done
  bool step_one();               // one pass alone
  void extend(int64_t samples);  // as Explanation; lanes that had nothing left to do start again
  void stop();                   // lanes end within one sample, their memory is free; start() or step() goes on
  void wait();                   // until done (native and tests; never on a browser's event loop)

  // For somebody outside, on any thread, instead of the above or beside it: as Explanation. start(), extend() and the first
  // step() choose the slots anew, when nobody outside may hold a task; who is alone does it by explanation()->set_slots().
  bool take(std::vector<Sampler::Task>& tasks, int most);
  void deliver(std::span<const Sampler::Task> tasks);

  // The explanation, locked until the end of the expression: lanes.explanation()->progress(). One at a time: a second one in
  // the same expression, or in what that calls, would wait for itself.
  class Locked {
   public:
    Locked(std::mutex& mutex, Explanation& explanation) : lock_(mutex), explanation_(explanation) {}
    Explanation* operator->() { return &explanation_; }

   private:
    std::lock_guard<std::mutex> lock_;
    Explanation& explanation_;
  };
  Locked explanation() { return {mutex_, explanation_}; }
  double elapsed_ms() const;  // running time, stops left out

 private:
  bool step(int most);
  void launch();
  void join();
  bool wait_and_take(Sampler::Lane& lane);
  void compute(Sampler::Lane& lane);

  mutable std::mutex mutex_;  // guards what follows, but for the sampler, which does not change
  Explanation explanation_;
  std::condition_variable changed_;
  Stopwatch stopwatch_;
  double until_ms_;
  bool ending_ = false, lanes_left_ = false;

  std::vector<std::thread> threads_;
  int count_ = 0;                            // of threads that are wanted
  std::unique_ptr<Sampler::Lane> own_lane_;  // of step()
};

}  // namespace smoothgrad
