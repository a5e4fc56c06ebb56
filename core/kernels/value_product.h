// Products of two matrices that are both activations, so that nothing can be packed beforehand: y = a b.
#pragma once

#include <cstddef>

namespace smoothgrad {

struct ConstMatrix {
  const float* data;
  size_t rows, cols;
  size_t row_step, col_step;  // floats from an element to the next below it, and to its right

  ConstMatrix transposed() const { return {data, cols, rows, col_step, row_step}; }
};

// Floats of scratch for a product of [rows, inner] and [inner, cols].
size_t value_product_scratch(size_t rows, size_t inner, size_t cols);

// y: [a.rows, b.cols], its rows one behind the other.
void value_product(const ConstMatrix& a, const ConstMatrix& b, float* scratch, float* y);

}  // namespace smoothgrad
