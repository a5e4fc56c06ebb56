// Buffers in use at the same time never overlap; buffers that are not share their bytes.
#include "core/network/arena.h"

#include <catch_amalgamated.hpp>
#include <new>
#include <random>

namespace smoothgrad {
namespace {

TEST_CASE("an arena never gives two living buffers the same bytes", "[network]") {
  struct Wanted {
    size_t bytes;
    int first, last;
  };
  std::mt19937 generator(1);
  std::vector<Wanted> wanted;
  ArenaPlan plan;
  for (int i = 0; i < 60; ++i) {
    const int first = static_cast<int>(generator() % 40);
    wanted.push_back({generator() % 5000, first, first + static_cast<int>(generator() % 8)});
    plan.add(wanted.back().bytes, wanted.back().first, wanted.back().last);
  }
  plan.place();
  size_t total = 0;
  for (int i = 0; i < 60; ++i) {
    const Wanted& a = wanted[static_cast<size_t>(i)];
    total += a.bytes;
    CHECK(plan.offset(i) % 64 == 0);
    CHECK(plan.offset(i) + a.bytes <= plan.size());
    for (int j = 0; j < i; ++j) {
      const Wanted& b = wanted[static_cast<size_t>(j)];
      const bool together = a.first <= b.last && b.first <= a.last;
      const bool overlap = plan.offset(i) < plan.offset(j) + b.bytes && plan.offset(j) < plan.offset(i) + a.bytes;
      if (together) CHECK_FALSE(overlap);
    }
  }
  CHECK(plan.size() < total / 2);
}

TEST_CASE("an arena larger than the machine can address is refused", "[network]") {
  ArenaPlan plan;
  for (int i = 0; i < 3; ++i) plan.add(size_t{PTRDIFF_MAX} / 2, 0, 1);
  CHECK_THROWS_AS(plan.place(), std::bad_alloc);
}

}  // namespace
}  // namespace smoothgrad
