// Labelled images of one channel, as bytes.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/tensor.h"

namespace smoothgrad::training {

struct Digits {
  Shape shape = {28, 28, 1};    // of one image
  std::vector<uint8_t> images;  // [size(), H, W], levels 0 to 255
  std::vector<uint8_t> labels;

  size_t size() const { return labels.size(); }
};

}  // namespace smoothgrad::training
