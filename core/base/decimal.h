// Decimal numbers to and from text, as far as models and saved runs need them: the C library's functions know every format and
// locale, and are a tenth of what a page downloads.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>

namespace smoothgrad {

// With six digits behind the point; |value| < 9e12.
inline std::string six_places(double value) {
  const int64_t millionths = std::llround(std::abs(value) * 1e6);
  std::string text = std::to_string(millionths / 1000000);
  text += std::to_string(1000000 + millionths % 1000000);
  text[text.size() - 7] = '.';  // where the million's 1 is
  return value < 0 ? '-' + text : text;
}

// The number that begins at `at` (sign, digits with a point, exponent), and `at` behind it; nothing where none begins. To
// within one unit in the last place of double.
inline std::optional<double> read_decimal(const char*& at) {
  const char* next = at;
  const auto sign = [&next] {
    const bool negative = *next == '-';
    next += *next == '-' || *next == '+';
    return negative ? -1 : 1;
  };
  const auto digit = [&next] { return *next >= '0' && *next <= '9'; };
  constexpr double kMost = 1e17;  // further digits change nothing
  const int number_sign = sign();
  double digits = 0;
  int exponent = 0, count = 0;
  for (bool fraction = false; digit() || (*next == '.' && !fraction); ++next) {
    if (*next == '.') {
      fraction = true;
      continue;
    }
    ++count;
    const bool counts = digits < kMost;
    if (counts) digits = 10 * digits + (*next - '0');
    exponent += (counts ? 0 : 1) - (fraction ? 1 : 0);
  }
  if (count == 0) return std::nullopt;
  at = next;
  if (*next == 'e' || *next == 'E') {
    ++next;
    const int exponent_sign = sign();
    int power = 0;
    if (digit()) {
      for (; digit(); ++next) power = std::min(10 * power + (*next - '0'), 9999);
      exponent += exponent_sign * power;
      at = next;
    }
  }
  double scale = 1;
  for (int i = std::min(std::abs(exponent), 400); i > 0; --i) scale *= 10;
  return number_sign * (exponent < 0 ? digits / scale : digits * scale);
}

}  // namespace smoothgrad
