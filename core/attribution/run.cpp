#include "core/attribution/run.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <mutex>
#include <thread>

#include "core/attribution/reorder_window.h"
#include "core/attribution/sampler.h"
#include "core/error.h"

namespace smoothgrad {
namespace {

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::kBadOption, what); }

void check_class(const char* option, int index, int classes) {
  if (index >= 0 && index < classes) return;
  refuse(std::string(option) + " " + std::to_string(index) + " is no class of the model: 0 to " + std::to_string(classes - 1));
}

void check(const Network& network, std::span<const float> input, const ExplainOptions& options) {
  const size_t size = network.input_shape().size();
  if (input.size() != size) {
    refuse("the input has " + std::to_string(input.size()) + " elements, the network wants " + std::to_string(size));
  }
  if (!std::ranges::all_of(input, [](float element) { return std::isfinite(element); })) {
    refuse("the input has elements that are not finite numbers");
  }
  check_class("target", options.target, network.classes());
  if (options.versus) {
    check_class("versus", *options.versus, network.classes());
    if (*options.versus == options.target) refuse("versus is the target itself: choose another class");
  }
  if (!(options.noise >= 0) || !std::isfinite(options.noise)) refuse("noise must be a number of 0 or more");
  if (options.samples < 1) refuse("samples must be a whole number of 1 or more");
  if (options.first_sample < 0) refuse("first_sample must be a whole number of 0 or more");
  if (options.steps < 1) refuse("steps must be a whole number of 1 or more");
  if (!(options.until_relative_error >= 0)) refuse("the relative error to stop at must be 0 or more");
}

using Clock = std::chrono::steady_clock;

double milliseconds(Clock::duration duration) { return std::chrono::duration<double, std::milli>(duration).count(); }

}  // namespace

struct Run::State {
  const Method& method;
  const ExplainOptions options;
  const Sampler sampler;
  ReorderWindow window;  // numbers are passes: steps() for each sample

  mutable std::mutex mutex;  // guards what follows
  Statistics statistics;
  std::vector<float> sum;  // of the terms of the sample that is being added
  double until;
  bool started = false, paused = false;
  Clock::time_point running_since;
  double earlier_ms = 0;

  std::vector<std::thread> lanes;
  int threads = 0;
  std::unique_ptr<Sampler::Lane> own_lane;  // of step()

  State(std::shared_ptr<const Network> network, std::vector<float> input, const ExplainOptions& opts)
      : method(find_method(opts.method)),
        options(opts),
        sampler(std::move(network), std::move(input), method, {opts.target, opts.versus, opts.noise, opts.seed, opts.steps}),
        window(sampler.input().size(), [this](int64_t pass, std::span<const float> term) { return add(pass, term); }),
        statistics(sampler.input().size()),
        until(opts.until_relative_error) {
    if (sampler.steps() > 1) sum.assign(sampler.input().size(), 0.f);
    window.set_goal(passes_of(opts.samples));
  }

  // Without noise every sample is the same, so there is one.
  int64_t passes_of(int64_t samples) const { return (method.noisy ? samples : 1) * sampler.steps(); }

  bool add(int64_t pass, std::span<const float> term) {
    std::lock_guard lock(mutex);
    if (sum.empty()) {
      statistics.add(term);
    } else {
      for (size_t i = 0; i < sum.size(); ++i) sum[i] += term[i];
      if ((pass + 1) % sampler.steps() != 0) return true;
      statistics.add(sum);
      std::ranges::fill(sum, 0.f);
    }
    return !(until > 0 && statistics.relative_error() <= until);
  }

  void compute(const ReorderWindow::Slot& slot, Sampler::Lane& lane) {
    const int64_t steps = sampler.steps();
    sampler.term(options.first_sample + slot.number / steps, static_cast<int>(slot.number % steps), lane, slot.result);
    window.deliver(slot.number);
    if (window.consumed() >= window.goal()) stop_clock();
  }

  void launch() {
    join();
    // Lanes are made here, where a lack of memory can be reported.
    std::vector<std::unique_ptr<Sampler::Lane>> states;
    for (int i = 0; i < threads; ++i) states.push_back(sampler.make_lane());
    window.set_slots(static_cast<size_t>(threads) + 2);
    window.reopen();
    start_clock();
    for (int i = 0; i < threads; ++i) {
      lanes.emplace_back([this, lane = std::move(states[static_cast<size_t>(i)])] {
        while (const auto slot = window.take(true)) compute(*slot, *lane);
      });
    }
  }

  void join() {
    window.close();
    for (std::thread& lane : lanes) lane.join();
    lanes.clear();
  }

  void start_clock() {
    std::lock_guard lock(mutex);
    if (!started) running_since = Clock::now();
    started = true;
  }
  void stop_clock() {
    std::lock_guard lock(mutex);
    if (started) earlier_ms += milliseconds(Clock::now() - running_since);
    started = false;
  }
};

Run::Run(std::shared_ptr<const Network> network, std::vector<float> input, ExplainOptions options) {
  check(*network, input, options);
  state_ = std::make_unique<State>(std::move(network), std::move(input), options);
}

Run::~Run() { state_->join(); }

void Run::start(int threads) {
  if (threads < 1) refuse("threads must be a whole number of 1 or more");
  state_->threads = threads;
  state_->launch();
}

bool Run::step() {
  State& state = *state_;
  if (!state.own_lane) {
    state.own_lane = state.sampler.make_lane();
    state.window.set_slots(1);
    state.window.reopen();
  }
  state.start_clock();
  if (const auto slot = state.window.take(false)) state.compute(*slot, *state.own_lane);
  return state.window.consumed() < state.window.goal();
}

void Run::pause() {
  state_->paused = true;
  state_->window.set_paused(true);
  state_->stop_clock();
}

void Run::resume() {
  state_->paused = false;
  state_->window.set_paused(false);
  if (state_->window.consumed() < state_->window.goal()) state_->start_clock();
}

void Run::extend(int64_t samples) {
  if (samples < 1) refuse("samples must be a whole number of 1 or more");
  State& state = *state_;
  {
    std::lock_guard lock(state.mutex);
    state.until = 0;  // asked for more than the stop rule gave
  }
  if (state.window.set_goal(state.passes_of(samples)) && state.threads > 0) state.launch();
}

void Run::stop() {
  state_->join();
  state_->own_lane.reset();
  state_->threads = 0;
  state_->stop_clock();
}

void Run::wait() {
  for (std::thread& lane : state_->lanes) lane.join();
  state_->lanes.clear();
}

RunProgress Run::progress() const {
  const State& state = *state_;
  RunProgress progress;
  progress.passes = state.window.consumed();
  const int64_t goal = state.window.goal();
  progress.goal = goal / state.sampler.steps();
  std::lock_guard lock(state.mutex);
  progress.state = progress.passes >= goal ? RunState::kDone
                   : state.paused          ? RunState::kPaused
                   : state.started         ? RunState::kRunning
                                           : RunState::kIdle;
  progress.samples = state.statistics.count();
  progress.relative_error = state.statistics.relative_error();
  progress.elapsed_ms = state.earlier_ms + (state.started ? milliseconds(Clock::now() - state.running_since) : 0);
  return progress;
}

Statistics Run::statistics() const {
  std::lock_guard lock(state_->mutex);
  return state_->statistics;
}

std::vector<float> Run::attribution() const {
  const std::span<const float> input = state_->sampler.input();
  std::vector<float> result(input.size());
  {
    std::lock_guard lock(state_->mutex);
    switch (state_->method.reduction) {
      case Reduction::kMean: state_->statistics.write_mean(result); break;
      case Reduction::kMeanSquare: state_->statistics.write_mean_square(result); break;
      case Reduction::kVariance: state_->statistics.write_variance(result); break;
    }
  }
  if (state_->method.times_input) {
    for (size_t i = 0; i < result.size(); ++i) result[i] *= input[i];
  }
  return result;
}

std::vector<float> Run::standard_error() const {
  std::vector<float> result(state_->sampler.input().size());
  std::lock_guard lock(state_->mutex);
  state_->statistics.write_standard_error(result);
  return result;
}

}  // namespace smoothgrad
