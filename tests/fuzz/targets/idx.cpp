// Two IDX files, images and labels; the first two bytes say how many bytes at the end are the labels'.
#include "core/training/idx.h"

#include <algorithm>
#include <new>

#include "core/base/error.h"
#include "tests/fuzz/targets.h"

namespace smoothgrad::fuzz {

void read_digits(std::span<const std::byte> bytes) {
  if (bytes.size() < 2) return;
  const size_t wanted = std::to_integer<size_t>(bytes[0]) << 8 | std::to_integer<size_t>(bytes[1]);
  const std::span<const std::byte> files = bytes.subspan(2);
  const size_t labels = std::min(wanted, files.size());
  try {
    const training::Digits digits =
        training::read_idx({"images", files.first(files.size() - labels)}, {"labels", files.last(labels)});
    if (digits.images.size() != digits.labels.size() * digits.shape.size()) throw FaultFound("images without labels");
  } catch (const Error&) {
  } catch (const std::bad_alloc&) {
  }
}

}  // namespace smoothgrad::fuzz
