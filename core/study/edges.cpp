#include "core/study/edges.h"

#include <algorithm>
#include <cmath>

namespace smoothgrad {

std::vector<float> sobel(ConstTensor image) {
  const int height = image.shape.height, width = image.shape.width, channels = image.shape.channels;
  std::vector<float> edges(image.shape.pixels(), 0.f);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (int c = 0; c < channels; ++c) {
        const auto at = [&](int dy, int dx) {
          const int v = std::clamp(y + dy, 0, height - 1), u = std::clamp(x + dx, 0, width - 1);
          return image.data[(v * width + u) * channels + c];
        };
        const float along_x = at(-1, 1) + 2 * at(0, 1) + at(1, 1) - at(-1, -1) - 2 * at(0, -1) - at(1, -1);
        const float along_y = at(1, -1) + 2 * at(1, 0) + at(1, 1) - at(-1, -1) - 2 * at(-1, 0) - at(-1, 1);
        edges[static_cast<size_t>(y * width + x)] += std::sqrt(along_x * along_x + along_y * along_y);
      }
    }
  }
  return edges;
}

}  // namespace smoothgrad
