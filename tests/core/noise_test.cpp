// Noise against a plain Philox (itself held to Random123's published answers) with Box-Muller in double, and as statistics.
#include "core/base/noise.h"

#include <algorithm>
#include <array>
#include <bit>
#include <catch_amalgamated.hpp>
#include <cmath>
#include <numbers>
#include <vector>

using smoothgrad::standard_normal;

namespace {

using Block = std::array<uint32_t, 4>;

Block plain_philox(Block counter, std::array<uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const uint64_t p0 = uint64_t{0xD2511F53} * counter[0], p1 = uint64_t{0xCD9E8D57} * counter[2];
    counter = {static_cast<uint32_t>(p1 >> 32) ^ counter[1] ^ key[0], static_cast<uint32_t>(p1),
               static_cast<uint32_t>(p0 >> 32) ^ counter[3] ^ key[1], static_cast<uint32_t>(p0)};
    key[0] += 0x9E3779B9;
    key[1] += 0xBB67AE85;
  }
  return counter;
}

double plain_normal(uint64_t seed, uint64_t sample, uint64_t i) {
  const uint64_t block = i / 4;
  const Block words = plain_philox({static_cast<uint32_t>(block), static_cast<uint32_t>(block >> 32),
                                    static_cast<uint32_t>(sample), static_cast<uint32_t>(sample >> 32)},
                                   {static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32)});
  const size_t pair = i % 4 / 2 * 2;
  const double radius = std::sqrt(-2 * std::log((words[pair] + 0.5) * 0x1p-32));
  const double angle = 2 * std::numbers::pi * words[pair + 1] * 0x1p-32;
  return radius * (i % 2 == 0 ? std::cos(angle) : std::sin(angle));
}

std::vector<float> noise(uint64_t seed, uint64_t sample, size_t size) {
  std::vector<float> out(size);
  standard_normal(seed, sample, out);
  return out;
}

double correlation(const std::vector<float>& a, const std::vector<float>& b, size_t shift = 0) {
  double sum = 0;
  for (size_t i = 0; i + shift < a.size(); ++i) sum += double{a[i]} * b[i + shift];
  return sum / static_cast<double>(a.size() - shift);
}

// FNV-1a over the bit patterns.
uint64_t digest(const std::vector<float>& values) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const float value : values) hash = (hash ^ std::bit_cast<uint32_t>(value)) * 0x100000001b3;
  return hash;
}

}  // namespace

TEST_CASE("plain Philox gives Random123's published answers", "[noise]") {
  CHECK(plain_philox({0, 0, 0, 0}, {0, 0}) == Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(plain_philox({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}) == Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(plain_philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
        Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("noise equals plain Philox and Box-Muller in double", "[noise]") {
  const uint64_t seeds[] = {0, 1, 0xFFFFFFFF, 0x123456789ABCDEF0, ~uint64_t{0}};
  const uint64_t samples[] = {0, 1, 2047, 0x100000000, ~uint64_t{0}};
  double worst = 0;
  for (const uint64_t seed : seeds)
    for (const uint64_t sample : samples) {
      const std::vector<float> values = noise(seed, sample, 20000);
      for (size_t i = 0; i < values.size(); ++i) worst = std::max(worst, std::abs(values[i] - plain_normal(seed, sample, i)));
    }
  CHECK(worst < 1.5e-6);
}

TEST_CASE("noise keeps its accuracy where u is close to 1 and to 0", "[noise]") {
  // Of four million pairs the smallest radii (u beside 1) and the largest (u beside 0): the relative error counts here.
  const size_t size = 8000000;
  const std::vector<float> values = noise(11, 3, size);
  double smallest = 1, largest = 0;
  for (size_t i = 0; i < size; i += 2) {
    const double radius = std::hypot(values[i], values[i + 1]);
    if (radius > 0.003 && radius < 5) continue;
    smallest = std::min(smallest, radius);
    largest = std::max(largest, radius);
    const double expected = std::hypot(plain_normal(11, 3, i), plain_normal(11, 3, i + 1));
    CHECK(std::abs(radius - expected) < 3e-7 * expected);
  }
  CHECK(smallest < 0.001);
  CHECK(largest > 5.3);
}

TEST_CASE("noise of a shorter span is the beginning of a longer one", "[noise]") {
  const std::vector<float> whole = noise(5, 9, 300);
  for (size_t size = 0; size < 140; ++size) {
    std::vector<float> padded(size + 1, 123.0f);
    standard_normal(5, 9, std::span(padded).first(size));
    CHECK(std::equal(padded.begin(), padded.end() - 1, whole.begin()));
    CHECK(padded.back() == 123.0f);
  }
  std::vector<float> unaligned(301);
  standard_normal(5, 9, std::span(unaligned).subspan(1));
  CHECK(std::equal(whole.begin(), whole.end(), unaligned.begin() + 1));
}

TEST_CASE("noise is standard normal", "[noise]") {
  const double n = 1000000;
  std::vector<float> values = noise(2024, 0, static_cast<size_t>(n));
  double moment[5] = {};
  for (const float v : values)
    for (int k = 1; k <= 4; ++k) moment[k] += std::pow(double{v}, k) / n;
  // Five standard errors of each.
  CHECK(std::abs(moment[1]) < 5 / std::sqrt(n));
  CHECK(std::abs(moment[2] - 1) < 5 * std::sqrt(2 / n));
  CHECK(std::abs(moment[3]) < 5 * std::sqrt(15 / n));
  CHECK(std::abs(moment[4] - 3) < 5 * std::sqrt(96 / n));

  std::sort(values.begin(), values.end());
  double distance = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    const double cdf = 0.5 * std::erfc(-values[i] / std::numbers::sqrt2);
    distance = std::max({distance, std::abs(cdf - static_cast<double>(i) / n), std::abs(cdf - static_cast<double>(i + 1) / n)});
  }
  CHECK(distance * std::sqrt(n) < 1.95);  // Kolmogorov-Smirnov, 0.1 %

  for (const double z : {2.0, 3.0, 4.0}) {  // both tails, within five standard errors of the count
    const double expected = n * std::erfc(z / std::numbers::sqrt2);
    const auto beyond = std::count_if(values.begin(), values.end(), [z](float v) { return std::abs(v) > z; });
    CHECK(std::abs(static_cast<double>(beyond) - expected) < 5 * std::sqrt(expected));
  }
}

TEST_CASE("noise of other elements, samples and seeds is unrelated", "[noise]") {
  const size_t n = 200000;
  const double bound = 5 / std::sqrt(static_cast<double>(n));
  const std::vector<float> base = noise(1, 1, n);
  for (const size_t shift : {1u, 2u, 3u, 4u, 16u, 32u, 224u, 672u}) CHECK(std::abs(correlation(base, base, shift)) < bound);
  const std::pair<uint64_t, uint64_t> others[] = {
      {1, 0}, {1, 2}, {0, 1}, {2, 1}, {1, 1 | uint64_t{1} << 32}, {1 | uint64_t{1} << 32, 1}};
  for (const auto& [seed, sample] : others) CHECK(std::abs(correlation(base, noise(seed, sample, n))) < bound);

  double sum = 0;  // of a Box-Muller pair: uncorrelated in its squares too
  for (size_t i = 0; i < n; i += 2) sum += (double{base[i]} * base[i] - 1) * (double{base[i + 1]} * base[i + 1] - 1) / 2;
  CHECK(std::abs(sum / (n / 2.0)) < 5 / std::sqrt(n / 2.0));
}

TEST_CASE("noise has the same bits in every build", "[noise]") {
  CHECK(digest(noise(0, 0, 150528)) == 0x6c6c3cf9b10ba7ff);
  CHECK(digest(noise(0xFEDCBA9876543210, 0x123456789A, 100001)) == 0xfa449a8349bef294);
}
