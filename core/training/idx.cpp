// Compiled for speed.
#include "core/training/idx.h"

#include <algorithm>
#include <vector>

#include "core/base/error.h"

namespace smoothgrad::training {
namespace {

constexpr int kClasses = 10;

[[noreturn]] void refuse(const IdxFile& file, const std::string& what) {
  throw Error(ErrorCode::kBadImage, file.name + ": " + what);
}

uint32_t big_endian(std::span<const std::byte> bytes) {
  uint32_t value = 0;
  for (const std::byte byte : bytes.first(4)) value = value << 8 | std::to_integer<uint32_t>(byte);
  return value;
}

struct Idx {
  std::vector<uint32_t> dims;
  std::vector<uint8_t> data;
};

Idx read(const IdxFile& file, size_t dimensions) {
  const size_t header = 4 + 4 * dimensions;
  const uint32_t magic = 0x0800 + static_cast<uint32_t>(dimensions);
  if (file.bytes.size() < header) {
    refuse(file, std::to_string(file.bytes.size()) + " bytes are too few for the header of an IDX file, " +
                     std::to_string(header) + " bytes");
  }
  if (const uint32_t found = big_endian(file.bytes); found != magic) {
    if (found >> 16 == 0x1f8b) refuse(file, "it is compressed: unpack it with gunzip first");
    refuse(file, "it is not an IDX file of bytes in " + std::to_string(dimensions) + " dimensions: it begins with " +
                     std::to_string(found) + ", not " + std::to_string(magic));
  }
  Idx idx;
  double size = 1;  // does not wrap
  for (size_t i = 0; i < dimensions; ++i) {
    idx.dims.push_back(big_endian(file.bytes.subspan(4 + 4 * i)));
    size *= idx.dims.back();
  }
  const std::span<const std::byte> data = file.bytes.subspan(header);
  if (static_cast<double>(data.size()) != size) {
    std::string dims;
    for (const uint32_t dim : idx.dims) dims += (dims.empty() ? "" : " x ") + std::to_string(dim);
    refuse(file, "its header says " + dims + " bytes, but " + std::to_string(data.size()) + " follow");
  }
  idx.data.resize(data.size());
  std::ranges::transform(data, idx.data.begin(), [](std::byte byte) { return std::to_integer<uint8_t>(byte); });
  return idx;
}

}  // namespace

Digits read_idx(const IdxFile& images, const IdxFile& labels) {
  Idx pixels = read(images, 3);
  Idx classes = read(labels, 1);
  if (pixels.dims[0] != classes.dims[0]) {
    refuse(labels,
           std::to_string(classes.dims[0]) + " labels for the " + std::to_string(pixels.dims[0]) + " images of " + images.name);
  }
  if (pixels.data.empty()) refuse(images, "it has no images");
  if (std::max(pixels.dims[1], pixels.dims[2]) > 1 << 14) refuse(images, "its images are larger than 16,384 pixels a side");
  const auto wrong = std::ranges::find_if(classes.data, [](uint8_t label) { return label >= kClasses; });
  if (wrong != classes.data.end()) {
    refuse(labels, "label " + std::to_string(wrong - classes.data.begin()) + " is " + std::to_string(*wrong) + ", not 0 to 9");
  }
  const Shape shape = {static_cast<int>(pixels.dims[1]), static_cast<int>(pixels.dims[2]), 1};
  return {shape, std::move(pixels.data), std::move(classes.data)};
}

}  // namespace smoothgrad::training
