#include "core/denoise/noise_basis.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/order.h"

namespace smoothgrad {
namespace {

// A square matrix, row by row.
class Square {
 public:
  Square(std::vector<double> elements, size_t size) : elements_(std::move(elements)), size_(size) {}
  explicit Square(size_t size) : Square(std::vector<double>(size * size, 0.), size) {}

  double& at(size_t row, size_t col) { return elements_[row * size_ + col]; }
  double at(size_t row, size_t col) const { return elements_[row * size_ + col]; }
  size_t size() const { return size_; }
  std::vector<double> take() { return std::move(elements_); }

 private:
  std::vector<double> elements_;
  size_t size_;
};

// L of A = L L', below and on the diagonal.
Square cholesky(const Square& a) {
  Square l(a.size());
  for (size_t i = 0; i < a.size(); ++i) {
    for (size_t j = 0; j <= i; ++j) {
      double sum = a.at(i, j);
      for (size_t k = 0; k < j; ++k) sum -= l.at(i, k) * l.at(j, k);
      l.at(i, j) = i == j ? std::sqrt(std::max(sum, 1e-300)) : sum / l.at(j, j);
    }
  }
  return l;
}

// L^-1 X, column by column, in place.
void solve_lower(const Square& l, Square& x) {
  for (size_t i = 0; i < l.size(); ++i) {
    for (size_t k = 0; k < i; ++k) {
      for (size_t c = 0; c < l.size(); ++c) x.at(i, c) -= l.at(i, k) * x.at(k, c);
    }
    for (size_t c = 0; c < l.size(); ++c) x.at(i, c) /= l.at(i, i);
  }
}

// L'^-1 X.
void solve_upper(const Square& l, Square& x) {
  for (size_t i = l.size(); i-- > 0;) {
    for (size_t k = i + 1; k < l.size(); ++k) {
      for (size_t c = 0; c < l.size(); ++c) x.at(i, c) -= l.at(k, i) * x.at(k, c);
    }
    for (size_t c = 0; c < l.size(); ++c) x.at(i, c) /= l.at(i, i);
  }
}

void transpose(Square& a) {
  for (size_t i = 0; i < a.size(); ++i) {
    for (size_t j = 0; j < i; ++j) std::swap(a.at(i, j), a.at(j, i));
  }
}

// Two rows of a matrix, turned by an angle.
void turn(Square& a, size_t p, size_t q, double cosine, double sine) {
  for (size_t k = 0; k < a.size(); ++k) {
    const double left = a.at(p, k), right = a.at(q, k);
    a.at(p, k) = cosine * left - sine * right;
    a.at(q, k) = sine * left + cosine * right;
  }
}

// Jacobi's cyclic rotations (Golub and Van Loan, Matrix Computations, 8.5): a becomes diagonal, the rows of `vectors` its
// eigenvectors. Both sides of a rotation are taken as rows, since a stays symmetric.
void diagonalise(Square& a, Square& vectors) {
  const size_t n = a.size();
  for (size_t i = 0; i < n; ++i) vectors.at(i, i) = 1;
  double whole = 0;
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = 0; j < n; ++j) whole += a.at(i, j) * a.at(i, j);
  }
  constexpr int kMostSweeps = 30;
  for (int sweep = 0; sweep < kMostSweeps; ++sweep) {
    double beside = 0;
    for (size_t p = 0; p < n; ++p) {
      for (size_t q = p + 1; q < n; ++q) beside += a.at(p, q) * a.at(p, q);
    }
    if (beside <= 1e-22 * whole) return;
    for (size_t p = 0; p < n; ++p) {
      for (size_t q = p + 1; q < n; ++q) {
        const double off = a.at(p, q);
        if (off == 0) continue;
        const double theta = (a.at(q, q) - a.at(p, p)) / (2 * off);
        const double tangent = (theta < 0 ? -1 : 1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
        const double cosine = 1 / std::sqrt(tangent * tangent + 1), sine = tangent * cosine;
        turn(a, p, q, cosine, sine);
        for (size_t k = 0; k < n; ++k) {  // and as columns
          const double left = a.at(k, p), right = a.at(k, q);
          a.at(k, p) = cosine * left - sine * right;
          a.at(k, q) = sine * left + cosine * right;
        }
        turn(vectors, p, q, cosine, sine);
      }
    }
  }
}

}  // namespace

NoiseBasis find_noise_basis(const std::vector<double>& signal, const std::vector<double>& noise, size_t size) {
  const Square l = cholesky(Square(noise, size));
  // L^-1 C_s L'^-1
  Square whitened(signal, size);
  solve_lower(l, whitened);
  transpose(whitened);
  solve_lower(l, whitened);
  Square vectors(size);
  diagonalise(whitened, vectors);
  transpose(vectors);
  NoiseBasis basis;
  for (size_t i = 0; i < size; ++i) basis.ratios.push_back(whitened.at(i, i));
  Square synthesis(size);  // C_d V = L U
  for (size_t i = 0; i < size; ++i) {
    for (size_t k = 0; k <= i; ++k) {
      for (size_t j = 0; j < size; ++j) synthesis.at(i, j) += l.at(i, k) * vectors.at(k, j);
    }
  }
  solve_upper(l, vectors);  // V = L'^-1 U
  basis.analysis = vectors.take();
  basis.synthesis = synthesis.take();
  return basis;
}

std::vector<double> project_to_nonnegative(std::vector<double> values) {
  const double wanted = std::reduce(values.begin(), values.end());
  if (!(wanted > 0)) return std::vector<double>(values.size(), 0.);
  // The largest k whose own mean surplus leaves all of them positive (Duchi et al. 2008, figure 1).
  const std::vector<size_t> order = order_by(values.size(), [&](size_t a, size_t b) { return values[a] > values[b]; });
  double sum = 0, surplus = 0;
  for (size_t k = 0; k < order.size(); ++k) {
    sum += values[order[k]];
    const double shift = (sum - wanted) / static_cast<double>(k + 1);
    if (values[order[k]] - shift > 0) surplus = shift;
  }
  for (double& value : values) value = std::max(value - surplus, 0.);
  return values;
}

}  // namespace smoothgrad
