// Masks of one bit an element against the definition, at sizes around the words of 32.
#include "core/kernels/mask.h"

#include <algorithm>
#include <catch_amalgamated.hpp>

#include "tests/core/one_node.h"

namespace smoothgrad {
namespace {

TEST_CASE("a mask holds which units were active, and gates by the rule", "[kernels]") {
  const size_t size = GENERATE(1u, 3u, 31u, 32u, 33u, 100u);
  const Clamp clamp = GENERATE(Clamp{0, Clamp{}.hi}, Clamp{0, 6}, Clamp{-1, 1});
  std::vector<float> values = test::random_floats(size, 1, -8, 8);
  for (float& value : values) value = std::clamp(value, clamp.lo, clamp.hi);  // many lie on a bound
  std::vector<uint32_t> mask(mask_bytes(size) / sizeof(uint32_t), 0xdeadbeef);
  make_mask(values.data(), size, clamp, mask.data());
  for (size_t i = 0; i < size; ++i) REQUIRE((mask[i / 32] >> (i % 32) & 1) == (values[i] > clamp.lo && values[i] < clamp.hi));

  const Rule rule = GENERATE(Rule::kGradient, Rule::kGuided, Rule::kDeconvnet);
  const std::vector<float> before = test::random_floats(size, 2);
  std::vector<float> gradient = before;
  gate_gradient(gradient.data(), size, mask.data(), rule);
  for (size_t i = 0; i < size; ++i) {
    const bool active = values[i] > clamp.lo && values[i] < clamp.hi;
    const float passed = rule == Rule::kGradient ? before[i] : std::max(before[i], 0.f);
    REQUIRE(gradient[i] == (active || rule == Rule::kDeconvnet ? passed : 0.f));
  }
}

}  // namespace
}  // namespace smoothgrad
