// A matrix of weights with rows and columns changed over.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace smoothgrad {

// [rows, cols] -> [cols, rows]
inline std::vector<float> transposed(std::span<const float> matrix, size_t rows, size_t cols) {
  std::vector<float> moved(matrix.size());
  for (size_t col = 0; col < cols; ++col) {
    for (size_t row = 0; row < rows; ++row) moved[col * rows + row] = matrix[row * cols + col];
  }
  return moved;
}

}  // namespace smoothgrad
