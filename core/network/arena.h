// Places for buffers of known lifetimes in one block of memory, so that buffers never in use together share bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace smoothgrad {

class ArenaPlan {
 public:
  // A buffer in use from time `first` to time `last`, both included; returns its number.
  int add(size_t bytes, int first, int last);

  // Chooses the places: largest first, each as low as it fits. Multiples of 64 bytes. Throws std::bad_alloc where the block
  // would be larger than the machine can address.
  void place();

  size_t offset(int buffer) const { return static_cast<size_t>(buffers_[static_cast<size_t>(buffer)].offset); }
  size_t size() const { return static_cast<size_t>(size_); }

 private:
  struct Buffer {
    size_t bytes;
    int first, last;
    uint64_t offset = 0;  // 64 bits, so that sums do not wrap before they are refused
  };

  std::vector<Buffer> buffers_;
  uint64_t size_ = 0;
};

}  // namespace smoothgrad
