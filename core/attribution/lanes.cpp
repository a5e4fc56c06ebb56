#include "core/attribution/lanes.h"

#include "core/base/text.h"

namespace smoothgrad {

Lanes::Lanes(const std::shared_ptr<const Network>& network, std::vector<float> input, const ExplainOptions& options)
    : explanation_(network, std::move(input), options), until_ms_(options.until_ms) {}

Lanes::~Lanes() { join(); }

void Lanes::start(int threads) {
  if (threads < 1) refuse(ErrorCode::kBadOption, {"threads must be a whole number of 1 or more"});
  count_ = threads;
  launch();
}

bool Lanes::step() { return step(explanation_.sampler().batch()); }

bool Lanes::step_one() { return step(1); }

bool Lanes::step(int most) {
  const Sampler& sampler = explanation_.sampler();
  if (!own_lane_) {
    own_lane_ = sampler.make_lane();
    explanation()->set_slots(static_cast<size_t>(sampler.batch()));
  }
  if (take(own_lane_->tasks, most)) compute(*own_lane_);
  return !explanation()->done();
}

void Lanes::extend(int64_t samples) {
  {
    std::lock_guard lock(mutex_);
    explanation_.extend(samples);
    until_ms_ = 0;
    changed_.notify_all();
    if (count_ == 0 || explanation_.done()) return;
    stopwatch_.start();
    if (!lanes_left_) return;
  }
  launch();
}

void Lanes::stop() {
  join();
  own_lane_.reset();
  count_ = 0;
  std::lock_guard lock(mutex_);
  stopwatch_.stop();
}

void Lanes::wait() {
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void Lanes::launch() {
  join();
  const Sampler& sampler = explanation_.sampler();
  // Lanes are made here, where a lack of memory can be reported.
  std::vector<std::unique_ptr<Sampler::Lane>> lanes;
  for (int i = 0; i < count_; ++i) lanes.push_back(sampler.make_lane());
  {
    std::lock_guard lock(mutex_);
    explanation_.set_slots(static_cast<size_t>((count_ + 2) * sampler.batch()));
    ending_ = lanes_left_ = false;
    if (!explanation_.done()) stopwatch_.start();
  }
  for (auto& lane : lanes) {
    threads_.emplace_back([this, own = std::move(lane)] {
      while (wait_and_take(*own)) compute(*own);
    });
  }
}

void Lanes::join() {
  {
    std::lock_guard lock(mutex_);
    ending_ = true;
    changed_.notify_all();
  }
  wait();
}

bool Lanes::wait_and_take(Sampler::Lane& lane) {
  std::unique_lock lock(mutex_);
  while (!ending_ && !explanation_.handed_out()) {
    if (explanation_.take(lane.tasks, explanation_.sampler().batch())) return true;
    changed_.wait(lock);
  }
  lanes_left_ = true;
  return false;
}

void Lanes::compute(Sampler::Lane& lane) {
  explanation_.sampler().compute(lane);
  deliver(lane.tasks);
}

bool Lanes::take(std::vector<Sampler::Task>& tasks, int most) {
  std::lock_guard lock(mutex_);
  const bool taken = explanation_.take(tasks, most);
  if (taken) stopwatch_.start();
  return taken;
}

void Lanes::deliver(std::span<const Sampler::Task> tasks) {
  std::lock_guard lock(mutex_);
  for (const Sampler::Task& task : tasks) explanation_.deliver(task);
  if (until_ms_ > 0 && stopwatch_.elapsed_ms() >= until_ms_) explanation_.end_with_sample();
  if (explanation_.done()) stopwatch_.stop();
  changed_.notify_all();
}

double Lanes::elapsed_ms() const {
  std::lock_guard lock(mutex_);
  return stopwatch_.elapsed_ms();
}

}  // namespace smoothgrad
