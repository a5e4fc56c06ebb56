// Compiled for speed.
#include "core/training/trainer.h"

#include <algorithm>
#include <atomic>
#include <barrier>
#include <mutex>
#include <thread>

#include "core/base/error.h"
#include "core/base/stopwatch.h"

namespace smoothgrad::training {

struct Trainer::State {
  // Lanes read the run while they work on shards of its job; who finishes the job changes it, under the mutex.
  mutable std::mutex mutex;
  TrainingRun run;
  Stopwatch stopwatch;

  std::atomic<size_t> next_shard = 0;
  std::atomic<bool> stop_asked = false;
  bool lanes_end = false;  // decided once a job, for all lanes
  struct Finish {
    State* state;
    void operator()() noexcept { state->finish_job(); }
  };
  std::unique_ptr<std::barrier<Finish>> barrier;
  std::vector<std::thread> lanes;
  std::unique_ptr<Workspace> own_workspace;  // of step()

  State(Digits training, Digits test, const TrainingOptions& options, const NetworkSize& size)
      : run(std::move(training), std::move(test), options, size) {}

  // All shards are done, and no lane works.
  void finish_job() {
    std::lock_guard lock(mutex);
    run.finish_job();
    next_shard = 0;
    lanes_end = run.progress().done || stop_asked;
    if (lanes_end) stopwatch.stop();
  }

  void run_lane(Workspace& workspace) {
    do {
      for (size_t shard = next_shard++; shard < TrainingRun::kShards; shard = next_shard++) run.work_on(shard, workspace);
      barrier->arrive_and_wait();
    } while (!lanes_end);
  }

  void launch(int threads) {
    lanes_end = false;
    barrier = std::make_unique<std::barrier<Finish>>(threads, Finish{this});
    // Made here, where a lack of memory can be reported.
    std::vector<std::unique_ptr<Workspace>> workspaces;
    for (int i = 0; i < threads; ++i) workspaces.push_back(run.make_workspace());
    start_clock();
    for (auto& workspace : workspaces) {
      lanes.emplace_back([this, own = std::move(workspace)] { run_lane(*own); });
    }
  }

  void join() {
    for (std::thread& lane : lanes) lane.join();
    lanes.clear();
  }

  void start_clock() {
    std::lock_guard lock(mutex);
    stopwatch.start();
  }
};

Trainer::Trainer(Digits training, Digits test, TrainingOptions options, const NetworkSize& size)
    : state_(std::make_unique<State>(std::move(training), std::move(test), options, size)) {}

Trainer::~Trainer() { stop(); }

void Trainer::start(int threads) {
  if (threads < 1) throw Error(ErrorCode::kBadOption, "threads must be a whole number of 1 or more");
  stop();
  if (!state_->run.progress().done) state_->launch(std::min(threads, static_cast<int>(TrainingRun::kShards)));
}

bool Trainer::step() {
  State& state = *state_;
  if (state.run.progress().done) return false;
  if (!state.own_workspace) state.own_workspace = state.run.make_workspace();
  state.start_clock();
  for (size_t shard = 0; shard < TrainingRun::kShards; ++shard) state.run.work_on(shard, *state.own_workspace);
  state.finish_job();
  return !state.run.progress().done;
}

void Trainer::stop() {
  state_->stop_asked = true;
  state_->join();
  state_->stop_asked = false;
  std::lock_guard lock(state_->mutex);
  state_->stopwatch.stop();
}

void Trainer::wait() { state_->join(); }

const Network& Trainer::network() const { return state_->run.network(); }

TrainingProgress Trainer::progress() const {
  std::lock_guard lock(state_->mutex);
  TrainingProgress progress = state_->run.progress();
  progress.elapsed_ms = state_->stopwatch.elapsed_ms();
  return progress;
}

std::vector<float> Trainer::parameters() const {
  std::lock_guard lock(state_->mutex);
  return state_->run.parameters();
}

}  // namespace smoothgrad::training
