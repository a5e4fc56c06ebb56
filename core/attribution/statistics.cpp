// Element by element; the sums behind the relative error are taken in the same pass, in kLanes partial sums of fixed order, so
// that loops vectorise and every build adds up alike.
#include "core/attribution/statistics.h"

#include <cassert>
#include <cmath>
#include <limits>
#include <string>

#include "core/error.h"

namespace smoothgrad {
namespace {

constexpr size_t kLanes = 4;

struct Sums {
  double mean_squared[kLanes] = {};
  double m2[kLanes] = {};

  void add(size_t lane, double mean_value, double m2_value) {
    mean_squared[lane] += mean_value * mean_value;
    m2[lane] += m2_value;
  }
};

double total(const double (&lanes)[kLanes]) {
  return (lanes[0] + lanes[2]) + (lanes[1] + lanes[3]);
}

// update(i, lane) for every element.
template <typename Update>
void for_each_element(size_t size, Update update) {
  const size_t whole = size / kLanes * kLanes;
  for (size_t i = 0; i < whole; i += kLanes)
    for (size_t lane = 0; lane < kLanes; ++lane) update(i + lane, lane);
  for (size_t i = whole; i < size; ++i) update(i, i - whole);
}

}  // namespace

Statistics::Statistics(size_t size) : mean_(size), m2_(size), sum_absolute_(size), sum_even_(size) {}

void Statistics::add(std::span<const float> attribution, bool even_half) {
  assert(attribution.size() == size());
  ++count_;
  even_count_ += even_half;
  const double share = 1.0 / static_cast<double>(count_);
  const float* x = attribution.data();
  double* mean = mean_.data();
  double* m2 = m2_.data();
  double* sum_absolute = sum_absolute_.data();
  Sums sums;
  for_each_element(size(), [&](size_t i, size_t lane) {
    const double delta = x[i] - mean[i];
    mean[i] += delta * share;
    m2[i] += delta * (x[i] - mean[i]);
    sum_absolute[i] += std::abs(x[i]);
    sums.add(lane, mean[i], m2[i]);
  });
  sum_mean_squared_ = total(sums.mean_squared);
  sum_m2_ = total(sums.m2);
  if (!even_half) return;
  for (size_t i = 0; i < size(); ++i) sum_even_[i] += x[i];
}

void Statistics::merge(const Statistics& other) {
  if (other.size() != size()) {
    throw Error(ErrorCode::kBadOption, "statistics of " + std::to_string(other.size()) + " elements cannot be merged with those of " +
                                           std::to_string(size()) + ": both runs must be of the same model");
  }
  if (other.count_ == 0) return;
  const double n = static_cast<double>(count_), m = static_cast<double>(other.count_);
  const double share = m / (n + m), weight = n * share;
  Sums sums;
  for_each_element(size(), [&](size_t i, size_t lane) {
    const double delta = other.mean_[i] - mean_[i];
    mean_[i] += delta * share;
    m2_[i] += other.m2_[i] + delta * delta * weight;
    sum_absolute_[i] += other.sum_absolute_[i];
    sum_even_[i] += other.sum_even_[i];
    sums.add(lane, mean_[i], m2_[i]);
  });
  count_ += other.count_;
  even_count_ += other.even_count_;
  sum_mean_squared_ = total(sums.mean_squared);
  sum_m2_ = total(sums.m2);
}

void Statistics::write_mean(std::span<float> out) const {
  for (size_t i = 0; i < size(); ++i) out[i] = static_cast<float>(mean_[i]);
}

void Statistics::write_mean_square(std::span<float> out) const {
  const double share = count_ > 0 ? 1.0 / static_cast<double>(count_) : 0;
  for (size_t i = 0; i < size(); ++i) out[i] = static_cast<float>(mean_[i] * mean_[i] + m2_[i] * share);
}

void Statistics::write_variance(std::span<float> out) const {
  const double share = count_ > 1 ? 1.0 / static_cast<double>(count_ - 1) : 0;
  for (size_t i = 0; i < size(); ++i) out[i] = static_cast<float>(m2_[i] * share);
}

void Statistics::write_mean_absolute(std::span<float> out) const {
  const double share = count_ > 0 ? 1.0 / static_cast<double>(count_) : 0;
  for (size_t i = 0; i < size(); ++i) out[i] = static_cast<float>(sum_absolute_[i] * share);
}

void Statistics::write_half_mean(bool even_half, std::span<float> out) const {
  const int64_t members = even_half ? even_count_ : count_ - even_count_;
  const double share = members > 0 ? 1.0 / static_cast<double>(members) : 0;
  for (size_t i = 0; i < size(); ++i) {
    const double even = sum_even_[i];
    out[i] = static_cast<float>((even_half ? even : mean_[i] * static_cast<double>(count_) - even) * share);
  }
}

void Statistics::write_standard_error(std::span<float> out) const {
  const double n = static_cast<double>(count_);
  const double share = count_ > 1 ? 1.0 / (n * (n - 1)) : 0;
  for (size_t i = 0; i < size(); ++i) out[i] = static_cast<float>(std::sqrt(m2_[i] * share));
}

double Statistics::relative_error() const {
  if (count_ < 2 || !(sum_mean_squared_ > 0)) return std::numeric_limits<double>::infinity();
  const double n = static_cast<double>(count_);
  return std::sqrt(sum_m2_ / (n * (n - 1)) / sum_mean_squared_);
}

}  // namespace smoothgrad
