// What stands out of the noise, by the denoised mean's own account.
#pragma once

#include "core/denoise/denoise.h"

namespace smoothgrad {

// The same with zeros wherever the sign of the true mean is not known: of the elements that are left, `rate` are expected to
// have another sign than theirs. Of N(m, P) that is Phi(-|m| / sqrt(P)), the local false sign rate (Stephens 2017); the surest
// are taken as long as their mean stays below `rate`. Of few samples P is too small, since the noise itself is estimated, and
// so P n / (n - 5) stands for it here: of n = 16 to 192 samples the rate then holds against long references.
Denoised known_signs(Denoised denoised, double rate = 0.05);

}  // namespace smoothgrad
