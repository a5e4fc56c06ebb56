#include "core/kernels/peak.h"

#include "core/kernels/simd.h"
#include "core/kernels/unroll.h"

namespace smoothgrad {
namespace {

// As many as registers are left: with fewer, the latency of multiply-then-add shows (8 reach 60 % of 13 in V8 on Zen 3), with
// more they spill.
constexpr int kChains = 13;
constexpr int kLanes = 4;

}  // namespace

double peak_work(int64_t rounds) {
  Float4 chain[kChains];
  unroll<kChains>([&](auto i) { chain[i] = splat(static_cast<float>(i)); });
  const Float4 x = splat(0.5f), y = splat(0.25f);  // converges to 0.5: no overflow, no denormals
  for (int64_t round = 0; round < rounds; ++round) {
    unroll<kChains>([&](auto i) { chain[i] = multiply_add(chain[i], x, y); });
  }
  static float result[kChains * kLanes];  // so that the work is not optimised away
  unroll<kChains>([&](auto i) { store(result + kLanes * i, chain[i]); });
  return 2.0 * kChains * kLanes * static_cast<double>(rounds);
}

}  // namespace smoothgrad
