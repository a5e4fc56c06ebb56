// A loop of constant length, unrolled whatever the compiler thinks of it: the body gets its index as a constant.
#pragma once

#include <type_traits>
#include <utility>

namespace smoothgrad {

template <int Count, typename Body>
[[gnu::always_inline]] inline void unroll(const Body& body) {
  [&]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline)) {
    (body(std::integral_constant<int, I>{}), ...);
  }(std::make_integer_sequence<int, Count>{});
}

}  // namespace smoothgrad
