// Loops that are unrolled, or not, whatever the compiler thinks of it.
#pragma once

#include <type_traits>
#include <utility>

namespace smoothgrad {

// body(0) ... body(Count - 1), each index a constant.
template <int Count, typename Body>
[[gnu::always_inline]] inline void unroll(const Body& body) {
  [&]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline)) {
    (body(std::integral_constant<int, I>{}), ...);
  }(std::make_integer_sequence<int, Count>{});
}

// The same value, of which the compiler knows nothing: a loop of so many rounds is not unrolled.
inline int opaque(int value) {
  asm("" : "+r"(value));
  return value;
}

}  // namespace smoothgrad
