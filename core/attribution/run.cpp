#include "core/attribution/run.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <numeric>
#include <thread>

#include "core/attribution/reorder_window.h"
#include "core/attribution/sampler.h"
#include "core/attribution/saved_run.h"
#include "core/base/error.h"
#include "core/network/class_weights.h"

namespace smoothgrad {
namespace {

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::kBadOption, what); }

SamplerOptions sampler_options(int classes, std::span<const float> input, const ExplainOptions& options) {
  SamplerOptions sampler;
  if (options.difference == Difference::kScaled) {
    sampler.scores = {class_weights(classes, options.target), class_weights(classes, *options.versus)};
  } else {
    sampler.scores = {class_weights(classes, options.target, options.versus)};
  }
  sampler.sigma = static_cast<float>(noise_sigma(input, options));
  sampler.seed = options.seed;
  sampler.antithetic = options.antithetic;
  if (options.clean_last) sampler.clean_sample = options.first_sample + options.samples - 1;
  sampler.steps = options.steps;
  sampler.baseline = options.baseline;
  sampler.expected_class = options.expected_class.value_or(options.target);
  sampler.lowest = options.lowest;
  sampler.highest = options.highest;
  return sampler;
}

using Clock = std::chrono::steady_clock;

double milliseconds(Clock::duration duration) { return std::chrono::duration<double, std::milli>(duration).count(); }

}  // namespace

struct Run::State {
  const Method method;
  const ExplainOptions options;
  const Sampler sampler;
  ReorderWindow window;  // numbers are passes: steps() for each sample

  mutable std::mutex mutex;    // guards what follows
  SavedRun sum;                // of all samples that were added, those of merged runs too
  std::vector<float> sample;   // the terms so far of the sample that is being added; empty where it has one
  std::vector<float> partner;  // the first of an antithetic pair, until the second comes
  double until_relative_error, until_ms;
  bool started = false, paused = false;
  Clock::time_point running_since;
  double earlier_ms = 0;

  std::vector<std::thread> lanes;
  int threads = 0;
  std::unique_ptr<Sampler::Lane> own_lane;  // of step()

  State(std::shared_ptr<const Network> network, std::vector<float> input, const ExplainOptions& opts)
      : method(chosen_method(opts)),
        options(opts),
        sampler(network, input, method, sampler_options(network->classes(), input, opts)),
        window([this](int64_t pass, const Term& term) { return add(pass, term); }),
        until_relative_error(opts.until_relative_error),
        until_ms(opts.until_ms) {
    sum.identity = run_identity(*network, input, opts);
    sum.ranges = {{opts.first_sample, opts.first_sample}};  // the first is this run's own
    sum.statistics = Statistics(size());
    if (sampler.steps() > 1) sample.assign(size(), 0.f);
    window.set_goal(passes_of(opts.samples));
  }

  // Without noise every sample is the same, so there is one.
  int64_t passes_of(int64_t samples) const { return (method.noisy ? samples : 1) * sampler.steps(); }

  size_t size() const { return sampler.input().size() * static_cast<size_t>(sampler.scores()); }  // of an attribution

  int64_t samples_wanted() const { return window.goal() / sampler.steps(); }

  bool add(int64_t pass, const Term& term) {
    std::lock_guard lock(mutex);
    if (sample.empty()) {
      add_sample(term.attribution);
    } else {
      for (size_t i = 0; i < sample.size(); ++i) sample[i] += term.attribution[i];
      if ((pass + 1) % sampler.steps() != 0) return true;
      add_sample(sample);
      std::ranges::fill(sample, 0.f);
    }
    sum.keeps_class += term.keeps_class;
    sum.out_of_range += term.out_of_range;
    sum.score += term.score;
    const bool converged = until_relative_error > 0 && sum.statistics.relative_error() <= until_relative_error;
    return !converged && !(until_ms > 0 && elapsed_ms() >= until_ms);
  }

  // The halves are those of even and odd samples, or of whole antithetic pairs.
  void add_sample(std::span<const float> attribution) {
    const int64_t k = sum.ranges[0].end++;
    sum.statistics.add(attribution, (options.antithetic ? k / 2 : k) % 2 == 0);
    if (options.antithetic) {
      if (k % 2 == 1 && !partner.empty()) sum.statistics.pair(partner, attribution);
      partner.assign(attribution.begin(), k % 2 == 0 ? attribution.end() : attribution.begin());
    }
    if (sampler.line()) {
      sum.attributed = std::accumulate(attribution.begin(),
                                       attribution.begin() + static_cast<ptrdiff_t>(sampler.input().size()), sum.attributed);
    }
  }

  double elapsed_ms() const { return earlier_ms + (started ? milliseconds(Clock::now() - running_since) : 0); }

  void compute(const ReorderWindow::Numbers& passes, Sampler::Lane& lane) {
    const int64_t end = passes.first + passes.count;
    lane.tasks.clear();
    for (int64_t pass = passes.first; pass < end; ++pass) {
      const int64_t sample = options.first_sample + pass / sampler.steps();
      lane.tasks.push_back({sample, static_cast<int>(pass % sampler.steps()), &window.term(pass)});
    }
    sampler.compute(lane);
    for (int64_t pass = passes.first; pass < end; ++pass) window.deliver(pass);
    if (window.consumed() >= window.goal()) stop_clock();
  }

  void launch() {
    join();
    // Lanes are made here, where a lack of memory can be reported.
    std::vector<std::unique_ptr<Sampler::Lane>> states;
    for (int i = 0; i < threads; ++i) states.push_back(sampler.make_lane());
    window.set_slots(static_cast<size_t>((threads + 2) * sampler.batch()));
    window.reopen();
    start_clock();
    for (int i = 0; i < threads; ++i) {
      lanes.emplace_back([this, lane = std::move(states[static_cast<size_t>(i)])] {
        while (const auto passes = window.take(true, sampler.batch())) compute(*passes, *lane);
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
    earlier_ms = elapsed_ms();
    started = false;
  }
};

Run::Run(std::shared_ptr<const Network> network, std::vector<float> input, ExplainOptions options) {
  check_options(*network, input, options);
  state_ = std::make_unique<State>(std::move(network), std::move(input), options);
}

Run::~Run() { state_->join(); }

void Run::start(int threads) {
  if (threads < 1) refuse("threads must be a whole number of 1 or more");
  state_->threads = threads;
  state_->launch();
}

bool Run::step() { return step(state_->sampler.batch()); }

bool Run::step_one() { return step(1); }

bool Run::step(int most) {
  State& state = *state_;
  if (!state.own_lane) {
    state.own_lane = state.sampler.make_lane();
    state.window.set_slots(static_cast<size_t>(state.sampler.batch()));
    state.window.reopen();
  }
  state.start_clock();
  if (const auto passes = state.window.take(false, most)) state.compute(*passes, *state.own_lane);
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
    refuse_overlap(state.sum, {state.options.first_sample, state.options.first_sample + samples});
    state.until_relative_error = state.until_ms = 0;  // asked for more than the stop rules gave
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

const Method& Run::method() const { return state_->method; }

RunProgress Run::progress() const {
  const State& state = *state_;
  RunProgress progress;
  const int64_t consumed = state.window.consumed(), goal = state.window.goal();
  progress.passes = consumed * state.sampler.scores();
  progress.own_samples = consumed / state.sampler.steps();
  progress.goal = goal / state.sampler.steps();  // of this run alone
  std::lock_guard lock(state.mutex);
  progress.state = consumed >= goal ? RunState::kDone
                   : state.paused   ? RunState::kPaused
                   : state.started  ? RunState::kRunning
                                    : RunState::kIdle;
  const double samples = static_cast<double>(state.sum.statistics.count());
  progress.samples = state.sum.statistics.count();
  progress.relative_error = state.sum.statistics.relative_error();
  progress.corrected_error = state.sum.statistics.corrected_error();
  progress.elapsed_ms = state.elapsed_ms();
  progress.keeps_class = samples > 0 ? static_cast<double>(state.sum.keeps_class) / samples : 0;
  progress.out_of_range = samples > 0 ? state.sum.out_of_range / samples : 0;
  if (state.sampler.line() && samples > 0) {
    progress.completeness = {state.sum.attributed / samples, state.sum.score / samples - state.sampler.baseline_score()};
  }
  return progress;
}

Statistics Run::statistics() const {
  std::lock_guard lock(state_->mutex);
  return state_->sum.statistics;
}

int64_t Run::observations() const {
  std::lock_guard lock(state_->mutex);
  return state_->sum.statistics.observations();
}

std::vector<float> Run::attribution() const { return attribution(state_->method.reduction); }

std::vector<float> Run::attribution(Reduction reduction) const {
  std::vector<float> result(state_->size());
  {
    std::lock_guard lock(state_->mutex);
    const Statistics& statistics = state_->sum.statistics;
    switch (reduction) {
      case Reduction::kMean: statistics.write_mean(result); break;
      case Reduction::kMeanSquare: statistics.write_mean_square(result); break;
      case Reduction::kVariance: statistics.write_variance(result); break;
      case Reduction::kMeanAbsolute: statistics.write_mean_absolute(result); break;
    }
  }
  if (state_->method.times_input) {
    const std::span<const float> input = state_->sampler.input();
    for (size_t i = 0; i < result.size(); ++i) result[i] *= input[i % input.size()];
  }
  return result;
}

std::vector<float> Run::standard_error() const {
  std::vector<float> result(state_->size());
  std::lock_guard lock(state_->mutex);
  state_->sum.statistics.write_standard_error(result);
  return result;
}

std::vector<float> Run::half_mean(bool even_half) const {
  std::vector<float> result(state_->size());
  std::lock_guard lock(state_->mutex);
  state_->sum.statistics.write_half_mean(even_half, result);
  return result;
}

std::vector<std::byte> Run::save() const {
  std::lock_guard lock(state_->mutex);
  return write_saved_run(state_->sum);
}

void Run::merge(std::span<const std::byte> saved) {
  const SavedRun other = read_saved_run(saved);
  std::lock_guard lock(state_->mutex);
  merge_saved_run(state_->sum, other, state_->options.first_sample + state_->samples_wanted());
}

}  // namespace smoothgrad
