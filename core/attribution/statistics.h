// Running statistics of attributions, per element: mean and M2 by Welford's update, the mean of absolute values, and the mean
// of every other sample; two disjoint runs merge by Chan's formula.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace smoothgrad {

class Statistics {
 public:
  struct State {
    int64_t count = 0, even_count = 0;
    std::vector<double> mean, m2, sum_absolute, sum_even;  // of the same size
  };

  Statistics() = default;
  explicit Statistics(size_t size);
  explicit Statistics(State state);

  const State& state() const { return state_; }  // to be saved

  // size() elements. The samples are split into two halves, whose maps can be compared; by default every other one.
  void add(std::span<const float> attribution) { add(attribution, state_.count % 2 == 0); }
  void add(std::span<const float> attribution, bool even_half);
  void merge(const Statistics& other);  // disjoint samples of the same size

  size_t size() const { return state_.mean.size(); }
  int64_t count() const { return state_.count; }
  std::span<const double> mean() const { return state_.mean; }
  std::span<const double> m2() const { return state_.m2; }

  void write_mean(std::span<float> out) const;
  void write_mean_square(std::span<float> out) const;                // mean^2 + M2 / n
  void write_variance(std::span<float> out) const;                   // M2 / (n - 1), unbiased; 0 where n < 2
  void write_mean_absolute(std::span<float> out) const;              // of |attribution|
  void write_standard_error(std::span<float> out) const;             // sqrt(M2 / (n (n - 1))); 0 where n < 2
  void write_half_mean(bool even_half, std::span<float> out) const;  // 0 where the half is empty

  // ||standard error||_2 / ||mean||_2; infinite where n < 2 or the mean is zero. Kept up to date by add(), so free to read.
  double relative_error() const;
  // ||standard error||_2 over the norm of the true mean, estimated without bias: sqrt(max(0, ||mean||^2 - ||standard
  // error||^2)). Unlike the relative error it does not saturate at 1 while the mean is mostly noise. Infinite where the
  // estimate is 0.
  double corrected_error() const;

 private:
  double squared_error() const;  // ||standard error||^2; infinite where n < 2

  State state_;
  double sum_mean_squared_ = 0;  // over the elements, as sum_m2_
  double sum_m2_ = 0;
};

}  // namespace smoothgrad
