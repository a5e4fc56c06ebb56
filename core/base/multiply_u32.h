// Both halves of the 64-bit products of 32-bit lanes, for Philox. Of the plain form, LLVM and GCC make full 64-bit products
// (four times slower), so the instructions are named here.
#pragma once

#include <cstdint>

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace smoothgrad {

using U32x4 = uint32_t __attribute__((vector_size(16)));

inline void multiply_u32(U32x4 a, U32x4 b, U32x4& high, U32x4& low) {
#if defined(__wasm_simd128__)
  const auto first = (U32x4)wasm_u64x2_extmul_low_u32x4((v128_t)a, (v128_t)b);
  const auto second = (U32x4)wasm_u64x2_extmul_high_u32x4((v128_t)a, (v128_t)b);
  low = __builtin_shufflevector(first, second, 0, 2, 4, 6);
  high = __builtin_shufflevector(first, second, 1, 3, 5, 7);
#elif defined(__SSE2__)
  const auto even = (U32x4)_mm_mul_epu32((__m128i)a, (__m128i)b);
  const auto odd = (U32x4)_mm_mul_epu32(_mm_srli_epi64((__m128i)a, 32), _mm_srli_epi64((__m128i)b, 32));
  low = __builtin_shufflevector(even, odd, 0, 4, 2, 6);
  high = __builtin_shufflevector(even, odd, 1, 5, 3, 7);
#else
  for (int lane = 0; lane < 4; ++lane) {
    const uint64_t product = uint64_t{a[lane]} * b[lane];
    low[lane] = static_cast<uint32_t>(product);
    high[lane] = static_cast<uint32_t>(product >> 32);
  }
#endif
}

}  // namespace smoothgrad
