// Denoises the mean of noisy samples at full resolution, from what a run keeps anyway: a local Wiener filter in the gradient's
// own basis. Nothing is learnt elsewhere, set by hand or taken from the photo. Relatives: Wiener (1949), the filter; Green et
// al. 1988, minimum noise fraction, the basis; Mihcak et al. 1999, locally adaptive shrinkage of a band; denoising in
// Monte-Carlo rendering, noise estimated from two halves.
#pragma once

#include <vector>

#include "core/base/tensor.h"

namespace smoothgrad {

// A mean of n samples, its standard error, and the means of two disjoint halves of the samples: all [H, W, C].
struct NoisyMean {
  ConstTensor mean;
  const float* standard_error;
  const float *even, *odd;
  double even_count, odd_count;  // samples, or pairs of them
};

// What is believed of the true mean: for each element of [H, W, C] a normal distribution.
struct Denoised {
  std::vector<float> mean, variance;
  double samples = 0;   // that it was made of
  bool signal = false;  // false: nothing stands out of the noise yet, and both are zeros
  // The share of itself that the mean is expected to be off, in L2: sqrt(sum variance / sum (mean^2 + variance)); 1 without a
  // signal.
  double expected_error = 1;
};

inline constexpr int kFewestToDenoise = 8;  // samples; of fewer the halves say too little of the noise

Denoised denoise(const NoisyMean& noisy);

// The expected magnitude E|s| of each element, [H, W, C]: that of a folded normal.
std::vector<float> expected_magnitudes(const Denoised& denoised);

}  // namespace smoothgrad
