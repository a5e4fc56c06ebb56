// Element by element, in pairs of doubles; the sums behind the relative error are taken in the same pass.
#include "core/attribution/statistics.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <utility>

#include "core/base/text.h"

namespace smoothgrad {
namespace {

// Compilers do not find the vectors of the plain loop (four arrays, two sums, float to double), so they are written out.
using Pair = double __attribute__((vector_size(16)));
using FloatPair = float __attribute__((vector_size(8)));
using BitPair = uint64_t __attribute__((vector_size(16)));
constexpr size_t kPair = 2;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Pair load(const double* from) {
  Pair pair;
  std::memcpy(&pair, from, sizeof(pair));
  return pair;
}

Pair load(const float* from) {
  FloatPair pair;
  std::memcpy(&pair, from, sizeof(pair));
  return __builtin_convertvector(pair, Pair);
}

void store(double* to, Pair pair) { std::memcpy(to, &pair, sizeof(pair)); }

Pair absolute(Pair pair) { return (Pair)((BitPair)pair & ~(uint64_t{1} << 63)); }

// In the order of add(): the same bits.
template <typename F>
double sum_of_pairs(std::span<const double> values, F of) {
  double even = 0, odd = 0;
  size_t i = 0;
  for (; i + kPair <= values.size(); i += kPair) {
    even += of(values[i]);
    odd += of(values[i + 1]);
  }
  const double sum = even + odd;
  return i < values.size() ? sum + of(values[i]) : sum;
}
double sum_of(std::span<const double> values) {
  return sum_of_pairs(values, [](double value) { return value; });
}
double sum_of_squares(std::span<const double> values) {
  return sum_of_pairs(values, [](double value) { return value * value; });
}

}  // namespace

Statistics::Statistics(size_t size) {
  for (std::vector<double>* values : {&state_.mean, &state_.m2, &state_.sum_absolute, &state_.sum_even}) values->resize(size);
}

Statistics::Statistics(State state)
    : state_(std::move(state)),
      sum_mean_squared_(sum_of_squares(state_.mean)),
      sum_m2_(sum_of(state_.m2)),
      sum_within_(sum_of(state_.within_pairs)) {}

void Statistics::add(std::span<const float> attribution, bool even_half) {
  assert(attribution.size() == size());
  ++state_.count;
  state_.even_count += even_half;
  const double share = 1.0 / static_cast<double>(state_.count);
  const Pair shares = {share, share};
  const float* x = attribution.data();
  double* mean = state_.mean.data();
  double* m2 = state_.m2.data();
  double* sum_absolute = state_.sum_absolute.data();
  Pair mean_squared = {}, m2_sum = {};
  const size_t end = size();
  size_t i = 0;
  for (; i + kPair <= end; i += kPair) {
    const Pair value = load(x + i), old_mean = load(mean + i);
    const Pair delta = value - old_mean;
    const Pair new_mean = old_mean + delta * shares;
    const Pair new_m2 = load(m2 + i) + delta * (value - new_mean);
    store(mean + i, new_mean);
    store(m2 + i, new_m2);
    store(sum_absolute + i, load(sum_absolute + i) + absolute(value));
    mean_squared += new_mean * new_mean;
    m2_sum += new_m2;
  }
  sum_mean_squared_ = mean_squared[0] + mean_squared[1];
  sum_m2_ = m2_sum[0] + m2_sum[1];
  for (; i < end; ++i) {
    const double delta = x[i] - mean[i];
    mean[i] += delta * share;
    m2[i] += delta * (x[i] - mean[i]);
    sum_absolute[i] += std::abs(x[i]);
    sum_mean_squared_ += mean[i] * mean[i];
    sum_m2_ += m2[i];
  }
  if (!even_half) return;
  for (size_t k = 0; k < size(); ++k) state_.sum_even[k] += x[k];
}

void Statistics::pair(std::span<const float> a, std::span<const float> b) {
  state_.within_pairs.resize(size());
  for (size_t i = 0; i < size(); ++i) {
    const double difference = double{a[i]} - b[i];
    state_.within_pairs[i] += difference * difference / 2;
  }
  sum_within_ = sum_of(state_.within_pairs);
}

void Statistics::merge(const Statistics& other) {
  if (other.size() != size()) {
    refuse(ErrorCode::kBadOption, {"statistics of ", other.size(), " elements cannot be merged with those of ", size(),
                                   ": both runs must be of the same model"});
  }
  const State& theirs = other.state_;
  if (theirs.count == 0) return;
  const double n = static_cast<double>(state_.count), m = static_cast<double>(theirs.count);
  const double share = m / (n + m), weight = n * share;
  for (size_t i = 0; i < size(); ++i) {
    const double delta = theirs.mean[i] - state_.mean[i];
    state_.mean[i] += delta * share;
    state_.m2[i] += theirs.m2[i] + delta * delta * weight;
    state_.sum_absolute[i] += theirs.sum_absolute[i];
    state_.sum_even[i] += theirs.sum_even[i];
  }
  if (!theirs.within_pairs.empty()) state_.within_pairs.resize(size());
  for (size_t i = 0; i < theirs.within_pairs.size(); ++i) state_.within_pairs[i] += theirs.within_pairs[i];
  sum_within_ = sum_of(state_.within_pairs);
  state_.count += theirs.count;
  state_.even_count += theirs.even_count;
  sum_mean_squared_ = sum_of_squares(state_.mean);
  sum_m2_ = sum_of(state_.m2);
}

void Statistics::write_mean(std::span<float> out) const {
  for (size_t i = 0; i < size(); ++i) out[i] = static_cast<float>(state_.mean[i]);
}

void Statistics::write_mean_square(std::span<float> out) const {
  const double share = state_.count > 0 ? 1.0 / static_cast<double>(state_.count) : 0;
  for (size_t i = 0; i < size(); ++i) {
    out[i] = static_cast<float>(state_.mean[i] * state_.mean[i] + state_.m2[i] * share);
  }
}

void Statistics::write_variance(std::span<float> out) const {
  const double share = state_.count > 1 ? 1.0 / static_cast<double>(state_.count - 1) : 0;
  for (size_t i = 0; i < size(); ++i) out[i] = static_cast<float>(state_.m2[i] * share);
}

void Statistics::write_mean_absolute(std::span<float> out) const {
  const double share = state_.count > 0 ? 1.0 / static_cast<double>(state_.count) : 0;
  for (size_t i = 0; i < size(); ++i) out[i] = static_cast<float>(state_.sum_absolute[i] * share);
}

void Statistics::write_half_mean(bool even_half, std::span<float> out) const {
  const double all = static_cast<double>(state_.count);
  const int64_t members = even_half ? state_.even_count : state_.count - state_.even_count;
  const double share = members > 0 ? 1.0 / static_cast<double>(members) : 0;
  for (size_t i = 0; i < size(); ++i) {
    const double even = state_.sum_even[i];
    out[i] = static_cast<float>((even_half ? even : state_.mean[i] * all - even) * share);
  }
}

void Statistics::write_standard_error(std::span<float> out) const {
  const double share = error_share();
  for (size_t i = 0; i < size(); ++i) {
    const double within = state_.within_pairs.empty() ? 0 : state_.within_pairs[i];
    out[i] = static_cast<float>(std::sqrt(std::max(0.0, state_.m2[i] - within) * share));
  }
}

// Of m = n / 2 pairs M2 has twice their means' spread, and what is within them.
double Statistics::error_share() const {
  const double n = static_cast<double>(state_.count);
  if (observations() < 2) return 0;
  return state_.within_pairs.empty() ? 1 / (n * (n - 1)) : 2 / (n * (n - 2));
}

double Statistics::squared_error() const {
  return observations() < 2 ? kInfinity : std::max(0.0, sum_m2_ - sum_within_) * error_share();
}

double Statistics::relative_error() const {
  return sum_mean_squared_ > 0 ? std::sqrt(squared_error() / sum_mean_squared_) : kInfinity;
}

double Statistics::corrected_error() const {
  const double squared_mean = sum_mean_squared_ - squared_error();
  return squared_mean > 0 ? std::sqrt(squared_error() / squared_mean) : kInfinity;
}

}  // namespace smoothgrad
