// Memory as a page gives it: so much and no more. A program that includes this has an operator new which throws std::bad_alloc
// beyond a limit, or at the k-th call, and which knows how much is held. For one thread, and in one file of a program.
#pragma once

#include <malloc.h>

#include <cstdint>
#include <cstdlib>
#include <new>

namespace smoothgrad::fuzz {

struct Budget {
  int64_t held = 0, most = INT64_MAX;    // bytes
  int64_t calls = 0, refused_call = -1;  // from 0
};
inline Budget budget;

inline void* take(size_t size, size_t alignment) {
  const bool refused = budget.calls++ == budget.refused_call;
  if (refused || size > static_cast<size_t>(PTRDIFF_MAX) - alignment ||
      static_cast<int64_t>(size) > budget.most - budget.held) {
    throw std::bad_alloc();
  }
  void* memory = nullptr;  // of the very size, so that a sanitizer sees the first byte behind it
  if (posix_memalign(&memory, alignment, size) != 0 || !memory) throw std::bad_alloc();
  budget.held += static_cast<int64_t>(malloc_usable_size(memory));
  return memory;
}

inline void give_back(void* memory) {
  if (memory) budget.held -= static_cast<int64_t>(malloc_usable_size(memory));
  std::free(memory);
}

}  // namespace smoothgrad::fuzz

// Inlined, GCC would see a new beside a free() and warn of the mismatch.
[[gnu::noinline]] void* operator new(size_t size) { return smoothgrad::fuzz::take(size, __STDCPP_DEFAULT_NEW_ALIGNMENT__); }
[[gnu::noinline]] void* operator new[](size_t size) { return operator new(size); }
[[gnu::noinline]] void* operator new(size_t size, std::align_val_t alignment) {
  return smoothgrad::fuzz::take(size, static_cast<size_t>(alignment));
}
[[gnu::noinline]] void* operator new(size_t size, const std::nothrow_t&) noexcept {
  try {
    return operator new(size);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { smoothgrad::fuzz::give_back(memory); }
[[gnu::noinline]] void operator delete(void* memory, size_t) noexcept { smoothgrad::fuzz::give_back(memory); }
[[gnu::noinline]] void operator delete[](void* memory) noexcept { smoothgrad::fuzz::give_back(memory); }
[[gnu::noinline]] void operator delete[](void* memory, size_t) noexcept { smoothgrad::fuzz::give_back(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t) noexcept { smoothgrad::fuzz::give_back(memory); }
[[gnu::noinline]] void operator delete(void* memory, size_t, std::align_val_t) noexcept { smoothgrad::fuzz::give_back(memory); }
