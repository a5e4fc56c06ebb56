// Numbers 0, 1, 2, ... are taken in turn, their terms delivered in any order and consumed in the order of the numbers. Terms
// are no further apart than a window, so that few are in memory at once. For one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/attribution/sampler.h"

namespace smoothgrad {

class ReorderWindow {
 public:
  // consume(number, term) is called for one number after the other; it returns false to stop: nothing after that number is
  // consumed until set_goal().
  using Consume = std::function<bool(int64_t number, const Term& term)>;

  explicit ReorderWindow(Consume consume) : consume_(std::move(consume)) {}

  // Terms in flight, when nobody computes any: what has been taken but not been consumed is handed out again.
  void set_slots(size_t count);
  void set_goal(int64_t goal);                                   // numbers below it are handed out and consumed
  void begin_at(int64_t number) { next_ = consumed_ = number; }  // before any was taken

  struct Numbers {
    int64_t first;
    int count;
  };
  // The next `most` numbers (no more than slots), or those that are left; nothing where they do not fit into the window yet,
  // or all are handed out.
  std::optional<Numbers> take(int most = 1);
  bool handed_out() const { return consumed_ >= goal_ || next_ >= goal_; }
  // Where the term of a number goes that was taken and not delivered yet.
  Term& term(int64_t number) { return terms_[slot(number)]; }
  void deliver(int64_t number);

  int64_t consumed() const { return consumed_; }
  int64_t goal() const { return goal_; }

 private:
  size_t slot(int64_t number) const { return static_cast<size_t>(number) % terms_.size(); }
  void consume_ready();

  const Consume consume_;
  std::vector<Term> terms_;
  std::vector<bool> ready_;
  int64_t next_ = 0, consumed_ = 0, goal_ = 0;
};

}  // namespace smoothgrad
