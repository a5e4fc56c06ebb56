// Running statistics of attributions, per element: mean and M2 by Welford's update, the mean of absolute values, and the mean
// of every other sample; two disjoint runs merge by Chan's formula.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace smoothgrad {

class Statistics {
 public:
  Statistics() = default;
  explicit Statistics(size_t size);

  // size() elements. The samples are split into two halves, whose maps can be compared; by default every other one.
  void add(std::span<const float> attribution) { add(attribution, count_ % 2 == 0); }
  void add(std::span<const float> attribution, bool even_half);
  void merge(const Statistics& other);           // disjoint samples of the same size

  size_t size() const { return mean_.size(); }
  int64_t count() const { return count_; }
  std::span<const double> mean() const { return mean_; }
  std::span<const double> m2() const { return m2_; }

  void write_mean(std::span<float> out) const;
  void write_mean_square(std::span<float> out) const;     // mean^2 + M2 / n
  void write_variance(std::span<float> out) const;        // M2 / (n - 1), unbiased; 0 where n < 2
  void write_mean_absolute(std::span<float> out) const;   // of |attribution|
  void write_standard_error(std::span<float> out) const;  // sqrt(M2 / (n (n - 1))); 0 where n < 2
  void write_half_mean(bool even_half, std::span<float> out) const;  // 0 where the half is empty

  // ||standard error||_2 / ||mean||_2; infinite where n < 2 or the mean is zero. Kept up to date by add(), so free to read.
  double relative_error() const;

 private:
  int64_t count_ = 0, even_count_ = 0;
  std::vector<double> mean_;
  std::vector<double> m2_;
  std::vector<double> sum_absolute_;
  std::vector<double> sum_even_;
  double sum_mean_squared_ = 0;
  double sum_m2_ = 0;
};

}  // namespace smoothgrad
