// IDX files: what is read, and what is refused by name.
#include "core/training/idx.h"

#include <catch_amalgamated.hpp>

#include "core/base/error.h"

namespace smoothgrad::training {
namespace {

using Bytes = std::vector<uint8_t>;

Bytes idx(std::vector<uint32_t> dims, Bytes data, uint32_t magic = 0) {
  Bytes bytes;
  const auto write = [&](uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<uint8_t>(value >> shift));
  };
  write(magic ? magic : 0x0800 + static_cast<uint32_t>(dims.size()));
  for (const uint32_t dim : dims) write(dim);
  bytes.insert(bytes.end(), data.begin(), data.end());
  return bytes;
}

Digits read(const Bytes& images, const Bytes& labels) {
  return read_idx({"pictures", std::as_bytes(std::span(images))}, {"numbers", std::as_bytes(std::span(labels))});
}

std::string refusal(const Bytes& images, const Bytes& labels) {
  try {
    read(images, labels);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::kBadImage);
    return error.what();
  }
  return "accepted";
}

const Bytes kImages = idx({2, 2, 3}, {0, 1, 2, 3, 4, 5, 255, 254, 253, 252, 251, 250});
const Bytes kLabels = idx({2}, {7, 9});

TEST_CASE("an IDX file of images and one of labels become digits", "[training]") {
  const Digits digits = read(kImages, kLabels);
  CHECK(digits.size() == 2);
  CHECK(digits.shape == Shape{2, 3, 1});
  CHECK(digits.images == Bytes{0, 1, 2, 3, 4, 5, 255, 254, 253, 252, 251, 250});
  CHECK(digits.labels == Bytes{7, 9});
}

TEST_CASE("bad IDX files are refused by name, with what was wrong", "[training]") {
  CHECK(refusal({}, kLabels) == "pictures: 0 bytes are too few for the header of an IDX file, 16 bytes");
  CHECK(refusal(kImages, Bytes(kLabels.begin(), kLabels.begin() + 7)) ==
        "numbers: 7 bytes are too few for the header of an IDX file, 8 bytes");
  CHECK(refusal(kLabels, kLabels) == "pictures: 10 bytes are too few for the header of an IDX file, 16 bytes");
  CHECK(refusal(kImages, kImages) == "numbers: it is not an IDX file of bytes in 1 dimensions: it begins with 2051, not 2049");
  CHECK(refusal(idx({2, 2, 3}, Bytes(48), 0x0d03), kLabels) ==
        "pictures: it is not an IDX file of bytes in 3 dimensions: it begins with 3331, not 2051");
  CHECK(refusal(idx({2, 2, 3}, Bytes(12), 0x1f8b0800), kLabels) == "pictures: it is compressed: unpack it with gunzip first");
  CHECK(refusal(idx({2, 2, 3}, Bytes(11)), kLabels) == "pictures: its header says 2 x 2 x 3 bytes, but 11 follow");
  CHECK(refusal(idx({2, 2, 3}, Bytes(13)), kLabels) == "pictures: its header says 2 x 2 x 3 bytes, but 13 follow");
  // Of which the product does not fit into 64 bits.
  CHECK(refusal(idx({0xffffffff, 0xffffffff, 0xffffffff}, Bytes(1)), kLabels) ==
        "pictures: its header says 4294967295 x 4294967295 x 4294967295 bytes, but 1 follow");
  CHECK(refusal(kImages, idx({3}, {7, 9, 1})) == "numbers: 3 labels for the 2 images of pictures");
  CHECK(refusal(kImages, idx({2}, {7, 10})) == "numbers: label 1 is 10, not 0 to 9");
  CHECK(refusal(idx({0, 28, 28}, {}), idx({0}, {})) == "pictures: it has no images");
}

}  // namespace
}  // namespace smoothgrad::training
