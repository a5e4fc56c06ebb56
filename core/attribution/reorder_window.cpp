#include "core/attribution/reorder_window.h"

#include <algorithm>

namespace smoothgrad {

void ReorderWindow::set_slots(size_t count) {
  terms_.resize(count);
  ready_.assign(count, false);
  next_ = consumed_;
}

void ReorderWindow::set_goal(int64_t goal) {
  goal_ = goal;
  consume_ready();
}

std::optional<ReorderWindow::Numbers> ReorderWindow::take(int most) {
  if (handed_out()) return std::nullopt;
  const int64_t count = std::min<int64_t>(most, goal_ - next_);
  if (next_ + count > consumed_ + static_cast<int64_t>(terms_.size())) return std::nullopt;
  const Numbers taken{next_, static_cast<int>(count)};
  next_ += count;
  return taken;
}

void ReorderWindow::deliver(int64_t number) {
  ready_[slot(number)] = true;
  consume_ready();
}

void ReorderWindow::consume_ready() {
  while (consumed_ < goal_ && !ready_.empty() && ready_[slot(consumed_)]) {
    const bool go_on = consume_(consumed_, term(consumed_));
    ready_[slot(consumed_)] = false;
    ++consumed_;
    if (!go_on) goal_ = consumed_;
  }
}

}  // namespace smoothgrad
