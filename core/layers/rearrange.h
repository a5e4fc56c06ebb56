// What only moves elements and treats each axis by itself: y[i, j, ..] = x[t0[i] + t1[j] + ..], or a constant where one of the
// terms lies outside. Copies of views into another order, Gather, Tile and the paddings are such. Saves nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/layers/layer.h"
#include "core/layers/value.h"

namespace smoothgrad {

// Where the elements along each axis of the output come from, as terms of an offset into one image's memory.
struct Sources {
  std::vector<std::vector<int32_t>> along;  // by axis
  AxisOrder order;                          // in which the output lies

  Dims dims() const;
};

inline constexpr int32_t kOutside = INT32_MIN;

// Every element of the view, where it is.
Sources sources_of(const StridedView& view, const AxisOrder& order);

// `input`: of the memory that the offsets are into.
std::unique_ptr<Layer> make_rearrangement(Shape input, const Sources& sources, std::string_view kind, float outside = 0);

}  // namespace smoothgrad
