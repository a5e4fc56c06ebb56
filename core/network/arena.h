// Places for buffers of known lifetimes in one block of memory, so that buffers never in use together share bytes.
#pragma once

#include <cstddef>
#include <vector>

namespace smoothgrad {

class ArenaPlan {
 public:
  // A buffer in use from time `first` to time `last`, both included; returns its number.
  int add(size_t bytes, int first, int last);

  // Chooses the places: largest first, each as low as it fits. Multiples of 64 bytes.
  void place();

  size_t offset(int buffer) const { return buffers_[static_cast<size_t>(buffer)].offset; }
  size_t size() const { return size_; }

 private:
  struct Buffer {
    size_t bytes;
    int first, last;
    size_t offset = 0;
  };

  std::vector<Buffer> buffers_;
  size_t size_ = 0;
};

}  // namespace smoothgrad
