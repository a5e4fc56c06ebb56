// Deletion and insertion: what becomes of a score while pixels are replaced in the order of a map (Petsiuk et al. 2018).
#pragma once

#include <span>
#include <vector>

#include "core/base/function_ref.h"
#include "core/base/tensor.h"

namespace smoothgrad {

// Score of an input, [H, W, C].
using Score = FunctionRef<double(std::span<const float>)>;

// scores[j], j = 0 .. steps: of `from` with the round(j / steps * pixels) pixels of largest map value, all their channels,
// taken from `to`; of equal pixels the first in row-major order goes first. So scores[0] is that of `from`, and where pixels
// are all H * W, scores[steps] is that of `to`. Deletion: from = the input, to = its replacement (a good map makes it fall
// early); insertion: the other way round. map: [H, W]. Throws Error(kBadOption) where sizes do not fit, a map is not finite,
// steps is below 1 or pixels is not from 1 to H * W.
std::vector<double> perturbation_curve(Score score, ConstTensor from, ConstTensor to, std::span<const float> map, int steps,
                                       size_t pixels);

// Of a curve over [0, 1] in equal steps, by trapezoids; at least 2 values.
double area_under(std::span<const double> curve);

}  // namespace smoothgrad
