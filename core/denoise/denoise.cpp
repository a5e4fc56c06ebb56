#include "core/denoise/denoise.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/blur.h"
#include "core/denoise/noise_basis.h"
#include "core/denoise/patch_grid.h"
#include "core/kernels/value_product.h"

namespace smoothgrad {
namespace {

constexpr double kNoNoise = 1e-12;  // of a variance
constexpr double kBlur = 3;         // pixels: over which the level of the noise is smoothed
constexpr int kReach = 3;           // patches each way whose squares say how strong a band is there: 7 x 7
constexpr double kGate = 6;         // times the expected spread of the mean ratio without a signal
constexpr double kRidge = 1.001;    // on the noise's diagonal

// Step 2: the level of the noise (its variance, smoothed) at each element.
std::vector<float> noise_levels(const NoisyMean& noisy) {
  const Shape shape = noisy.mean.shape;
  std::vector<float> squares(shape.size());
  for (size_t i = 0; i < squares.size(); ++i) squares[i] = noisy.standard_error[i] * noisy.standard_error[i];
  std::vector<float> levels = gaussian_blur({squares.data(), shape}, kBlur);
  const double mean = std::accumulate(levels.begin(), levels.end(), 0.) / static_cast<double>(levels.size());
  // Where nothing is noise, as of a linear network, the quotients by it still have to be floats.
  double signal = 0;
  for (float value : noisy.mean.span()) signal += static_cast<double>(value) * static_cast<double>(value);
  signal /= static_cast<double>(levels.size());
  const float floor = static_cast<float>(1e-6 * mean + kNoNoise * signal + 1e-30);
  for (float& level : levels) level += floor;
  return levels;
}

// Second moments of all patches of an image, [D, D]: row by row of the grid in float, their sum in double.
std::vector<double> second_moments(const PatchGrid& grid, const std::vector<float>& image) {
  const size_t d = grid.length(), cols = grid.cols();
  std::vector<float> patches(cols * d), product(d * d), scratch(value_product_scratch(d, cols, d));
  std::vector<double> moments(d * d, 0.);
  const ConstMatrix matrix{patches.data(), cols, d, d, 1};
  for (size_t row = 0; row < grid.rows(); ++row) {
    grid.read_row(image.data(), row, patches.data());
    value_product(matrix.transposed(), matrix, scratch.data(), product.data());
    for (size_t i = 0; i < moments.size(); ++i) moments[i] += static_cast<double>(product[i]);
  }
  for (double& moment : moments) moment /= static_cast<double>(grid.count());
  return moments;
}

// Bands that hold a signal, as matrices of floats: [D, K] for the analysis, [K, D] for synthesis and its squares.
struct Bands {
  size_t count = 0;
  std::vector<float> ratios, analysis, synthesis, squares;
};

Bands keep_bands(const NoiseBasis& basis, const std::vector<double>& ratios, size_t d) {
  Bands bands;
  std::vector<size_t> kept;
  for (size_t k = 0; k < d; ++k) {
    if (ratios[k] > 0) kept.push_back(k);
  }
  bands.count = kept.size();
  for (size_t i = 0; i < d; ++i) {
    for (size_t k : kept) bands.analysis.push_back(static_cast<float>(basis.analysis[i * d + k]));
  }
  for (size_t k : kept) {
    bands.ratios.push_back(static_cast<float>(ratios[k]));
    for (size_t i = 0; i < d; ++i) {
      const float element = static_cast<float>(basis.synthesis[i * d + k]);
      bands.synthesis.push_back(element);
      bands.squares.push_back(element * element);
    }
  }
  return bands;
}

// Means over 2 kReach + 1 places along one axis of [outer, length, inner], mirrored without repeating the edge; in place. Each
// sum is the one before with a place more and a place less.
void box_means(std::vector<float>& values, size_t outer, size_t length, size_t inner) {
  const auto size = static_cast<int>(length);
  constexpr float kShare = 1.f / (2 * kReach + 1);
  std::vector<float> line(length * inner), sums(inner);
  const auto add = [&](int at, float factor) {
    const float* const from = line.data() + static_cast<size_t>(mirrored(at, size)) * inner;
    for (size_t k = 0; k < inner; ++k) sums[k] += factor * from[k];
  };
  for (size_t o = 0; o < outer; ++o) {
    float* const first = values.data() + o * length * inner;
    std::copy_n(first, line.size(), line.data());
    std::ranges::fill(sums, 0.f);
    for (int i = -kReach; i < kReach; ++i) add(i, kShare);
    for (int at = 0; at < size; ++at) {
      add(at + kReach, kShare);
      // Of squares, so what is left of rounding must not be below 0.
      for (size_t k = 0; k < inner; ++k) first[static_cast<size_t>(at) * inner + k] = std::max(sums[k], 0.f);
      add(at - kReach, -kShare);
    }
  }
}

// Step 7: how much of each coefficient is kept, a / (1 + a), a the strength of its band there: [rows, cols, K].
std::vector<float> gains(const PatchGrid& grid, const Bands& bands, const std::vector<float>& coefficients) {
  const size_t count = bands.count;
  std::vector<float> strengths(coefficients.size());
  for (size_t i = 0; i < strengths.size(); ++i) strengths[i] = coefficients[i] * coefficients[i];
  box_means(strengths, grid.rows(), grid.cols(), count);
  box_means(strengths, 1, grid.rows(), grid.cols() * count);
  std::vector<double> sums(count, 0.);
  for (size_t i = 0; i < strengths.size(); i += count) {
    for (size_t k = 0; k < count; ++k) {
      strengths[i + k] = std::max(strengths[i + k] - 1, 0.f);
      sums[k] += static_cast<double>(strengths[i + k]);
    }
  }
  std::vector<float> scales(count);
  for (size_t k = 0; k < count; ++k) {
    const double mean = sums[k] / static_cast<double>(grid.count());
    scales[k] = mean > 0 ? static_cast<float>(static_cast<double>(bands.ratios[k]) / mean) : 0.f;
  }
  for (size_t i = 0; i < strengths.size(); i += count) {
    for (size_t k = 0; k < count; ++k) {
      const float strength = strengths[i + k] * scales[k];
      strengths[i + k] = strength / (1 + strength);
    }
  }
  return strengths;
}

// rows of `count` factors times a [count, D] matrix, added to the image where the patches lie.
void add_patches(const PatchGrid& grid, const std::vector<float>& factors, const std::vector<float>& matrix, size_t count,
                 std::vector<float>& image) {
  const size_t d = grid.length(), cols = grid.cols();
  std::vector<float> patches(cols * d), scratch(value_product_scratch(cols, count, d));
  for (size_t row = 0; row < grid.rows(); ++row) {
    value_product({factors.data() + row * cols * count, cols, count, count, 1}, {matrix.data(), count, d, d, 1}, scratch.data(),
                  patches.data());
    grid.add_row(patches.data(), row, image.data());
  }
}

std::vector<float> analyse(const PatchGrid& grid, const Bands& bands, const std::vector<float>& image) {
  const size_t d = grid.length(), cols = grid.cols();
  std::vector<float> patches(cols * d), scratch(value_product_scratch(cols, d, bands.count));
  std::vector<float> coefficients(grid.count() * bands.count);
  for (size_t row = 0; row < grid.rows(); ++row) {
    grid.read_row(image.data(), row, patches.data());
    value_product({patches.data(), cols, d, d, 1}, {bands.analysis.data(), d, bands.count, bands.count, 1}, scratch.data(),
                  coefficients.data() + row * cols * bands.count);
  }
  return coefficients;
}

}  // namespace

Denoised denoise(const NoisyMean& noisy) {
  const Shape shape = noisy.mean.shape;
  const size_t size = shape.size(), channels = static_cast<size_t>(shape.channels);
  Denoised result{std::vector<float>(size, 0.f), std::vector<float>(size, 0.f), noisy.even_count + noisy.odd_count};
  // Steps 1 and 2: the difference of the halves has the covariance of the mean's noise and no signal.
  const std::vector<float> levels = noise_levels(noisy);
  const double share = std::sqrt(noisy.even_count * noisy.odd_count) / (noisy.even_count + noisy.odd_count);
  std::vector<float> mean(size), difference(size);
  for (size_t i = 0; i < size; ++i) {
    const float scale = 1 / std::sqrt(levels[i]);
    mean[i] = noisy.mean.data[i] * scale;
    difference[i] = static_cast<float>(share) * (noisy.even[i] - noisy.odd[i]) * scale;
  }
  // Steps 3 to 6.
  const PatchGrid grid(shape);
  const size_t d = grid.length();
  std::vector<double> noise = second_moments(grid, difference), signal = second_moments(grid, mean);
  for (size_t i = 0; i < signal.size(); ++i) signal[i] -= noise[i];
  for (size_t i = 0; i < d; ++i) noise[i * d + i] = noise[i * d + i] * kRidge + kNoNoise;
  const NoiseBasis basis = find_noise_basis(signal, noise, d);
  const double mean_ratio = std::reduce(basis.ratios.begin(), basis.ratios.end()) / static_cast<double>(d);
  if (!(mean_ratio > kGate * std::sqrt(4. / static_cast<double>(size)))) return result;
  result.signal = true;
  const Bands bands = keep_bands(basis, project_to_nonnegative(basis.ratios), d);
  // Steps 7 and 8.
  std::vector<float> coefficients = analyse(grid, bands, mean);
  const std::vector<float> kept = gains(grid, bands, coefficients);
  for (size_t i = 0; i < kept.size(); ++i) coefficients[i] *= kept[i];
  add_patches(grid, coefficients, bands.synthesis, bands.count, result.mean);
  add_patches(grid, kept, bands.squares, bands.count, result.variance);
  const std::vector<float> coverage = grid.coverage();
  double spread = 0, squares = 0;
  for (size_t i = 0; i < size; ++i) {
    const float once = 1 / coverage[i / channels];
    result.mean[i] *= once * std::sqrt(levels[i]);
    result.variance[i] *= once * levels[i];
    spread += static_cast<double>(result.variance[i]);
    squares += static_cast<double>(result.mean[i]) * static_cast<double>(result.mean[i]);
  }
  result.expected_error = squares + spread > 0 ? std::sqrt(spread / (squares + spread)) : 1;
  return result;
}

std::vector<float> expected_magnitudes(const Denoised& denoised) {
  constexpr float kRootHalf = 0.70710678118654752f, kRootTwoOverPi = 0.79788456080286536f;
  std::vector<float> magnitudes(denoised.mean.size());
  for (size_t i = 0; i < magnitudes.size(); ++i) {
    const float mean = std::abs(denoised.mean[i]), deviation = std::sqrt(denoised.variance[i]);
    // Six standard deviations away, the sign is certain.
    if (mean >= 6 * deviation) {
      magnitudes[i] = mean;
      continue;
    }
    const float ratio = mean / deviation;
    magnitudes[i] = mean * std::erf(ratio * kRootHalf) + kRootTwoOverPi * deviation * std::exp(-0.5f * ratio * ratio);
  }
  return magnitudes;
}

}  // namespace smoothgrad
