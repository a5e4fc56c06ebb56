#include "core/attribution/reorder_window.h"

#include <algorithm>

namespace smoothgrad {

// Terms that wait beyond the goal for a later set_goal() are dropped and their numbers handed out again.
void ReorderWindow::set_slots(size_t count) {
  std::lock_guard lock(mutex_);
  terms_.resize(count);
  ready_.assign(count, false);
  next_ = consumed_;
}

bool ReorderWindow::set_goal(int64_t goal) {
  std::unique_lock lock(mutex_);
  goal_ = goal;
  consume_ready(lock);
  changed_.notify_all();
  return lanes_left_ && consumed_ < goal_;
}

void ReorderWindow::set_paused(bool paused) {
  std::lock_guard lock(mutex_);
  paused_ = paused;
  changed_.notify_all();
}

void ReorderWindow::close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

void ReorderWindow::reopen() {
  std::lock_guard lock(mutex_);
  closed_ = lanes_left_ = false;
}

std::optional<ReorderWindow::Numbers> ReorderWindow::take(bool wait, int most) {
  std::unique_lock lock(mutex_);
  const auto finished = [this] { return closed_ || consumed_ >= goal_ || next_ >= goal_; };
  const auto count = [this, most] { return std::min<int64_t>(most, goal_ - next_); };
  const auto can_take = [&] { return !paused_ && next_ + count() <= consumed_ + static_cast<int64_t>(terms_.size()); };
  if (wait) changed_.wait(lock, [&] { return finished() || can_take(); });
  if (finished() || !can_take()) {
    lanes_left_ |= wait;
    return std::nullopt;
  }
  const Numbers taken{next_, static_cast<int>(count())};
  next_ += taken.count;
  return taken;
}

void ReorderWindow::deliver(int64_t number) {
  std::unique_lock lock(mutex_);
  ready_[static_cast<size_t>(number) % ready_.size()] = true;
  consume_ready(lock);
}

// The lock is released while a term is consumed: other lanes take and deliver meanwhile, but only one consumes.
void ReorderWindow::consume_ready(std::unique_lock<std::mutex>& lock) {
  if (consuming_) return;
  consuming_ = true;
  while (consumed_ < goal_ && !ready_.empty() && ready_[static_cast<size_t>(consumed_) % ready_.size()]) {
    const size_t slot = static_cast<size_t>(consumed_) % ready_.size();
    const int64_t number = consumed_;
    lock.unlock();
    const bool go_on = consume_(number, terms_[slot]);
    lock.lock();
    ready_[slot] = false;
    ++consumed_;
    if (!go_on) goal_ = consumed_;
    changed_.notify_all();
  }
  consuming_ = false;
}

int64_t ReorderWindow::consumed() const {
  std::lock_guard lock(mutex_);
  return consumed_;
}

int64_t ReorderWindow::goal() const {
  std::lock_guard lock(mutex_);
  return goal_;
}

}  // namespace smoothgrad
