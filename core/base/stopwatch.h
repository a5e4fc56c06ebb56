// Running time with its pauses left out.
#pragma once

#include <chrono>

namespace smoothgrad {

class Stopwatch {
 public:
  void start() {
    if (!running_) since_ = Clock::now();
    running_ = true;
  }
  void stop() {
    earlier_ms_ = elapsed_ms();
    running_ = false;
  }
  double elapsed_ms() const {
    return running_ ? earlier_ms_ + std::chrono::duration<double, std::milli>(Clock::now() - since_).count() : earlier_ms_;
  }

 private:
  using Clock = std::chrono::steady_clock;

  Clock::time_point since_;
  double earlier_ms_ = 0;
  bool running_ = false;
};

}  // namespace smoothgrad
