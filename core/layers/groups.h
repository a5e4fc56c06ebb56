// The elements of a value that lie along some of its axes, group by group, where these axes follow each other in memory.
#pragma once

#include "core/layers/node_builder.h"

namespace smoothgrad {

struct Groups {
  size_t outer = 1, length = 1,
         step = 1;  // a group's elements are `step` floats apart, and `step` groups lie between each other

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

// A value as a layer of groups reads it.
struct Grouped {
  Value value;  // dense
  Groups groups;
};

// Along these axes, each named once; a value in whose memory they do not follow each other is copied with them innermost.
Grouped group_along(NodeBuilder& node, const Value& value, const std::vector<size_t>& axes);

}  // namespace smoothgrad
