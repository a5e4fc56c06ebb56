// Running statistics against two passes in double over the same samples.
#include "core/attribution/statistics.h"

#include <algorithm>
#include <catch_amalgamated.hpp>
#include <cmath>
#include <vector>

#include "core/base/error.h"
#include "core/base/noise.h"

using smoothgrad::Error;
using smoothgrad::Statistics;

namespace {

using Samples = std::vector<std::vector<float>>;

Samples draw(size_t count, size_t size, float offset = 0) {
  Samples samples(count, std::vector<float>(size));
  for (size_t k = 0; k < count; ++k) {
    smoothgrad::standard_normal(1, k, samples[k]);
    for (size_t i = 0; i < size; ++i) samples[k][i] = offset + samples[k][i] * static_cast<float>(1 + i % 7);
  }
  return samples;
}

Statistics add_up(const Samples& samples, size_t first, size_t end) {
  Statistics statistics(samples[0].size());
  for (size_t k = first; k < end; ++k) statistics.add(samples[k]);
  return statistics;
}

struct TwoPass {
  std::vector<double> mean, m2;

  explicit TwoPass(const Samples& samples) : mean(samples[0].size()), m2(mean.size()) {
    for (size_t i = 0; i < mean.size(); ++i) {
      for (const auto& sample : samples) mean[i] += sample[i];
      mean[i] /= static_cast<double>(samples.size());
      for (const auto& sample : samples) m2[i] += (sample[i] - mean[i]) * (sample[i] - mean[i]);
    }
  }
};

template <typename Write>
std::vector<float> written(const Statistics& statistics, Write write) {
  std::vector<float> out(statistics.size(), -1);
  (statistics.*write)(out);
  return out;
}

bool close(double value, double expected, double relative) {
  return std::abs(value - expected) <= relative * std::max(std::abs(expected), 1e-3);
}

}  // namespace

TEST_CASE("statistics equal two passes, at odd sizes too", "[statistics]") {
  for (const size_t size : {1u, 2u, 3u, 7u, 8u, 9u, 1001u}) {
    const Samples samples = draw(37, size);
    const Statistics statistics = add_up(samples, 0, samples.size());
    const TwoPass expected(samples);
    REQUIRE(statistics.count() == 37);
    REQUIRE(statistics.size() == size);
    const auto mean = written(statistics, &Statistics::write_mean),
               square = written(statistics, &Statistics::write_mean_square),
               variance = written(statistics, &Statistics::write_variance),
               absolute = written(statistics, &Statistics::write_mean_absolute),
               error = written(statistics, &Statistics::write_standard_error);
    double mean_norm = 0, error_norm = 0;
    for (size_t i = 0; i < size; ++i) {
      CHECK(close(statistics.mean()[i], expected.mean[i], 1e-12));
      CHECK(close(statistics.m2()[i], expected.m2[i], 1e-12));
      double mean_square = 0, mean_absolute = 0;
      for (const auto& sample : samples) {
        mean_square += double{sample[i]} * sample[i] / 37;
        mean_absolute += std::abs(double{sample[i]}) / 37;
      }
      CHECK(close(mean[i], expected.mean[i], 1e-6));
      CHECK(close(square[i], mean_square, 1e-6));
      CHECK(close(variance[i], expected.m2[i] / 36, 1e-6));
      CHECK(close(absolute[i], mean_absolute, 1e-6));
      CHECK(close(error[i], std::sqrt(expected.m2[i] / (37.0 * 36)), 1e-6));
      mean_norm += expected.mean[i] * expected.mean[i];
      error_norm += expected.m2[i] / (37.0 * 36);
    }
    CHECK(close(statistics.relative_error(), std::sqrt(error_norm / mean_norm), 1e-12));
  }
}

TEST_CASE("merged statistics of disjoint samples are those of one run", "[statistics]") {
  const Samples samples = draw(60, 501);
  const Statistics whole = add_up(samples, 0, 60);
  for (const size_t cut : {1u, 2u, 20u, 59u}) {
    Statistics part = add_up(samples, 0, cut);
    part.merge(add_up(samples, cut, 60));
    CHECK(part.count() == 60);
    for (size_t i = 0; i < part.size(); ++i) {
      CHECK(close(part.mean()[i], whole.mean()[i], 1e-12));
      CHECK(close(part.m2()[i], whole.m2()[i], 1e-12));
    }
    CHECK(close(part.relative_error(), whole.relative_error(), 1e-12));
    CHECK(written(part, &Statistics::write_mean_absolute)[3] ==
          Catch::Approx(written(whole, &Statistics::write_mean_absolute)[3]).epsilon(1e-6));
  }
  Statistics forth = add_up(samples, 0, 20), back = add_up(samples, 20, 60);
  const Statistics first = forth;
  forth.merge(back);
  back.merge(first);
  for (size_t i = 0; i < forth.size(); ++i) CHECK(close(forth.m2()[i], back.m2()[i], 1e-12));
}

TEST_CASE("merging with statistics of no sample changes nothing", "[statistics]") {
  const Samples samples = draw(5, 10);
  Statistics full = add_up(samples, 0, 5), empty(10);
  const Statistics before = full;
  full.merge(empty);
  empty.merge(before);
  for (const Statistics* merged : {&full, &empty}) {
    CHECK(merged->count() == 5);
    for (size_t i = 0; i < 10; ++i) {
      CHECK(merged->mean()[i] == before.mean()[i]);
      CHECK(merged->m2()[i] == before.m2()[i]);
    }
    CHECK(close(merged->relative_error(), before.relative_error(), 1e-12));
  }
  CHECK_THROWS_AS(full.merge(Statistics(11)), Error);
}

TEST_CASE("statistics of no sample and of one", "[statistics]") {
  Statistics statistics(3);
  CHECK(std::isinf(statistics.relative_error()));
  for (const auto write : {&Statistics::write_mean, &Statistics::write_mean_square, &Statistics::write_variance,
                           &Statistics::write_mean_absolute, &Statistics::write_standard_error})
    CHECK(written(statistics, write) == std::vector<float>{0, 0, 0});
  statistics.add(std::vector<float>{1, -2, 3});
  CHECK(written(statistics, &Statistics::write_mean) == std::vector<float>{1, -2, 3});
  CHECK(written(statistics, &Statistics::write_mean_square) == std::vector<float>{1, 4, 9});
  CHECK(written(statistics, &Statistics::write_mean_absolute) == std::vector<float>{1, 2, 3});
  CHECK(written(statistics, &Statistics::write_variance) == std::vector<float>{0, 0, 0});
  CHECK(written(statistics, &Statistics::write_standard_error) == std::vector<float>{0, 0, 0});
  CHECK(std::isinf(statistics.relative_error()));
  CHECK(std::isinf(statistics.corrected_error()));
  statistics.add(std::vector<float>{1, -2, 3});
  CHECK(statistics.relative_error() == 0);
  CHECK(statistics.corrected_error() == 0);

  Statistics zero(3);
  zero.add(std::vector<float>(3));
  zero.add(std::vector<float>(3));
  CHECK(std::isinf(zero.relative_error()));
  CHECK(std::isinf(zero.corrected_error()));
  Statistics noise(1);  // mean 0.5, squared standard error 2.25: no true mean to be seen
  noise.add(std::vector<float>{2});
  noise.add(std::vector<float>{-1});
  CHECK(noise.relative_error() == Catch::Approx(3));
  CHECK(std::isinf(noise.corrected_error()));
  CHECK(Statistics().size() == 0);
}

TEST_CASE("the corrected error is that against the true mean, where the plain one saturates", "[statistics]") {
  constexpr float kMean = 0.1f;  // and a deviation of 1
  Statistics statistics(20'000);
  std::vector<float> sample(statistics.size());
  for (uint64_t k = 0; k < 512; ++k) {
    smoothgrad::standard_normal(3, k, sample);
    for (float& value : sample) value += kMean;
    statistics.add(sample);
    const double n = static_cast<double>(k + 1), truth = 1 / (std::sqrt(n) * static_cast<double>(kMean));
    if (n < 16) continue;
    CHECK(statistics.corrected_error() == Catch::Approx(truth).epsilon(0.1));
    CHECK(statistics.relative_error() == Catch::Approx(truth / std::hypot(1, truth)).epsilon(0.1));
  }
}

TEST_CASE("the error of samples in pairs is that of the pairs' means", "[statistics]") {
  const Samples samples = draw(8, 7);
  Samples means;
  Statistics paired(7), first(7), second(7);
  for (size_t k = 0; k < 8; ++k) {
    Statistics& half = k < 4 ? first : second;
    for (Statistics* statistics : {&paired, &half}) {
      statistics->add(samples[k]);
      if (k % 2 == 1) statistics->pair(samples[k - 1], samples[k]);
    }
    if (k % 2 == 0) continue;
    means.emplace_back(7);
    for (size_t i = 0; i < 7; ++i) means.back()[i] = (samples[k - 1][i] + samples[k][i]) / 2;
  }
  const Statistics expected = add_up(means, 0, 4);
  first.merge(second);
  for (const Statistics& statistics : {paired, first, Statistics(paired.state())}) {
    CHECK(statistics.observations() == 4);
    CHECK(close(statistics.relative_error(), expected.relative_error(), 1e-6));
    CHECK(close(statistics.corrected_error(), expected.corrected_error(), 1e-6));
    const auto error = written(statistics, &Statistics::write_standard_error);
    const auto wanted = written(expected, &Statistics::write_standard_error);
    for (size_t i = 0; i < 7; ++i) CHECK(close(error[i], wanted[i], 1e-6));
  }
  Statistics one(7);
  one.add(samples[0]);
  one.add(samples[1]);
  one.pair(samples[0], samples[1]);
  CHECK(std::isinf(one.relative_error()));
  CHECK(written(one, &Statistics::write_standard_error) == std::vector<float>(7));
}

TEST_CASE("statistics keep a small spread on a large offset", "[statistics]") {
  // 1e8 +- 8 is exact in float; E[x^2] - E[x]^2 would be lost at 1e16.
  Statistics statistics(1);
  for (int k = 0; k < 1000; ++k) statistics.add(std::vector<float>{k % 2 == 0 ? 1e8f + 8 : 1e8f - 8});
  CHECK(statistics.mean()[0] == Catch::Approx(1e8).epsilon(1e-15));
  CHECK(written(statistics, &Statistics::write_variance)[0] == Catch::Approx(64 * 1000.0 / 999).epsilon(1e-6));
}

TEST_CASE("statistics keep the two halves apart", "[statistics]") {
  const Samples samples = draw(9, 5);
  const Statistics alternating = add_up(samples, 0, 9);
  Statistics chosen(5);
  for (size_t k = 0; k < 9; ++k) chosen.add(samples[k], k < 2);
  const std::pair<const Statistics*, std::vector<size_t>> cases[] = {{&alternating, {0, 2, 4, 6, 8}}, {&chosen, {0, 1}}};
  for (const auto& [statistics, members] : cases) {
    std::vector<float> even(5), odd(5);
    statistics->write_half_mean(true, even);
    statistics->write_half_mean(false, odd);
    for (size_t i = 0; i < 5; ++i) {
      double sums[2] = {};
      for (size_t k = 0; k < 9; ++k) sums[std::ranges::count(members, k) == 0] += samples[k][i];
      CHECK(close(even[i], sums[0] / static_cast<double>(members.size()), 1e-6));
      CHECK(close(odd[i], sums[1] / static_cast<double>(9 - members.size()), 1e-6));
    }
  }
  std::vector<float> none(5, 1);
  Statistics(5).write_half_mean(true, none);
  CHECK(none == std::vector<float>(5));
}

TEST_CASE("statistics go on from a saved state", "[statistics]") {
  const Samples samples = draw(30, 11);
  const Statistics whole = add_up(samples, 0, 30);
  Statistics resumed(add_up(samples, 0, 12).state());
  CHECK(close(resumed.relative_error(), add_up(samples, 0, 12).relative_error(), 1e-12));
  for (size_t k = 12; k < 30; ++k) resumed.add(samples[k]);
  CHECK(resumed.state().mean == whole.state().mean);
  CHECK(resumed.state().m2 == whole.state().m2);
  CHECK(resumed.state().sum_even == whole.state().sum_even);
  CHECK(resumed.relative_error() == whole.relative_error());
}
