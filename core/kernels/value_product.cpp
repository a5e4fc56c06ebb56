// Compiled for speed.
#include "core/kernels/value_product.h"

#include <algorithm>

#include "core/kernels/simd.h"
#include "core/kernels/unroll.h"

namespace smoothgrad {
namespace {

constexpr size_t kCols = 8;  // of a tile, and what the packed right matrix is filled up to
constexpr int kRows = 4;

size_t filled_up(size_t cols) { return (cols + kCols - 1) / kCols * kCols; }

// Rows one behind the other, of `width` floats with zeros behind the matrix's own.
void pack(const ConstMatrix& from, size_t width, float* to) {
  for (size_t r = 0; r < from.rows; ++r, to += width) {
    const float* const row = from.data + r * from.row_step;
    if (from.col_step == 1) {
      std::copy_n(row, from.cols, to);
    } else {
      for (size_t c = 0; c < from.cols; ++c) to[c] = row[c * from.col_step];
    }
    std::fill(to + from.cols, to + width, 0.f);
  }
}

// Rows x eight columns of y; a: rows of `inner` floats; b: rows of `width`.
template <int Rows>
void multiply_tile(const float* a, const float* b, size_t inner, size_t width, float* y, size_t cols, size_t left) {
  Float4 sums[Rows][2] = {};
  for (size_t k = 0; k < inner; ++k, b += width) {
    const Float4 low = load(b), high = load(b + 4);
    unroll<Rows>([&](auto r) {
      const Float4 x = splat(a[static_cast<size_t>(r) * inner + k]);
      sums[r][0] = multiply_add(x, low, sums[r][0]);
      sums[r][1] = multiply_add(x, high, sums[r][1]);
    });
  }
  for (int r = 0; r < Rows; ++r, y += cols) {
    if (left >= kCols) {
      store(y, sums[r][0]);
      store(y + 4, sums[r][1]);
    } else {
      for (size_t c = 0; c < left; ++c) y[c] = sums[r][c / 4][c % 4];
    }
  }
}

}  // namespace

size_t value_product_scratch(size_t rows, size_t inner, size_t cols) { return inner * (rows + filled_up(cols)); }

void value_product(const ConstMatrix& a, const ConstMatrix& b, float* scratch, float* y) {
  const size_t inner = a.cols, width = filled_up(b.cols), cols = b.cols;
  float* const right = scratch + a.rows * inner;
  pack(a, inner, scratch);
  pack(b, width, right);
  constexpr auto step = static_cast<size_t>(kRows);
  for (size_t c = 0; c < cols; c += kCols) {
    size_t r = 0;
    for (; r + step <= a.rows; r += step) {
      multiply_tile<kRows>(scratch + r * inner, right + c, inner, width, y + r * cols + c, cols, cols - c);
    }
    for (; r < a.rows; ++r) multiply_tile<1>(scratch + r * inner, right + c, inner, width, y + r * cols + c, cols, cols - c);
  }
}

}  // namespace smoothgrad
