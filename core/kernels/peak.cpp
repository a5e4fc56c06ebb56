// Compiled for speed.
#include "core/kernels/peak.h"

#include "core/kernels/simd.h"
#include "core/kernels/unroll.h"

namespace smoothgrad {
namespace {

// As many as registers are left: with fewer, the latency of multiply-then-add shows (8 reach 60 % of 13 in V8 on Zen 3), with
// more they spill.
constexpr int kChains = 13;
constexpr int kLanes = 4;

volatile float kept;  // what nobody reads would not be computed

}  // namespace

double peak_work(int64_t rounds) {
  Float4 chain[kChains];
  unroll<kChains>([&](auto i) { chain[i] = splat(static_cast<float>(i)); });
  const Float4 x = splat(0.5f), y = splat(0.25f);  // converges to 0.5: no overflow, no denormals
  for (int64_t round = 0; round < rounds; ++round) {
    unroll<kChains>([&](auto i) { chain[i] = multiply_add(chain[i], x, y); });
  }
  Float4 sum = splat(0);
  unroll<kChains>([&](auto i) { sum += chain[i]; });
  kept = sum[0];
  return 2.0 * kChains * kLanes * static_cast<double>(rounds);
}

}  // namespace smoothgrad
