// The denoised map: closed forms, and a NumPy version of the whole (tests/reference/denoised).
#include "core/denoise/denoise.h"

#include <catch_amalgamated.hpp>
#include <cmath>
#include <numeric>
#include <random>

#include "core/base/noise.h"
#include "core/denoise/known_signs.h"
#include "core/denoise/noise_basis.h"
#include "core/denoise/patch_grid.h"
#include "core/image/noise_aware.h"
#include "tests/core/npy.h"

namespace smoothgrad {
namespace {

// Samples of one signal in noise: what a run keeps of them.
struct Kept {
  Shape shape;
  std::vector<float> mean, error, even, odd;
  double even_count = 0, odd_count = 0;

  NoisyMean view() const { return {{mean.data(), shape}, error.data(), even.data(), odd.data(), even_count, odd_count}; }
};

// noise: of the mean; of each element by itself. Of the same bits in every build.
Kept white(Shape shape, float signal, float noise, int samples, unsigned seed) {
  const size_t size = shape.size();
  std::vector<float> truths(size), evens(size), odds(size);
  standard_normal(seed, 0, truths);
  standard_normal(seed, 1, evens);
  standard_normal(seed, 2, odds);
  Kept kept{shape, std::vector<float>(size), std::vector<float>(size), std::vector<float>(size), std::vector<float>(size)};
  kept.even_count = (samples + 1) / 2;
  kept.odd_count = samples / 2;
  const float each = noise * std::sqrt(static_cast<float>(samples));
  for (size_t i = 0; i < size; ++i) {
    const float truth = signal * truths[i];
    kept.even[i] = truth + each / std::sqrt(static_cast<float>(kept.even_count)) * evens[i];
    kept.odd[i] = truth + each / std::sqrt(static_cast<float>(kept.odd_count)) * odds[i];
    const float share = static_cast<float>(kept.even_count) / static_cast<float>(samples);
    kept.mean[i] = share * kept.even[i] + (1 - share) * kept.odd[i];
    kept.error[i] = noise;
  }
  return kept;
}

TEST_CASE("the denoised map agrees with a plain version", "[denoise]") {
  for (const char* name : {"colour", "grey"}) {
    INFO(name);
    const std::string folder = std::string("tests/reference/denoised/") + name + "/";
    const auto read = [&folder](const char* part) { return test::read_npy<float>(folder + part + ".npy"); };
    const auto mean = read("mean");
    const Shape shape{static_cast<int>(mean.shape[0]), static_cast<int>(mean.shape[1]), static_cast<int>(mean.shape[2])};
    const bool colour = shape.channels == 3;
    const Kept kept{
        shape, mean.data, read("standard_error").data, read("even").data, read("odd").data, colour ? 9. : 6., colour ? 8. : 6.};
    const Denoised denoised = denoise(kept.view());
    REQUIRE(denoised.signal);
    CHECK(test::relative_error(denoised.mean, read("denoised_mean").data) < 1e-4);
    CHECK(test::relative_error(denoised.variance, read("denoised_variance").data) < 1e-4);
    CHECK(test::relative_error(denoised_map(denoised, shape, {}), read("map").data) < 1e-4);
  }
}

TEST_CASE("a mean that is nothing but noise is denoised to zeros", "[denoise]") {
  Kept kept = white({32, 24, 3}, 0, 1, 16, 1);
  for (size_t i = 0; i < kept.mean.size(); ++i) kept.mean[i] = 0.5f * (kept.even[i] - kept.odd[i]);  // m = d
  const Denoised denoised = denoise(kept.view());
  CHECK(!denoised.signal);
  CHECK(denoised.expected_error == 1);
  CHECK(std::ranges::count(denoised.mean, 0.f) == std::ssize(denoised.mean));
  CHECK(std::ranges::count(denoised.variance, 0.f) == std::ssize(denoised.variance));
}

TEST_CASE("the gate is shut in a hundred runs without a signal, and open where there is one", "[denoise]") {
  int open = 0;
  for (unsigned seed = 0; seed < 100; ++seed) open += denoise(white({28, 28, 1}, 0, 1, 16, seed).view()).signal;
  CHECK(open == 0);
  CHECK(denoise(white({28, 28, 1}, 1, 1, 16, 1).view()).signal);
}

TEST_CASE("white signal in white noise: the Wiener filter's own figures", "[denoise]") {
  constexpr float kSignal = 2, kNoise = 1;  // variances 4 and 1
  const Kept kept = white({192, 192, 3}, kSignal, kNoise, 32, 3);
  const Denoised denoised = denoise(kept.view());
  const double s = kSignal * kSignal, n = kNoise * kNoise;
  CHECK(std::abs(denoised.expected_error / std::sqrt(n / (s + n)) - 1) < 0.02);
  const double variance =
      std::reduce(denoised.variance.begin(), denoised.variance.end(), 0.) / static_cast<double>(kept.mean.size());
  CHECK(std::abs(variance / (s * n / (s + n)) - 1) < 0.02);
  double square = 0;
  for (float value : denoised.mean) square += static_cast<double>(value) * static_cast<double>(value);
  CHECK(std::abs(square / static_cast<double>(kept.mean.size()) / (s * s / (s + n)) - 1) < 0.02);
}

TEST_CASE("without noise the mean is what it was, and twice the run is twice the map", "[denoise]") {
  Kept kept = white({24, 32, 3}, 1, 1e-3f, 16, 4);
  const Denoised sure = denoise(kept.view());
  CHECK(test::relative_error(sure.mean, kept.mean) < 1e-3);
  CHECK(sure.expected_error < 2e-3);
  kept = white({24, 32, 3}, 1, 1, 16, 4);
  const Denoised once = denoise(kept.view());
  for (std::vector<float>* part : {&kept.mean, &kept.error, &kept.even, &kept.odd}) {
    for (float& value : *part) value *= 8;
  }
  const Denoised scaled = denoise(kept.view());
  for (size_t i = 0; i < once.mean.size(); ++i) {
    CHECK(scaled.mean[i] == 8 * once.mean[i]);
    CHECK(scaled.variance[i] == 64 * once.variance[i]);
  }
}

TEST_CASE("the mean of samples that are all the same is what it is, also where one channel alone has no noise", "[denoise]") {
  Kept kept = white({24, 32, 3}, 1, 1, 16, 7);
  const bool everywhere = GENERATE(true, false);
  for (size_t i = 0; i < kept.mean.size(); ++i) {
    if (!everywhere && i % 3 != 0) continue;
    kept.even[i] = kept.odd[i] = kept.mean[i];
    kept.error[i] = 0;
  }
  const Denoised denoised = denoise(kept.view());
  CHECK(denoised.signal);
  CHECK(std::isfinite(denoised.expected_error));
  if (everywhere) CHECK(denoised.expected_error < 1e-3);
  for (size_t i = 0; i < kept.mean.size(); ++i) {
    CHECK(std::isfinite(denoised.mean[i]));
    CHECK(std::isfinite(denoised.variance[i]));
    if (everywhere || i % 3 == 0) CHECK(std::abs(denoised.mean[i] - kept.mean[i]) < 0.01f);
  }
}

TEST_CASE("the folded normal's mean at its ends", "[denoise]") {
  const auto magnitude = [](float mean, float variance) { return expected_magnitudes({{mean}, {variance}, 48, true, 0})[0]; };
  CHECK(magnitude(-3, 0) == 3);
  CHECK(magnitude(0, 4) == Catch::Approx(2 * std::sqrt(2 / 3.14159265358979)));
  CHECK(magnitude(0, 0) == 0);
  CHECK(magnitude(1, 1) == Catch::Approx(1.16663));  // erf(1 / sqrt 2) + sqrt(2 / (pi e))
}

// Drawn where the noise hides most signs, and where it hides few.
TEST_CASE("of the signs that are said to be known hardly more than one in twenty is wrong", "[denoise]") {
  const float noise = GENERATE(0.5f, 1.f);
  const Shape shape{192, 192, 3};
  const Kept kept = white(shape, 1, noise, 32, 6);
  std::vector<float> truths(shape.size());
  standard_normal(6, 0, truths);
  const Denoised denoised = denoise(kept.view()), known = known_signs(denoised);
  double taken = 0, wrong = 0;
  for (size_t i = 0; i < truths.size(); ++i) {
    if (known.mean[i] == 0) {
      CHECK(known.variance[i] == 0);
      continue;
    }
    CHECK(known.mean[i] == denoised.mean[i]);
    taken += 1;
    wrong += (known.mean[i] > 0) != (truths[i] > 0);
  }
  INFO("noise " << noise << ": " << taken << " taken");
  CHECK(taken > 1000);
  CHECK(wrong / taken < 0.055);
  CHECK(wrong / taken > 0.03);
}

TEST_CASE("no sign is known of what has no signal, and every one of what has no noise", "[denoise]") {
  const Denoised nothing{{0, 0}, {0, 0}};
  CHECK(known_signs(nothing).mean == nothing.mean);
  const Denoised sure{{1, -2, 0}, {0, 0, 0}, 1e9, true, 0};
  CHECK(known_signs(sure).mean == sure.mean);
  const Denoised doubtful{{1, -1}, {1, 1}, 1e9, true, 0};  // a sixth is expected to be wrong
  CHECK(known_signs(doubtful).mean == std::vector<float>{0, 0});
  CHECK(known_signs(doubtful, 0.2).mean == doubtful.mean);
  const Denoised half{{3, 1}, {1, 1}, 1e9, true, 0};  // the surest first: 0.13 %, then on average 8 %
  CHECK(known_signs(half).mean == std::vector<float>{3, 0});
  CHECK(denoised_map(half, {1, 2, 1}, {.magnitude = Magnitude::kKnownSign})[1] == 0);
}

TEST_CASE("what is drawn of it: channels, signs, windows", "[denoise]") {
  const Denoised denoised{{1, -2, 4, 0}, {0, 0, 0, 9}, 48, true, 0};
  const Shape shape{1, 2, 2};
  const auto draw = [&](ChannelReduction channels, double window) {
    return denoised_map(denoised, shape, {channels, Magnitude::kDenoised, window});
  };
  CHECK(draw(ChannelReduction::kSumAbs, 0)[0] == 3);
  CHECK(draw(ChannelReduction::kMaxAbs, 0)[0] == 2);
  CHECK(draw(ChannelReduction::kSignedSum, 0) == std::vector<float>{-1, 4});
  CHECK(has_signs({ChannelReduction::kSignedSum, Magnitude::kDenoised}));
  const std::vector<float> pooled = draw(ChannelReduction::kSumAbs, 64);  // so wide that both pixels weigh alike
  CHECK(pooled[0] == Catch::Approx(std::sqrt((1 + 4 + 16 + 9) / 2.)).epsilon(1e-3));
  CHECK_THROWS_WITH(draw(ChannelReduction::kSignedSum, 1), Catch::Matchers::ContainsSubstring("window"));
}

TEST_CASE("ratios below zero are shared out among the others", "[denoise]") {
  CHECK(project_to_nonnegative({3, 1, -1}) == std::vector<double>{2.5, 0.5, 0});
  CHECK(project_to_nonnegative({1, 2}) == std::vector<double>{1, 2});
  CHECK(project_to_nonnegative({1, -2}) == std::vector<double>{0, 0});
}

TEST_CASE("the basis makes the noise white and the signal diagonal", "[denoise]") {
  constexpr size_t kSize = 6;
  std::mt19937 generator(5);
  std::normal_distribution<double> normal;
  const auto covariance = [&] {
    std::vector<double> root(kSize * kSize), product(kSize * kSize, 0.);
    for (double& element : root) element = normal(generator);
    for (size_t i = 0; i < kSize; ++i) {
      for (size_t j = 0; j < kSize; ++j) {
        for (size_t k = 0; k < kSize; ++k) product[i * kSize + j] += root[i * kSize + k] * root[j * kSize + k];
      }
    }
    return product;
  };
  const std::vector<double> signal = covariance(), noise = covariance();
  const NoiseBasis basis = find_noise_basis(signal, noise, kSize);
  const auto between = [&](const std::vector<double>& middle, size_t a, size_t b) {
    double sum = 0;
    for (size_t i = 0; i < kSize; ++i) {
      for (size_t j = 0; j < kSize; ++j)
        sum += basis.analysis[i * kSize + a] * middle[i * kSize + j] * basis.analysis[j * kSize + b];
    }
    return sum;
  };
  for (size_t a = 0; a < kSize; ++a) {
    for (size_t b = 0; b < kSize; ++b) {
      CHECK(std::abs(between(noise, a, b) - (a == b)) < 1e-9);
      CHECK(std::abs(between(signal, a, b) - (a == b ? basis.ratios[a] : 0)) < 1e-9 * (1 + std::abs(basis.ratios[a])));
      double identity = 0;  // V' (C_d V) = 1
      for (size_t i = 0; i < kSize; ++i) identity += basis.analysis[i * kSize + a] * basis.synthesis[i * kSize + b];
      CHECK(std::abs(identity - (a == b)) < 1e-9);
    }
  }
}

TEST_CASE("patches are read mirrored and put back where they lie", "[denoise]") {
  const Shape shape{5, 4, 2};
  std::vector<float> image(shape.size());
  std::iota(image.begin(), image.end(), 0.f);
  const PatchGrid grid(shape);
  CHECK(grid.rows() == 4);  // corners at -2, 0, 2, 4
  CHECK(grid.cols() == 3);
  std::vector<float> back(image.size(), 0.f), row(grid.cols() * grid.length());
  for (size_t i = 0; i < grid.rows(); ++i) {
    grid.read_row(image.data(), i, row.data());
    if (i == 0) CHECK(row[0] == image[(2 * 4 + 2) * 2]);  // pixel (-2, -2) is (2, 2)
    grid.add_row(row.data(), i, back.data());
  }
  const std::vector<float> coverage = grid.coverage();
  for (size_t i = 0; i < image.size(); ++i) CHECK(back[i] == image[i] * coverage[i / 2]);
}

}  // namespace
}  // namespace smoothgrad
