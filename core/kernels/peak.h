// The most a core can do with this build's multiply_add, measured and not assumed: what shares of the peak are shares of.
#pragma once

#include <cstdint>

namespace smoothgrad {

// Runs `rounds` rounds of independent chains a = a * x + y, as many as fit the registers; returns the floating-point
// operations done (two for each multiply_add of a lane). The caller holds the clock.
double peak_work(int64_t rounds);

}  // namespace smoothgrad
