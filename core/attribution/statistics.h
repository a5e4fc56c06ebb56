// Running statistics of attributions, per element: mean and M2 by Welford's update, the mean of absolute values, and the mean
// of every other sample; two disjoint runs merge by Chan's formula. Of samples in antithetic pairs, which are not independent
// of each other, the standard error is that of the pairs' means.
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
    std::vector<double> within_pairs;                      // sum of (a - b)^2 / 2 over pairs: M2's share; empty without pairs
  };

  Statistics() = default;
  explicit Statistics(size_t size);
  explicit Statistics(State state);

  const State& state() const { return state_; }  // to be saved

  // size() elements. The samples are split into two halves, whose maps can be compared; by default every other one.
  void add(std::span<const float> attribution) { add(attribution, state_.count % 2 == 0); }
  void add(std::span<const float> attribution, bool even_half);
  void pair(std::span<const float> a, std::span<const float> b);  // two samples that were added are a pair
  void reserve_pairs() { state_.within_pairs.reserve(size()); }   // so that the first pair allocates nothing
  void merge(const Statistics& other);                            // disjoint samples of the same size

  size_t size() const { return state_.mean.size(); }
  int64_t count() const { return state_.count; }
  // Samples, or pairs of them, that are independent of each other.
  int64_t observations() const { return state_.within_pairs.empty() ? state_.count : state_.count / 2; }
  std::span<const double> mean() const { return state_.mean; }
  std::span<const double> m2() const { return state_.m2; }

  void write_mean(std::span<float> out) const;
  void write_mean_square(std::span<float> out) const;                // mean^2 + M2 / n
  void write_variance(std::span<float> out) const;                   // M2 / (n - 1), unbiased; 0 where n < 2
  void write_mean_absolute(std::span<float> out) const;              // of |attribution|
  void write_standard_error(std::span<float> out) const;             // sqrt(M2 / (n (n - 1))); 0 below 2 observations
  void write_half_mean(bool even_half, std::span<float> out) const;  // 0 where the half is empty

  // ||standard error||_2 / ||mean||_2; infinite below 2 observations or where the mean is zero. Kept up to date by add(), so
  // free to read.
  double relative_error() const;
  // ||standard error||_2 over the norm of the true mean, estimated without bias: sqrt(max(0, ||mean||^2 - ||standard
  // error||^2)). Unlike the relative error it does not saturate at 1 while the mean is mostly noise. Infinite where the
  // estimate is 0.
  double corrected_error() const;

 private:
  double error_share() const;    // what the spread is multiplied with to be a squared standard error; 0 below 2 observations
  double squared_error() const;  // ||standard error||^2; infinite below 2 observations

  State state_;
  double sum_mean_squared_ = 0;  // over the elements, as sum_m2_
  double sum_m2_ = 0;
  double sum_within_ = 0;
};

}  // namespace smoothgrad
