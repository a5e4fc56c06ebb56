// Overlapping patches of 4 x 4 pixels, all channels, their corners two pixels apart from -2 on: as rows of a matrix, and back.
// The even grid keeps the phases of a stem of stride 2 apart. Outside, the image is mirrored without repeating its edge.
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/tensor.h"

namespace smoothgrad {

// A place outside of 0 to size - 1, mirrored into it without repeating the edge.
inline int mirrored(int at, int size) {
  if (size == 1) return 0;
  const int period = 2 * (size - 1), within = ((at % period) + period) % period;
  return within < size ? within : period - within;
}

class PatchGrid {
 public:
  explicit PatchGrid(Shape shape);

  size_t rows() const { return rows_; }
  size_t cols() const { return cols_; }
  size_t count() const { return rows_ * cols_; }
  size_t length() const { return length_; }  // floats of a patch

  // Patches of one row of the grid, one behind the other: cols() * length() floats.
  void read_row(const float* image, size_t row, float* patches) const;
  // Adds them to the image, where they lie in it.
  void add_row(const float* patches, size_t row, float* image) const;
  // How many patches each pixel lies in: [H, W].
  std::vector<float> coverage() const;

 private:
  static constexpr int kSide = 4, kStep = 2;

  Shape shape_;
  size_t rows_, cols_, length_;
};

}  // namespace smoothgrad
