// Eight Philox blocks side by side, one a lane, so 32 normals a turn. Only additions, multiplications and square roots of
// float32, each rounded by itself, in one fixed order: hence the same bits natively, in wasm SIMD and in relaxed SIMD
// (compile with -ffp-contract=off). The polynomials are minimax fits of our own, relative error 3e-8.
// Compiled for speed, without fused products.
#include "core/base/noise.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/base/multiply_u32.h"

namespace smoothgrad {
namespace {

using U32 = U32x4;
using I32 = int32_t __attribute__((vector_size(16)));
using F32 = float __attribute__((vector_size(16)));

constexpr size_t kGroup = 32;  // elements: 8 blocks of 4
constexpr int kRounds = 10;

inline constexpr F32 splat(float x) { return F32{x, x, x, x}; }
inline constexpr U32 splat(uint32_t x) { return U32{x, x, x, x}; }

// Numbers of a call, the same for all blocks. In memory and out of the compiler's sight (see standard_normal): LLVM would
// rebuild each vector constant where it is used, four instructions in V8, and would widen the multipliers to 64 bits, which
// hides the 32-bit product from it.
struct Constants {
  U32 key0[kRounds], key1[kRounds], sample_low, sample_high;
  U32 multiplier0 = splat(0xD2511F53u), multiplier1 = splat(0xCD9E8D57u);
  U32 root_half = splat(0xB504F333u);  // sqrt 1/2 as a fraction of 2^32
  U32 root_half_bits = splat(0x3F3504F3u);
  U32 eighth = splat(0x20000000u), quarter = splat(0x40000000u), sign = splat(0x80000000u);  // of a turn
  F32 unit = splat(0x1p-32f), half = splat(0.5f), one = splat(1.0f), minus_two = splat(-2.0f);
  F32 ln2_high = splat(0.693359375f), ln2_low = splat(-2.12194440e-4f);  // the first is exact times an exponent
  F32 log[7] = {splat(0.3333391f),  splat(-0.25001338f), splat(0.19963062f), splat(-0.16577587f),
                splat(0.14914787f), splat(-0.14267476f), splat(0.087003596f)};
  F32 sine[4] = {splat(1.5707964f), splat(-0.6459635f), splat(0.07968023f), splat(-0.004602177f)};
  F32 cosine[4] = {splat(1.0f), splat(-1.233698f), splat(0.25360635f), splat(-0.02042625f)};

  Constants(uint64_t seed, uint64_t sample)
      : sample_low(splat(static_cast<uint32_t>(sample))), sample_high(splat(static_cast<uint32_t>(sample >> 32))) {
    for (uint32_t round = 0; round < kRounds; ++round) {
      key0[round] = splat(static_cast<uint32_t>(seed) + round * 0x9E3779B9u);
      key1[round] = splat(static_cast<uint32_t>(seed >> 32) + round * 0xBB67AE85u);
    }
  }
};

struct Words {
  U32 word[4];
};

// Two vectors of blocks in step: the chain of dependent rounds is long, and one vector would leave the core waiting.
inline void philox(Words (&counters)[2], const Constants& k) {
#pragma GCC unroll 10
  for (int round = 0; round < kRounds; ++round) {
    for (Words& counter : counters) {
      U32 high0, low0, high1, low1;
      multiply_u32(counter.word[0], k.multiplier0, high0, low0);
      multiply_u32(counter.word[2], k.multiplier1, high1, low1);
      counter = {{high1 ^ counter.word[1] ^ k.key0[round], low1, high0 ^ counter.word[3] ^ k.key1[round], low0}};
    }
  }
}

// Coefficients from the constant term up. Even and odd powers side by side: half the chain of Horner's rule.
template <size_t kTerms>
inline F32 polynomial(const F32 (&coefficients)[kTerms], F32 x, F32 square) {
  F32 sum = coefficients[kTerms - 1];
  if constexpr (kTerms % 2 == 0) sum = coefficients[kTerms - 2] + sum * x;
#pragma GCC unroll 4
  for (size_t i = (kTerms - 1) / 2 * 2; i >= 2; i -= 2) sum = (coefficients[i - 2] + coefficients[i - 1] * x) + sum * square;
  return sum;
}

inline F32 square_root(F32 x) {
#if defined(__clang__)
  return __builtin_elementwise_sqrt(x);
#else
  for (int lane = 0; lane < 4; ++lane) x[lane] = std::sqrt(x[lane]);
  return x;
#endif
}

template <typename Vector>
inline Vector select(I32 mask, Vector yes, Vector no) {
  return (Vector)(((I32)yes & mask) | ((I32)no & ~mask));
}

// sqrt(-2 ln u), u = (word + 1/2) 2^-32. ln u = e ln 2 + ln(1 + f) with 1 + f in [sqrt 1/2, sqrt 2). Beside u = 1, float32
// cannot hold u, so f = u - 1 is made from the complement of the word instead.
inline F32 radius(U32 word, const Constants& k) {
  const I32 near_one = (I32)(word > k.root_half);
  const F32 x = (__builtin_convertvector(word ^ (U32)near_one, F32) + k.half) * k.unit;
  const I32 e = ((I32)x - (I32)k.root_half_bits) >> 23;
  const F32 f = select(near_one, (F32)((U32)x ^ k.sign), (F32)((I32)x - (e << 23)) - k.one);
  const F32 exponent = __builtin_convertvector(e & ~near_one, F32);
  const F32 square = f * f;
  const F32 tail = polynomial(k.log, f, square) * (f * square) - k.half * square + exponent * k.ln2_low;
  return square_root(k.minus_two * ((tail + f) + exponent * k.ln2_high));
}

// cos and sin of 2 pi word 2^-32, by quadrants: the quarter turns are counted in integers, so that t in [-1/2, 1/2) quarter
// turns is exact up to its rounding to float32.
inline void cos_sin(U32 word, const Constants& k, F32& cosine, F32& sine) {
  const U32 turned = word + k.eighth;
  const F32 t = __builtin_convertvector((I32)(word << 2), F32) * k.unit;
  const F32 z = t * t, square = z * z;
  const F32 s = polynomial(k.sine, z, square) * t;
  const F32 c = polynomial(k.cosine, z, square);
  const I32 swapped = (I32)(turned << 1) >> 31;
  cosine = (F32)((U32)select(swapped, s, c) ^ ((turned + k.quarter) & k.sign));
  sine = (F32)((U32)select(swapped, c, s) ^ (turned & k.sign));
}

// Box-Muller of four blocks -> 16 elements.
inline void write_normals(const Words& random, const Constants& k, float* out) {
  F32 cos0, sin0, cos2, sin2;
  const F32 radius0 = radius(random.word[0], k);
  const F32 radius2 = radius(random.word[2], k);
  cos_sin(random.word[1], k, cos0, sin0);
  cos_sin(random.word[3], k, cos2, sin2);
  const F32 n0 = radius0 * cos0, n1 = radius0 * sin0, n2 = radius2 * cos2, n3 = radius2 * sin2;

  // A lane holds a block: transpose, so that blocks follow each other.
  const F32 low01 = __builtin_shufflevector(n0, n1, 0, 4, 1, 5), high01 = __builtin_shufflevector(n0, n1, 2, 6, 3, 7);
  const F32 low23 = __builtin_shufflevector(n2, n3, 0, 4, 1, 5), high23 = __builtin_shufflevector(n2, n3, 2, 6, 3, 7);
  const F32 blocks[4] = {__builtin_shufflevector(low01, low23, 0, 1, 4, 5), __builtin_shufflevector(low01, low23, 2, 3, 6, 7),
                         __builtin_shufflevector(high01, high23, 0, 1, 4, 5),
                         __builtin_shufflevector(high01, high23, 2, 3, 6, 7)};
  std::memcpy(out, blocks, sizeof(blocks));
}

// Elements [32 group, 32 group + 32). A span has fewer than 2^34 elements, so word 1 of the counter stays 0.
[[gnu::noinline]] void normal_group(const Constants& k, uint32_t group, float* out) {
  const U32 block = splat(8 * group) + U32{0, 1, 2, 3};
  Words words[2] = {{{block, U32{}, k.sample_low, k.sample_high}}, {{block + splat(4u), U32{}, k.sample_low, k.sample_high}}};
  philox(words, k);
  write_normals(words[0], k, out);
  write_normals(words[1], k, out + 16);
}

}  // namespace

void standard_normal(uint64_t seed, uint64_t sample, std::span<float> out) {
  const Constants values(seed, sample);
  const Constants* constants = &values;
  asm("" : "+r"(constants) : : "memory");  // from here on the compiler knows nothing about their values
  const size_t whole = out.size() / kGroup;
  for (size_t group = 0; group < whole; ++group)
    normal_group(*constants, static_cast<uint32_t>(group), out.data() + group * kGroup);
  if (const size_t rest = out.size() % kGroup; rest > 0) {
    float last[kGroup];
    normal_group(*constants, static_cast<uint32_t>(whole), last);
    std::copy_n(last, rest, out.data() + whole * kGroup);
  }
}

}  // namespace smoothgrad
