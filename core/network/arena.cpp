#include "core/network/arena.h"

#include <algorithm>
#include <new>

#include "core/base/order.h"

namespace smoothgrad {

int ArenaPlan::add(size_t bytes, int first, int last) {
  constexpr size_t kAlignment = 64;
  buffers_.push_back({(bytes + kAlignment - 1) / kAlignment * kAlignment, first, last});
  return static_cast<int>(buffers_.size()) - 1;
}

void ArenaPlan::place() {
  std::vector<const Buffer*> placed;  // by offset
  const auto larger = [this](size_t a, size_t b) { return buffers_[a].bytes > buffers_[b].bytes; };
  for (const size_t index : order_by(buffers_.size(), larger)) {
    Buffer& buffer = buffers_[index];
    for (const Buffer* other : placed) {
      if (other->first > buffer.last || other->last < buffer.first) continue;
      if (buffer.offset + buffer.bytes <= other->offset) break;
      buffer.offset = std::max(buffer.offset, other->offset + other->bytes);
    }
    placed.insert(std::ranges::upper_bound(placed, buffer.offset, {}, &Buffer::offset), &buffer);
    size_ = std::max(size_, buffer.offset + buffer.bytes);
  }
  if (size_ > PTRDIFF_MAX) throw std::bad_alloc();
}

}  // namespace smoothgrad
