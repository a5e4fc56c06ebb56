// The IDX format in which MNIST is published: two zero bytes, the element type (8: bytes), the number of dimensions, each
// dimension as a big-endian 32-bit number, then the elements.
#pragma once

#include <span>
#include <string>

#include "core/training/digits.h"

namespace smoothgrad::training {

// A file's bytes, and the name by which errors call it.
struct IdxFile {
  std::string name;
  std::span<const std::byte> bytes;
};

// images: [n, H, W]; labels: [n], 0 to 9. Throws Error(kBadImage) that names the file and says what was wrong with it.
Digits read_idx(const IdxFile& images, const IdxFile& labels);

}  // namespace smoothgrad::training
