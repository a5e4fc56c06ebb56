#include "core/study/measures.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <numeric>
#include <vector>

#include "core/base/blur.h"
#include "core/base/order.h"
#include "core/base/sine.h"
#include "core/image/render.h"

namespace smoothgrad {
namespace {

double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double pearson(const std::vector<double>& a, const std::vector<double>& b) {
  const double mean_a = mean_of(a), mean_b = mean_of(b);
  double ab = 0, aa = 0, bb = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean_a) * (b[i] - mean_b);
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

// 0, 1, 2, ... in the order of the values; equal values share the mean of their ranks.
std::vector<double> ranks(std::span<const float> values) {
  const std::vector<uint32_t> order = order_of_values(values, First::kSmallest);
  std::vector<double> rank(values.size());
  for (size_t first = 0, end = 0; first < order.size(); first = end) {
    while (end < order.size() && values[order[end]] == values[order[first]]) ++end;
    for (size_t i = first; i < end; ++i) rank[order[i]] = static_cast<double>(first + end - 1) / 2;
  }
  return rank;
}

// cos and sin of 2 pi k / size, for all k.
struct Circle {
  std::vector<double> cosine, sine;

  explicit Circle(size_t size) : cosine(size), sine(size) {
    for (size_t k = 0; k < size; ++k) {
      const double angle = 2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(size);
      cosine[k] = smoothgrad::sine(angle, 1);
      sine[k] = smoothgrad::sine(angle);
    }
  }
};

// Signed frequency of bin k of `size`, cycles a pixel.
double frequency(size_t k, size_t size) {
  return (k <= size / 2 ? static_cast<double>(k) : static_cast<double>(k) - static_cast<double>(size)) /
         static_cast<double>(size);
}

std::vector<float> product(std::span<const float> a, std::span<const float> b) {
  std::vector<float> result(a.size());
  std::ranges::transform(a, b, result.begin(), std::multiplies());
  return result;
}

}  // namespace

double total_variation(ConstTensor map) {
  const size_t width = static_cast<size_t>(map.shape.width), height = static_cast<size_t>(map.shape.height);
  double variation = 0, total = 0;
  for (size_t y = 0; y < height; ++y) {
    for (size_t x = 0; x < width; ++x) {
      const float* at = map.data + y * width + x;
      total += std::abs(*at);
      if (x + 1 < width) variation += std::abs(double{at[1]} - *at);
      if (y + 1 < height) variation += std::abs(double{at[width]} - *at);
    }
  }
  return total > 0 ? variation / total : 0;
}

// Plain sums, rows first: 224 x 224 takes some 50 million products, once a map.
double high_frequency_share(ConstTensor map) {
  const size_t width = static_cast<size_t>(map.shape.width), height = static_cast<size_t>(map.shape.height);
  const Circle around_x(width), around_y(height);
  double energy = 0, high = 0;
  std::vector<double> real(height), imaginary(height);
  const double mean = std::accumulate(map.span().begin(), map.span().end(), 0.0) / static_cast<double>(map.shape.pixels());
  for (size_t kx = 0; kx < width; ++kx) {
    for (size_t y = 0; y < height; ++y) {
      real[y] = imaginary[y] = 0;
      for (size_t x = 0, angle = 0; x < width; ++x, angle = (angle + kx) % width) {
        const double value = map.data[y * width + x] - mean;
        real[y] += value * around_x.cosine[angle];
        imaginary[y] -= value * around_x.sine[angle];
      }
    }
    for (size_t ky = 0; ky < height; ++ky) {
      double re = 0, im = 0;
      for (size_t y = 0, angle = 0; y < height; ++y, angle = (angle + ky) % height) {
        re += real[y] * around_y.cosine[angle] + imaginary[y] * around_y.sine[angle];
        im += imaginary[y] * around_y.cosine[angle] - real[y] * around_y.sine[angle];
      }
      const double power = re * re + im * im;
      energy += power;
      const double fx = frequency(kx, width), fy = frequency(ky, height);
      if (std::sqrt(fx * fx + fy * fy) > 0.25) high += power;
    }
  }
  double squares = 0;
  for (const float value : map.span()) squares += double{value} * value;
  const double rounding = 1e-20 * squares * static_cast<double>(map.shape.pixels());  // what is left of a constant map
  return energy > rounding ? high / energy : 0;
}

double signal_to_noise(std::span<const float> mean, std::span<const float> standard_error) {
  std::vector<float> ratio(mean.size(), 0.f);
  for (size_t i = 0; i < mean.size(); ++i) {
    if (mean[i] != 0) ratio[i] = std::abs(mean[i]) / standard_error[i];
  }
  return percentile(ratio, 50);
}

double correlation(std::span<const float> a, std::span<const float> b) {
  return pearson(std::vector<double>(a.begin(), a.end()), std::vector<double>(b.begin(), b.end()));
}

double rank_correlation(std::span<const float> a, std::span<const float> b) { return pearson(ranks(a), ranks(b)); }

double reliability(std::span<const float> one_half, std::span<const float> other_half) {
  const double r = std::max(0.0, correlation(one_half, other_half));
  return 2 * r / (1 + r);
}

double structural_similarity(ConstTensor a, ConstTensor b, double range) {
  constexpr double kSigma = 1.5;
  const double c1 = std::pow(0.01 * range, 2), c2 = std::pow(0.03 * range, 2);
  const auto blurred = [&](const std::vector<float>& values) { return gaussian_blur({values.data(), a.shape}, kSigma); };
  const auto mean_a = gaussian_blur(a, kSigma), mean_b = gaussian_blur(b, kSigma);
  const auto aa = blurred(product(a.span(), a.span())), bb = blurred(product(b.span(), b.span())),
             ab = blurred(product(a.span(), b.span()));
  double sum = 0;
  for (size_t i = 0; i < mean_a.size(); ++i) {
    const double ma = mean_a[i], mb = mean_b[i];
    const double variance = aa[i] - ma * ma + bb[i] - mb * mb, covariance = ab[i] - ma * mb;
    sum += (2 * ma * mb + c1) * (2 * covariance + c2) / ((ma * ma + mb * mb + c1) * (variance + c2));
  }
  return sum / static_cast<double>(mean_a.size());
}

double sided_share(ConstTensor difference) {
  const int width = difference.shape.width, half = width / 2;
  double right_sign = 0, total = 0;
  for (size_t i = 0; i < difference.shape.pixels(); ++i) {
    const int x = static_cast<int>(i % static_cast<size_t>(width));
    if (x >= half && x < width - half) continue;
    const double value = difference.data[i];
    total += std::abs(value);
    if ((x < half) == (value > 0)) right_sign += std::abs(value);
  }
  return total > 0 ? right_sign / total : 0.5;
}

}  // namespace smoothgrad
