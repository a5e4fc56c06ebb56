// Student's t: how surprising a mean is beside its standard error, and which of many are more than chance.
#pragma once

#include <span>

namespace smoothgrad {

// Probability of a |t| this large or larger with d degrees of freedom (1, 2, ...): I_x(d/2, 1/2), x = d / (d + t^2).
double two_sided_p_value(double t, double degrees);

// Benjamini & Hochberg 1995: the smallest |t| of `statistics` that is kept when the expected share of false ones among those
// kept is to be at most `rate`; infinity where none is kept. NaN is never kept.
float false_discovery_threshold(std::span<const float> statistics, double degrees, double rate);

}  // namespace smoothgrad
