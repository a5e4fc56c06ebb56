// The basis in which signal and noise of patches are both uncorrelated: C_s v = lambda C_d v with V' C_d V = 1, a generalised
// symmetric eigenproblem, by Cholesky's factors and Jacobi's rotations.
#pragma once

#include <cstddef>
#include <vector>

namespace smoothgrad {

struct NoiseBasis {
  std::vector<double> ratios;     // lambda: variance of the signal in units of the noise's, of each band
  std::vector<double> analysis;   // V, [D, D], a column a band
  std::vector<double> synthesis;  // C_d V
};

// signal, noise: symmetric, [D, D]; the noise positive definite.
NoiseBasis find_noise_basis(const std::vector<double>& signal, const std::vector<double>& noise, size_t size);

// The nearest vector without negative entries of the same sum: max(x - t, 0). Zeros where the sum is not positive.
std::vector<double> project_to_nonnegative(std::vector<double> values);

}  // namespace smoothgrad
