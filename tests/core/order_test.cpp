// The one sort against the standard library's stable one.
#include "core/base/order.h"

#include <algorithm>
#include <catch_amalgamated.hpp>
#include <functional>
#include <limits>
#include <numeric>
#include <random>

namespace smoothgrad {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

template <typename Index>
std::vector<Index> numbers_to(size_t count) {
  std::vector<Index> order(count);
  std::iota(order.begin(), order.end(), Index{0});
  return order;
}

// Few different values, so that many are equal; some at the ends of what floats can be.
std::vector<float> values_with_equals(size_t count, uint32_t seed) {
  std::mt19937 random(seed);
  const std::vector<float> some = {0.f,  -0.f,  1.f,       -1.f,       1e-42f,  -1e-42f,
                                   3.5f, -3.5f, kInfinity, -kInfinity, 3.4e38f, -3.4e38f};
  std::vector<float> values(count);
  for (float& value : values) {
    const size_t pick = random() % (2 * some.size());
    value = pick < some.size() ? some[pick] : static_cast<float>(random()) / 4e9f - 0.5f;
  }
  return values;
}

}  // namespace

TEST_CASE("an order is that of a stable sort", "[order]") {
  for (size_t count = 0; count < 70; ++count) {
    std::mt19937 random(static_cast<uint32_t>(count));
    std::vector<int> keys(count);
    for (int& key : keys) key = static_cast<int>(random() % 8);
    const auto before = [&](size_t a, size_t b) { return keys[a] > keys[b]; };
    auto expected = numbers_to<size_t>(count);
    std::stable_sort(expected.begin(), expected.end(), before);
    CHECK(order_by(count, before) == expected);
  }
}

TEST_CASE("an order of values is that of a stable sort, both ways", "[order]") {
  for (const size_t count : {size_t{0}, size_t{1}, size_t{2}, size_t{1000}, size_t{5000}}) {
    const std::vector<float> values = values_with_equals(count, 7);
    auto rising = numbers_to<uint32_t>(count), falling = rising;
    std::stable_sort(rising.begin(), rising.end(), [&](uint32_t a, uint32_t b) { return values[a] < values[b]; });
    std::stable_sort(falling.begin(), falling.end(), [&](uint32_t a, uint32_t b) { return values[a] > values[b]; });
    CHECK(order_of_values(values, First::kSmallest) == rising);
    CHECK(order_of_values(values, First::kLargest) == falling);
  }
}

TEST_CASE("sorted values are those of a sort", "[order]") {
  std::vector<float> values = values_with_equals(3000, 9);
  const std::vector<float> sorted = sorted_values(values, First::kLargest);
  std::sort(values.begin(), values.end(), std::greater());
  CHECK(sorted == values);
}

TEST_CASE("what is put last keeps its order, and so do the others", "[order]") {
  const auto odd = [](size_t i) { return i % 2 == 1; };
  CHECK(with_last({5, 2, 9, 4, 1}, odd) == std::vector<size_t>{2, 4, 5, 9, 1});
  CHECK(with_last({}, odd).empty());
}

}  // namespace smoothgrad
