// Four float lanes, the same source natively and in wasm: the compilers' vector extensions, and an intrinsic where they have
// no spelling for it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace smoothgrad {

using Float4 = float __attribute__((vector_size(16)));
using Int4 = int32_t __attribute__((vector_size(16)));

inline Float4 splat(float value) { return Float4{value, value, value, value}; }

inline Float4 load(const float* from) {  // any alignment
  Float4 value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

inline void store(float* to, Float4 value) { std::memcpy(to, &value, sizeof value); }

// a * b + c, fused where the build has relaxed SIMD.
inline Float4 multiply_add(Float4 a, Float4 b, Float4 c) {
#if defined(__wasm_relaxed_simd__)
  return __builtin_wasm_relaxed_madd_f32x4(a, b, c);
#else
  return a * b + c;
#endif
}

inline Float4 select(Int4 condition, Float4 yes, Float4 no) { return condition ? yes : no; }
#if defined(__wasm_simd128__)  // one instruction each, unlike f32x4.max and min with their care for NaN and -0
inline Float4 max(Float4 a, Float4 b) {
  return reinterpret_cast<Float4>(wasm_f32x4_pmax(reinterpret_cast<v128_t>(b), reinterpret_cast<v128_t>(a)));
}
inline Float4 min(Float4 a, Float4 b) {
  return reinterpret_cast<Float4>(wasm_f32x4_pmin(reinterpret_cast<v128_t>(b), reinterpret_cast<v128_t>(a)));
}
#else
inline Float4 max(Float4 a, Float4 b) { return select(a > b, a, b); }
inline Float4 min(Float4 a, Float4 b) { return select(a < b, a, b); }
#endif

// Lane i of a comparison's result to bit i, and back (the higher bits are ignored).
inline uint32_t bitmask(Int4 condition) {
#if defined(__wasm_simd128__)
  return static_cast<uint32_t>(wasm_i32x4_bitmask(reinterpret_cast<v128_t>(condition)));
#elif defined(__SSE2__)
  return static_cast<uint32_t>(_mm_movemask_ps(reinterpret_cast<__m128>(condition)));
#else
  return (condition[0] & 1u) | (condition[1] & 2u) | (condition[2] & 4u) | (condition[3] & 8u);
#endif
}

// The lanes of two, those of `low` in bits 0 to 3.
inline uint32_t bitmask(Int4 low, Int4 high) {
#if defined(__wasm_simd128__)
  return wasm_i16x8_bitmask(wasm_i16x8_narrow_i32x4(reinterpret_cast<v128_t>(low), reinterpret_cast<v128_t>(high)));
#else
  return bitmask(low) | bitmask(high) << 4;
#endif
}

inline Int4 lanes_of_bits(uint32_t bits) {
  const int32_t b = static_cast<int32_t>(bits);
  return (Int4{b, b, b, b} & Int4{1, 2, 4, 8}) != 0;
}

}  // namespace smoothgrad
