// Noise-aware maps: by hand, by simulation, and false discovery rates against the definition.
#include "core/image/noise_aware.h"

#include <algorithm>
#include <catch_amalgamated.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "core/attribution/statistics.h"
#include "core/base/error.h"
#include "core/base/noise.h"
#include "core/image/student.h"

using namespace smoothgrad;

namespace {

std::vector<float> normals(uint64_t sample, size_t size) {
  std::vector<float> out(size);
  standard_normal(77, sample, out);
  return out;
}

struct Run {
  std::vector<float> mean, error;
};

// `samples` of truth + spread * noise, element by element.
Run simulate(const std::vector<float>& truth, float spread, int samples, uint64_t first_sample) {
  Statistics statistics(truth.size());
  for (int k = 0; k < samples; ++k) {
    std::vector<float> sample = normals(first_sample + static_cast<uint64_t>(k), truth.size());
    for (size_t i = 0; i < sample.size(); ++i) sample[i] = truth[i] + spread * sample[i];
    statistics.add(sample);
  }
  Run run{std::vector<float>(truth.size()), std::vector<float>(truth.size())};
  statistics.write_mean(run.mean);
  statistics.write_standard_error(run.error);
  return run;
}

double mean_square(const std::vector<float>& map) {
  double sum = 0;
  for (const float value : map) sum += double{value} * value;
  return sum / static_cast<double>(map.size());
}

// The step-up procedure as it is defined: all p in order, the largest k with p_(k) <= rate k / m.
float plain_threshold(std::vector<float> statistics, double degrees, double rate) {
  std::ranges::sort(statistics, std::greater());
  float threshold = std::numeric_limits<float>::infinity();
  for (size_t k = 1; k <= statistics.size(); ++k) {
    const double bound = rate * static_cast<double>(k) / static_cast<double>(statistics.size());
    if (two_sided_p_value(statistics[k - 1], degrees) <= bound) threshold = statistics[k - 1];
  }
  return threshold;
}

}  // namespace

TEST_CASE("Student's p-values are those of the tables", "[noise-aware]") {
  CHECK(two_sided_p_value(12.7062047, 1) == Catch::Approx(0.05).epsilon(1e-7));
  CHECK(two_sided_p_value(2.26215716, 9) == Catch::Approx(0.05).epsilon(1e-7));
  CHECK(two_sided_p_value(-2.00957524, 49) == Catch::Approx(0.05).epsilon(1e-7));
  CHECK(two_sided_p_value(1.0, 1) == Catch::Approx(0.5));
  CHECK(two_sided_p_value(std::sqrt(2.0), 2) == Catch::Approx(1 - std::sqrt(0.5)));  // 1 - t / sqrt(2 + t^2)
  CHECK(two_sided_p_value(1.95996398, 1e7) == Catch::Approx(0.05).epsilon(1e-5));
  CHECK(two_sided_p_value(10, 49) == Catch::Approx(2.013163391978547e-13).epsilon(1e-9));
  CHECK(two_sided_p_value(0, 5) == 1);
  CHECK(two_sided_p_value(std::numeric_limits<double>::infinity(), 5) == 0);
  double last = 1;  // falls all the way, through the change of formula
  for (double t = 0.01; t < 40; t += 0.01) {
    const double p = two_sided_p_value(t, 7);
    CHECK(p < last);
    last = p;
  }
}

TEST_CASE("the false discovery threshold is that of the definition", "[noise-aware]") {
  for (uint64_t trial = 0; trial < 60; ++trial) {
    std::vector<float> statistics = normals(trial, 400);
    for (size_t i = 0; i < statistics.size(); ++i)
      statistics[i] = std::abs(statistics[i]) * (i % 20 < trial % 10 ? 3.0f : 1.0f);
    for (const double rate : {0.01, 0.05, 0.3}) {
      CHECK(false_discovery_threshold(statistics, 20, rate) == plain_threshold(statistics, 20, rate));
    }
  }
  CHECK(std::isinf(false_discovery_threshold(std::vector<float>{}, 9, 0.05)));
  CHECK(std::isinf(false_discovery_threshold(std::vector<float>{NAN, NAN}, 9, 0.05)));
  CHECK(false_discovery_threshold(std::vector<float>{-9, 0.1f, NAN}, 9, 0.05) == 9);
}

TEST_CASE("significance keeps the share of false discoveries", "[noise-aware]") {
  // A tenth of the elements has a true mean; 8 samples, so that the normal distribution would find far too many.
  const Shape shape{50, 80, 3};
  std::vector<float> truth(shape.size());
  for (size_t i = 0; i < truth.size(); i += 10) truth[i] = i % 20 == 0 ? 3.0f : -3.0f;
  double false_share = 0, power = 0;
  const int trials = 10;
  for (int trial = 0; trial < trials; ++trial) {
    const Run run = simulate(truth, 1, 8, static_cast<uint64_t>(1000 + 8 * trial));
    const float threshold = significance({run.mean.data(), shape}, {run.error.data(), shape}, 8).threshold;
    double found = 0, wrong = 0;
    for (size_t i = 0; i < truth.size(); ++i) {
      if (std::abs(run.mean[i]) / run.error[i] < threshold) continue;
      ++found;
      wrong += truth[i] == 0;
    }
    false_share += wrong / std::max(found, 1.0) / trials;
    power += (found - wrong) / (static_cast<double>(truth.size()) / 10) / trials;
  }
  CHECK(false_share < 0.055);
  CHECK(false_share > 0.03);  // 0.045 is expected: the rate times the share of elements without a mean
  CHECK(power > 0.8);
}

TEST_CASE("significance shows the largest channel of significant pixels", "[noise-aware]") {
  const std::vector<float> mean = {10, -20, 0.1f, 0.1f, 0, 5}, error = {1, 1, 1, 1, 0, 0};
  const Significance found = significance({mean.data(), {1, 3, 2}}, {error.data(), {1, 3, 2}}, 50);
  CHECK(found.map == std::vector<float>{20, 0, 1e6f});
  CHECK(found.threshold == 10);
  CHECK(found.share == Catch::Approx(0.5));
  for (const int64_t samples : {0, 1}) {
    const Significance none = significance({mean.data(), {1, 3, 2}}, {error.data(), {1, 3, 2}}, samples);
    CHECK(none.map == std::vector<float>(3));
    CHECK(none.share == 0);
  }
}

TEST_CASE("the corrected square is unbiased where the plain one has a floor of noise", "[noise-aware]") {
  const Shape shape{200, 200, 1};
  const std::vector<float> truth(shape.size(), 0.5f);
  const int samples = 5;
  const Run run = simulate(truth, 2, samples, 5000);
  double plain = 0, corrected = 0;
  for (size_t i = 0; i < truth.size(); ++i) {
    plain += double{run.mean[i]} * run.mean[i] / static_cast<double>(truth.size());
    corrected += (double{run.mean[i]} * run.mean[i] - double{run.error[i]} * run.error[i]) / static_cast<double>(truth.size());
  }
  // Variance of mean^2 - SE^2 with v = spread^2 / n = 0.8: 4 m^2 v + 2 v^2 + 2 v^2 / (n - 1) = 2.4.
  const double error = std::sqrt(2.4 / static_cast<double>(truth.size()));
  CHECK(std::abs(corrected - 0.25) < 5 * error);
  CHECK(std::abs(plain - (0.25 + 0.8)) < 5 * error);

  // So does the map, once a wide window has left nothing to be cut off at 0.
  const auto map = corrected_map({run.mean.data(), shape}, {run.error.data(), shape}, 8);
  CHECK(std::ranges::min(map) > 0);
  CHECK(std::abs(mean_square(map) - 0.25) < 0.03);
  const auto biased = pool_map({run.mean.data(), shape}, 8);
  CHECK(std::abs(mean_square(biased) - 1.05) < 0.05);
}

TEST_CASE("corrected maps by hand", "[noise-aware]") {
  const std::vector<float> mean = {3, -4, 1, 1}, error = {0, 0, 1, 2};
  CHECK(corrected_map({mean.data(), {1, 2, 2}}, {error.data(), {1, 2, 2}}, 0) == std::vector<float>{5, 0});
  // Pooling comes before the cut at 0: 25 and -3 share out as 1 : e^-1/2.
  const auto pooled = corrected_map({mean.data(), {1, 2, 2}}, {error.data(), {1, 2, 2}}, 1);
  const double near = 1 / (1 + std::exp(-0.5)), far = 1 - near;
  CHECK(pooled[0] == Catch::Approx(std::sqrt(25 * near - 3 * far)));
  CHECK(pooled[1] == Catch::Approx(std::sqrt(25 * far - 3 * near)));
}

TEST_CASE("a window pools squares and keeps what is constant", "[noise-aware]") {
  const Shape shape{41, 41, 1};
  std::vector<float> map(shape.size(), -2);
  for (const double window : {0.0, 0.5, 3.0, 20.0})
    for (const float value : pool_map({map.data(), shape}, window)) CHECK(value == Catch::Approx(2));
  std::ranges::fill(map, 0.f);
  map[20 * 41 + 20] = -3;
  CHECK(pool_map({map.data(), shape}, 0)[20 * 41 + 20] == 3);
  const auto pooled = pool_map({map.data(), shape}, 2);
  CHECK(mean_square(pooled) * static_cast<double>(map.size()) == Catch::Approx(9).epsilon(1e-4));
  CHECK(pooled[20 * 41 + 22] / pooled[20 * 41 + 20] == Catch::Approx(std::exp(-0.25)));  // the root of e^-1/2 at one sigma
}

TEST_CASE("maps are made by name and options are checked", "[noise-aware]") {
  const std::vector<float> mean = {3, -4, 1, 1}, error = {0.1f, 0.1f, 1, 2};
  const ConstTensor m(mean.data(), {1, 2, 2}), e(error.data(), {1, 2, 2});
  MapOptions options;
  CHECK(make_map(m, e, 50, options) == std::vector<float>{7, 2});
  options.channels = ChannelReduction::kSignedSum;
  CHECK(make_map(m, e, 50, options) == std::vector<float>{-1, 2});
  options.window = 1;
  CHECK_THROWS_WITH(make_map(m, e, 50, options), Catch::Matchers::ContainsSubstring("window"));
  options.channels = ChannelReduction::kMaxAbs;
  const std::vector<float> largest = {4, 1};
  CHECK(make_map(m, e, 50, options) == pool_map({largest.data(), {1, 2, 1}}, 1));
  options.magnitude = find_magnitude("corrected");
  CHECK(make_map(m, e, 50, options) == corrected_map(m, e, 1));
  options.magnitude = find_magnitude("significance");
  CHECK(make_map(m, e, 50, options) == significance(m, e, 50).map);
  for (const double window : {-1.0, 64.5, std::nan("")}) {
    options.window = window;
    CHECK_THROWS_WITH(make_map(m, e, 50, options), Catch::Matchers::ContainsSubstring("window"));
  }
  CHECK(magnitudes().size() == 5);
  for (const auto& entry : magnitudes()) CHECK_NOTHROW(find_magnitude(entry.name));
  CHECK_THROWS_WITH(find_magnitude("loud"), Catch::Matchers::ContainsSubstring("plain, corrected, significance"));
}
