#include "core/training/trainer.h"

#include <algorithm>
#include <atomic>
#include <barrier>
#include <chrono>
#include <cmath>
#include <mutex>
#include <numbers>
#include <numeric>
#include <string>
#include <thread>

#include "core/attribution/noise.h"
#include "core/error.h"
#include "core/training/adam.h"
#include "core/training/cross_entropy.h"
#include "core/training/randomness.h"

namespace smoothgrad::training {
namespace {

constexpr size_t kShards = 8;          // of a batch; a share of the result's identity, so fixed
constexpr size_t kTestedAtOnce = 512;  // images
constexpr double kKept = 0.9;          // of the running means, a batch

using Clock = std::chrono::steady_clock;

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::kBadOption, what); }

void check_options(const TrainingOptions& options) {
  if (!(options.noise >= 0 && options.noise <= 10)) refuse("noise must be from 0 to 10 times the range of values");
  if (options.epochs < 1) refuse("epochs must be a whole number of 1 or more");
  if (options.batch < 1) refuse("batch must be a whole number of 1 or more");
  if (!(options.learning_rate > 0 && options.learning_rate <= 1)) refuse("the learning rate must be above 0 and at most 1");
}

void check_digits(const Digits& digits, const NetworkSize& size, const std::string& name) {
  const auto bad = [&](const std::string& what) { throw Error(ErrorCode::kBadImage, name + ": " + what); };
  if (digits.shape != size.image) {
    bad("images of " + std::to_string(digits.shape.height) + " x " + std::to_string(digits.shape.width) +
        ", but the network's are " + std::to_string(size.image.height) + " x " + std::to_string(size.image.width));
  }
  if (digits.images.size() != digits.size() * size.image.size()) {
    bad(std::to_string(digits.images.size()) + " bytes are not " + std::to_string(digits.size()) + " images of " +
        std::to_string(size.image.height) + " x " + std::to_string(size.image.width));
  }
  const auto wrong = std::ranges::find_if(digits.labels, [&](uint8_t label) { return label >= size.classes; });
  if (wrong != digits.labels.end()) {
    bad("label " + std::to_string(wrong - digits.labels.begin()) + " is " + std::to_string(*wrong) + ", not 0 to " +
        std::to_string(size.classes - 1));
  }
}

// Levels 0 to 255 -> 0 to 1
void fill_image(const Digits& digits, size_t image, std::span<float> out) {
  const uint8_t* levels = digits.images.data() + image * out.size();
  for (size_t i = 0; i < out.size(); ++i) out[i] = static_cast<float>(levels[i]) / 255;
}

// Images of a batch, or of the test digits.
struct Job {
  bool testing = false;
  size_t first = 0, count = 0;
};

// A running mean, corrected for its start at zero.
struct RunningMean {
  double sum = 0, weight = 0;
  void add(double value) {
    sum = kKept * sum + (1 - kKept) * value;
    weight = kKept * weight + (1 - kKept);
  }
  double value() const { return weight > 0 ? sum / weight : 0; }
};

}  // namespace

struct Trainer::State {
  const Digits training, test;
  const TrainingOptions options;
  const Network network;
  const size_t shard_images;  // at most

  // Lanes read these while they work on the shards of a job; who finishes the job changes them, under the mutex.
  mutable std::mutex mutex;
  std::vector<float> parameters;
  Job job;
  std::vector<uint32_t> order;  // of the epoch's images
  TrainingProgress progress;
  bool running = false;
  Clock::time_point running_since;

  struct Shard {
    std::vector<float> gradient;
    Score score;
  };
  std::vector<Shard> shards{kShards};
  Adam adam;
  std::vector<float> gradient;
  RunningMean loss, accuracy;
  size_t tested_correct = 0;

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

  State(Digits training_digits, Digits test_digits, const TrainingOptions& opts, const NetworkSize& size)
      : training(std::move(training_digits)),
        test(std::move(test_digits)),
        options(opts),
        network(size),
        shard_images((static_cast<size_t>(opts.batch) + kShards - 1) / kShards),
        parameters(network.initial_parameters(opts.seed)),
        order(training.size()),
        adam(parameters.size()),
        gradient(parameters.size()) {
    for (Shard& shard : shards) shard.gradient.resize(parameters.size());
    const size_t batch = static_cast<size_t>(opts.batch);
    progress.steps = static_cast<int64_t>((training.size() + batch - 1) / batch) * opts.epochs;
    begin_epoch();
  }

  void begin_epoch() {
    std::vector<float> keys(training.size());
    standard_normal(options.seed, kFirstShuffle + static_cast<uint64_t>(progress.epoch), keys);
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::sort(order, [&](uint32_t a, uint32_t b) { return std::pair(keys[a], a) < std::pair(keys[b], b); });
    job = {false, 0, std::min(static_cast<size_t>(options.batch), training.size())};
  }

  void work_on(size_t index, Workspace& workspace) {
    Shard& shard = shards[index];
    shard.score = {};
    const size_t begin = job.first + job.count * index / kShards, end = job.first + job.count * (index + 1) / kShards;
    if (begin == end && !job.testing) std::ranges::fill(shard.gradient, 0.f);
    for (size_t first = begin; first < end; first += shard_images) {
      const size_t images = std::min(shard_images, end - first);
      if (job.testing) {
        shard.score += score(workspace, test, first, images, parameters);
      } else {
        train(shard, workspace, first, images);
      }
    }
  }

  static Score score(Workspace& workspace, const Digits& digits, size_t first, size_t images,
                     std::span<const float> parameters) {
    const size_t size = digits.shape.size();
    for (size_t i = 0; i < images; ++i) fill_image(digits, first + i, workspace.input(images).subspan(i * size, size));
    const std::span<const uint8_t> labels = std::span(digits.labels).subspan(first, images);
    return softmax_cross_entropy(workspace.forward(images, parameters), labels, 0);
  }

  void train(Shard& shard, Workspace& workspace, size_t first, size_t images) {
    const size_t size = training.shape.size();
    std::vector<float> normals(options.noise > 0 ? size : 0);
    std::vector<uint8_t> labels(images);
    for (size_t i = 0; i < images; ++i) {
      const uint32_t image = order[first + i];
      const std::span<float> input = workspace.input(images).subspan(i * size, size);
      fill_image(training, image, input);
      labels[i] = training.labels[image];
      standard_normal(options.seed, static_cast<uint64_t>(progress.epoch) * training.size() + image, normals);
      for (size_t k = 0; k < normals.size(); ++k) input[k] += static_cast<float>(options.noise) * normals[k];
    }
    const std::span<float> logits = workspace.forward(images, parameters);
    shard.score = softmax_cross_entropy(logits, labels, 1.f / static_cast<float>(job.count));
    workspace.backward(images, parameters, shard.gradient);
  }

  // All shards are done, and no lane works.
  void finish_job() {
    std::lock_guard lock(mutex);
    Score score;
    for (const Shard& shard : shards) score += shard.score;
    if (job.testing) {
      tested_correct += score.correct;
    } else {
      take_step();
      loss.add(score.loss / static_cast<double>(job.count));
      accuracy.add(static_cast<double>(score.correct) / static_cast<double>(job.count));
      progress.loss = loss.value();
      progress.accuracy = accuracy.value();
    }
    next_job();
    next_shard = 0;
    lanes_end = progress.done || stop_asked;
    if (lanes_end) stop_clock();
  }

  void take_step() {
    gradient = shards[0].gradient;
    for (size_t s = 1; s < kShards; ++s) {
      const float* part = shards[s].gradient.data();
      for (size_t i = 0; i < gradient.size(); ++i) gradient[i] += part[i];
    }
    const double share = static_cast<double>(progress.step) / static_cast<double>(progress.steps);
    adam.step(parameters, gradient, options.learning_rate * (1 + std::cos(std::numbers::pi * share)) / 2);
    ++progress.step;
  }

  void next_job() {
    const size_t total = job.testing ? test.size() : training.size();
    const size_t most = job.testing ? kTestedAtOnce : static_cast<size_t>(options.batch);
    job.first += job.count;
    job.count = std::min(most, total - job.first);
    if (job.count > 0) return;
    if (!job.testing && test.size() > 0) {
      tested_correct = 0;
      job = {true, 0, std::min(kTestedAtOnce, test.size())};
      return;
    }
    if (job.testing) progress.test_accuracy = static_cast<double>(tested_correct) / static_cast<double>(test.size());
    progress.done = ++progress.epoch == options.epochs;
    if (!progress.done) begin_epoch();
  }

  void run_lane(Workspace& workspace) {
    do {
      for (size_t shard = next_shard++; shard < kShards; shard = next_shard++) work_on(shard, workspace);
      barrier->arrive_and_wait();
    } while (!lanes_end);
  }

  void launch(int threads) {
    lanes_end = false;
    barrier = std::make_unique<std::barrier<Finish>>(threads, Finish{this});
    // Made here, where a lack of memory can be reported.
    std::vector<std::unique_ptr<Workspace>> workspaces;
    for (int i = 0; i < threads; ++i) workspaces.push_back(std::make_unique<Workspace>(network, shard_images));
    start_clock();
    for (auto& workspace : workspaces) {
      lanes.emplace_back([this, own = std::move(workspace)] { run_lane(*own); });
    }
  }

  void join() {
    for (std::thread& lane : lanes) lane.join();
    lanes.clear();
  }

  double elapsed_ms() const {
    if (!running) return progress.elapsed_ms;
    return progress.elapsed_ms + std::chrono::duration<double, std::milli>(Clock::now() - running_since).count();
  }
  void start_clock() {
    std::lock_guard lock(mutex);
    if (!running) running_since = Clock::now();
    running = true;
  }
  void stop_clock() {
    progress.elapsed_ms = elapsed_ms();
    running = false;
  }
};

Trainer::Trainer(Digits training, Digits test, TrainingOptions options, const NetworkSize& size) {
  check_options(options);
  check_digits(training, size, "the training digits");
  check_digits(test, size, "the test digits");
  if (training.size() == 0) throw Error(ErrorCode::kBadImage, "there are no training digits");
  state_ = std::make_unique<State>(std::move(training), std::move(test), options, size);
}

Trainer::~Trainer() { stop(); }

void Trainer::start(int threads) {
  if (threads < 1) refuse("threads must be a whole number of 1 or more");
  stop();
  if (!state_->progress.done) state_->launch(threads);
}

bool Trainer::step() {
  State& state = *state_;
  if (state.progress.done) return false;
  if (!state.own_workspace) state.own_workspace = std::make_unique<Workspace>(state.network, state.shard_images);
  state.start_clock();
  for (size_t shard = 0; shard < kShards; ++shard) state.work_on(shard, *state.own_workspace);
  state.finish_job();
  return !state.progress.done;
}

void Trainer::stop() {
  state_->stop_asked = true;
  state_->join();
  state_->stop_asked = false;
  std::lock_guard lock(state_->mutex);
  state_->stop_clock();
}

void Trainer::wait() { state_->join(); }

const Network& Trainer::network() const { return state_->network; }

TrainingProgress Trainer::progress() const {
  std::lock_guard lock(state_->mutex);
  TrainingProgress progress = state_->progress;
  progress.elapsed_ms = state_->elapsed_ms();
  return progress;
}

std::vector<float> Trainer::parameters() const {
  std::lock_guard lock(state_->mutex);
  return state_->parameters;
}

}  // namespace smoothgrad::training
