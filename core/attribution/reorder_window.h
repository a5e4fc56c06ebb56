// Lanes take numbers 0, 1, 2, ... in turn and deliver terms in any order; terms are consumed in the order of the numbers.
// No barrier: a lane waits only when it is a whole window ahead of the slowest.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "core/attribution/sampler.h"

namespace smoothgrad {

class ReorderWindow {
 public:
  // consume(number, term) is called for one number at a time, on the lane that completes the order; it returns false to
  // stop: nothing after that number is consumed until set_goal().
  using Consume = std::function<bool(int64_t number, const Term& term)>;

  explicit ReorderWindow(Consume consume) : consume_(std::move(consume)) {}

  void set_slots(size_t count);  // terms in flight; before the first take() or while no lane is at work
  // Numbers below the goal are handed out and consumed. True when lanes have left that are needed again.
  bool set_goal(int64_t goal);
  void set_paused(bool paused);  // while paused take() waits, or with `wait` false returns nothing
  void close();                  // take() returns nothing from now on
  void reopen();

  struct Numbers {
    int64_t first;
    int count;
  };
  // The next `most` numbers (no more than slots), or those that are left; nothing, and a waiting lane should leave, when all
  // are handed out, or closed.
  std::optional<Numbers> take(bool wait, int most = 1);
  // Where the term of a number goes that was taken and not delivered yet.
  Term& term(int64_t number) { return terms_[static_cast<size_t>(number) % terms_.size()]; }
  void deliver(int64_t number);

  int64_t consumed() const;
  int64_t goal() const;

 private:
  void consume_ready(std::unique_lock<std::mutex>& lock);

  const Consume consume_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Term> terms_;
  std::vector<bool> ready_;
  int64_t next_ = 0, consumed_ = 0, goal_ = 0;
  bool paused_ = false, closed_ = false, consuming_ = false, lanes_left_ = false;
};

}  // namespace smoothgrad
