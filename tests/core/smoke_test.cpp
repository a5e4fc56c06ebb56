// A shape counts its elements.
#include <catch_amalgamated.hpp>

#include "core/tensor.h"

TEST_CASE("a shape counts its elements") { CHECK(smoothgrad::Shape{3, 5, 7}.size() == 105); }
