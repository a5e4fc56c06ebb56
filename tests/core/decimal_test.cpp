// Decimals against the C library's.
#include "core/base/decimal.h"

#include <catch_amalgamated.hpp>
#include <cstdlib>

namespace smoothgrad {
namespace {

TEST_CASE("decimals are read as the C library reads them", "[decimal]") {
  for (const char* text :
       {"0", "-0", "127.5", "+.5", "5.", "-1e1", "1E-3", "2.5e+2", "0.48502", "123456789012345678901234567890",
        "0.000000000000000000000012345", "1e400", "1e-400", "3.4028235e38", "0.1x", "7e", "7e+", "1.2.3"}) {
    CAPTURE(text);
    const char* at = text;
    char* end = nullptr;
    const double expected = std::strtod(text, &end);
    const std::optional<double> read = read_decimal(at);
    REQUIRE(read);
    if (std::isinf(expected)) {
      CHECK(std::isinf(*read));
    } else {
      CHECK(std::abs(*read - expected) <= 4e-16 * std::abs(expected));
    }
    CHECK(at == end);
  }
  for (const char* text : {"", "-", ".", "e5", "inf", "nan", "+-1", "x"}) {
    CAPTURE(text);
    const char* at = text;
    CHECK_FALSE(read_decimal(at));
    CHECK(at == text);
  }
}

TEST_CASE("six places behind the point are written", "[decimal]") {
  for (const double value : {0.0, 1.0, -0.25, 0.15, 12.3456789, -1e-6, 123456.000001, 0.9999996}) {
    CHECK(six_places(value) == std::to_string(value));
  }
}

}  // namespace
}  // namespace smoothgrad
