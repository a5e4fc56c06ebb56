// The elements of an image that lie along one axis of [N, C, H, W] or [N, C], group by group, in memory that is channels last.
#pragma once

#include "core/layers/node_builder.h"

namespace smoothgrad {

struct Groups {
  size_t outer, length, step;  // a group's elements are `step` floats apart, and `step` groups lie between each other

  // axis: 1 channels, 2 height, 3 width.
  Groups(Shape shape, int64_t axis)
      : outer(axis == 1   ? shape.pixels()
              : axis == 2 ? 1
                          : static_cast<size_t>(shape.height)),
        length(static_cast<size_t>(axis == 1   ? shape.channels
                                   : axis == 2 ? shape.height
                                               : shape.width)),
        step(shape.size() / (outer * length)) {}

  size_t count() const { return outer * step; }  // of an image

  // visit(the group's number, its first element), of `batch` images
  template <typename Visit>
  void for_each(int batch, Visit visit) const {
    size_t number = 0;
    for (size_t o = 0; o < static_cast<size_t>(batch) * outer; ++o) {
      for (size_t i = 0; i < step; ++i) visit(number++, o * length * step + i);
    }
  }
};

}  // namespace smoothgrad
