// Measures of maps on closed forms.
#include "core/study/measures.h"

#include <algorithm>
#include <catch_amalgamated.hpp>
#include <cmath>
#include <numbers>
#include <vector>

#include "core/base/noise.h"

using namespace smoothgrad;

namespace {

template <typename Value>
std::vector<float> make(int height, int width, Value value) {
  std::vector<float> map;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) map.push_back(static_cast<float>(value(y, x)));
  return map;
}

ConstTensor tensor(const std::vector<float>& map, int height) {
  return {map.data(), {height, static_cast<int>(map.size()) / height, 1}};
}

std::vector<float> noise(uint64_t sample, size_t size) {
  std::vector<float> out(size);
  standard_normal(3, sample, out);
  return out;
}

}  // namespace

TEST_CASE("total variation of a checkerboard, a ramp and a constant", "[measures]") {
  const auto board = make(6, 8, [](int y, int x) { return (x + y) % 2; });
  CHECK(total_variation(tensor(board, 6)) == Catch::Approx((6 * 7 + 8 * 5) / 24.0));
  const auto ramp = make(1, 5, [](int, int x) { return x; });
  CHECK(total_variation(tensor(ramp, 1)) == Catch::Approx(0.4));
  CHECK(total_variation(tensor(ramp, 5)) == Catch::Approx(0.4));
  CHECK(total_variation(tensor(std::vector<float>(12, 3.f), 3)) == 0);
  CHECK(total_variation(tensor(std::vector<float>(12), 3)) == 0);
  auto scaled = noise(0, 100);
  const double before = total_variation(tensor(scaled, 10));
  for (float& value : scaled) value *= 1000;
  CHECK(total_variation(tensor(scaled, 10)) == Catch::Approx(before));
}

TEST_CASE("energy above half the Nyquist frequency, of waves", "[measures]") {
  const int height = 20, width = 28;
  const auto wave = [&](double amplitude, int cycles_y, int cycles_x) {
    return make(height, width, [&](int y, int x) {
      return amplitude * std::cos(2 * std::numbers::pi * (1.0 * cycles_y * y / height + 1.0 * cycles_x * x / width) + 0.7);
    });
  };
  const auto share = [&](const std::vector<float>& map) { return high_frequency_share(tensor(map, height)); };
  CHECK(share(wave(2, 0, 3)) == Catch::Approx(0).margin(1e-9));
  CHECK(share(wave(2, 0, 7)) == Catch::Approx(0).margin(1e-9));  // exactly a quarter cycle a pixel
  CHECK(share(wave(2, 0, 8)) == Catch::Approx(1));
  CHECK(share(wave(2, 6, 0)) == Catch::Approx(1));
  CHECK(share(wave(2, -4, 5)) == Catch::Approx(1));  // hypot(0.2, 0.179) is above, either part is not
  CHECK(share(wave(2, 3, -5)) == Catch::Approx(0).margin(1e-9));
  auto both = wave(3, 1, 1);
  const auto fast = wave(1, 8, 2);
  for (size_t i = 0; i < both.size(); ++i) both[i] += fast[i] + 100;  // an offset does not count
  CHECK(share(both) == Catch::Approx(0.1).epsilon(1e-4));
  CHECK(share(std::vector<float>(560, 0.1f)) == 0);
  CHECK(share(std::vector<float>(560)) == 0);
  CHECK(high_frequency_share(tensor(noise(0, 101 * 100), 101)) == Catch::Approx(1 - std::numbers::pi / 16).epsilon(0.02));
}

TEST_CASE("signal to noise is a median", "[measures]") {
  CHECK(signal_to_noise(std::vector<float>{1, -6, 0, 2, 4}, std::vector<float>{1, 2, 0, 0.5f, 2}) == 2);
}

TEST_CASE("the reliability of a mean is the square of its correlation with what is measured", "[measures]") {
  const std::vector<float> truth = noise(0, 10000), first = noise(1, 10000), second = noise(2, 10000);
  std::vector<float> one(truth.size()), other(truth.size()), mean(truth.size());
  for (size_t i = 0; i < truth.size(); ++i) {
    one[i] = 2 * truth[i] + first[i];
    other[i] = 2 * truth[i] + second[i];
    mean[i] = (one[i] + other[i]) / 2;
  }
  CHECK(reliability(one, other) == Catch::Approx(8. / 9).epsilon(0.01));
  CHECK(reliability(one, other) == Catch::Approx(std::pow(correlation(mean, truth), 2)).epsilon(0.01));
  CHECK(reliability(truth, truth) == Catch::Approx(1));
  CHECK(reliability(std::vector<float>{1, 2, 3}, std::vector<float>{3, 2, 1}) == 0);
}

TEST_CASE("correlations", "[measures]") {
  const std::vector<float> a = {1, 2, 3, 4, 5}, b = {2, 1, 4, 3, 5};
  CHECK(correlation(a, a) == Catch::Approx(1));
  CHECK(correlation(a, b) == Catch::Approx(0.8));
  CHECK(rank_correlation(a, b) == Catch::Approx(0.8));
  const std::vector<float> powers = {1e-9f, 1e-3f, 1, 1e3f, 1e9f}, falling = {5, 4, 3, 2, 1};
  CHECK(rank_correlation(a, powers) == Catch::Approx(1));
  CHECK(correlation(a, powers) < 0.8);
  CHECK(rank_correlation(powers, falling) == Catch::Approx(-1));
  // Ties share ranks: 0, 1.5, 1.5, 3 against 0, 1, 2, 3.
  CHECK(rank_correlation(std::vector<float>{1, 2, 2, 3}, std::vector<float>{1, 2, 3, 4}) == Catch::Approx(std::sqrt(0.9)));
  CHECK(rank_correlation(a, std::vector<float>(5, 1.f)) == 0);
  CHECK(correlation(std::vector<float>(5, 1.f), a) == 0);
  CHECK(std::abs(rank_correlation(noise(0, 10000), noise(1, 10000))) < 0.05);
}

TEST_CASE("structural similarity", "[measures]") {
  const int height = 24, width = 30;
  const auto a = noise(1, static_cast<size_t>(height * width)), b = noise(2, a.size());
  const auto ssim = [&](const std::vector<float>& first, const std::vector<float>& second, double range) {
    return structural_similarity(tensor(first, height), tensor(second, height), range);
  };
  CHECK(ssim(a, a, 4) == Catch::Approx(1));
  CHECK(ssim(a, b, 4) == Catch::Approx(ssim(b, a, 4)));
  CHECK(std::abs(ssim(a, b, 4)) < 0.1);
  auto above = a, mirrored = a;  // the same mean, opposite structure
  for (size_t i = 0; i < a.size(); ++i) above[i] = 9 + a[i], mirrored[i] = 9 - a[i];
  CHECK(ssim(above, mirrored, 4) < -0.9);
  const std::vector<float> low(a.size(), 0.25f), high(a.size(), 0.5f);
  CHECK(ssim(low, high, 1) == Catch::Approx((2 * 0.125 + 1e-4) / (0.0625 + 0.25 + 1e-4)).epsilon(1e-4));

  // The definition, pixel by pixel.
  double sum = 0;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      double total = 0, ma = 0, mb = 0, aa = 0, bb = 0, ab = 0;
      for (int v = std::max(0, y - 5); v <= std::min(height - 1, y + 5); ++v)
        for (int u = std::max(0, x - 5); u <= std::min(width - 1, x + 5); ++u) {
          const double weight = std::exp(-((v - y) * (v - y) + (u - x) * (u - x)) / (2 * 1.5 * 1.5));
          const double p = a[static_cast<size_t>(v * width + u)], q = 0.5 * p + b[static_cast<size_t>(v * width + u)];
          total += weight, ma += weight * p, mb += weight * q, aa += weight * p * p, bb += weight * q * q, ab += weight * p * q;
        }
      ma /= total, mb /= total;
      const double va = aa / total - ma * ma, vb = bb / total - mb * mb, cov = ab / total - ma * mb;
      sum += (2 * ma * mb + 0.0016) * (2 * cov + 0.0144) / ((ma * ma + mb * mb + 0.0016) * (va + vb + 0.0144));
    }
  auto mixed = a;
  for (size_t i = 0; i < a.size(); ++i) mixed[i] = 0.5f * a[i] + b[i];
  CHECK(ssim(a, mixed, 4) == Catch::Approx(sum / (height * width)).epsilon(1e-4));
}

TEST_CASE("the share of a difference that has the right sign for its side", "[measures]") {
  CHECK(sided_share(tensor({3, 1, -1, -3}, 1)) == 1);
  CHECK(sided_share(tensor({-3, -1, 1, 3}, 1)) == 0);
  CHECK(sided_share(tensor({3, -1, -1, 3}, 1)) == Catch::Approx(0.5));
  CHECK(sided_share(tensor({6, 100, 2}, 1)) == Catch::Approx(0.75));  // the middle column counts for neither
  CHECK(sided_share(tensor({0, 0}, 1)) == 0.5);
}
