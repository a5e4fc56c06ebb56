// A 64-bit digest of bytes, to tell models and photos apart (not against forgery): FNV-1a over 8-byte words and a last mix.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>

namespace smoothgrad {

inline uint64_t digest(std::span<const std::byte> bytes) {
  constexpr uint64_t kPrime = 0x100000001b3;
  uint64_t hash = 0xcbf29ce484222325 ^ bytes.size();
  while (!bytes.empty()) {
    uint64_t word = 0;
    const size_t taken = bytes.size() < sizeof word ? bytes.size() : sizeof word;
    std::memcpy(&word, bytes.data(), taken);
    hash = (hash ^ word) * kPrime;
    hash ^= hash >> 29;  // the product carries upwards only
    bytes = bytes.subspan(taken);
  }
  return hash;
}

inline std::string hexadecimal(uint64_t value) {
  std::string text(16, '0');
  for (size_t i = 16; i-- > 0; value /= 16) text[i] = "0123456789abcdef"[value % 16];
  return text;
}

}  // namespace smoothgrad
