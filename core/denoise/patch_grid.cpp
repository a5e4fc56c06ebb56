#include "core/denoise/patch_grid.h"

#include <algorithm>

namespace smoothgrad {
PatchGrid::PatchGrid(Shape shape)
    : shape_(shape),
      rows_(static_cast<size_t>((shape.height + 1) / kStep + 1)),
      cols_(static_cast<size_t>((shape.width + 1) / kStep + 1)),
      length_(static_cast<size_t>(kSide * kSide * shape.channels)) {}

void PatchGrid::read_row(const float* image, size_t row, float* patches) const {
  const auto channels = static_cast<size_t>(shape_.channels), width = static_cast<size_t>(shape_.width);
  const int top = static_cast<int>(row) * kStep - kStep;
  for (size_t col = 0; col < cols_; ++col) {
    const int left = static_cast<int>(col) * kStep - kStep;
    const bool inside = left >= 0 && left + kSide <= shape_.width;
    for (int y = 0; y < kSide; ++y) {
      const float* const line = image + static_cast<size_t>(mirrored(top + y, shape_.height)) * width * channels;
      if (inside) {
        patches = std::copy_n(line + static_cast<size_t>(left) * channels, kSide * channels, patches);
        continue;
      }
      for (int x = 0; x < kSide; ++x) {
        patches = std::copy_n(line + static_cast<size_t>(mirrored(left + x, shape_.width)) * channels, channels, patches);
      }
    }
  }
}

void PatchGrid::add_row(const float* patches, size_t row, float* image) const {
  const auto channels = static_cast<size_t>(shape_.channels), width = static_cast<size_t>(shape_.width);
  const int top = static_cast<int>(row) * kStep - kStep;
  for (int y = 0; y < kSide; ++y) {
    if (top + y < 0 || top + y >= shape_.height) continue;
    float* const line = image + static_cast<size_t>(top + y) * width * channels;
    for (size_t col = 0; col < cols_; ++col) {
      const int left = static_cast<int>(col) * kStep - kStep;
      const int first = std::max(left, 0), last = std::min(left + kSide, shape_.width);
      const float* const from = patches + col * length_ + static_cast<size_t>(y * kSide + first - left) * channels;
      float* const to = line + static_cast<size_t>(first) * channels;
      for (size_t i = 0; i < static_cast<size_t>(last - first) * channels; ++i) to[i] += from[i];
    }
  }
}

std::vector<float> PatchGrid::coverage() const {
  const auto along = [](int size, size_t patches) {
    std::vector<float> counts(static_cast<size_t>(size), 0.f);
    for (int k = 0; k < static_cast<int>(patches); ++k) {
      for (int i = std::max(k * kStep - kStep, 0); i < std::min(k * kStep - kStep + kSide, size); ++i)
        ++counts[static_cast<size_t>(i)];
    }
    return counts;
  };
  const std::vector<float> rows = along(shape_.height, rows_), cols = along(shape_.width, cols_);
  std::vector<float> counts;
  for (const float row : rows) {
    for (const float col : cols) counts.push_back(row * col);
  }
  return counts;
}

}  // namespace smoothgrad
