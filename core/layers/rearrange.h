// What only moves elements and treats each axis by itself: y[r, c, k] = x[rows[r] + cols[c] + channels[k]], or a constant where
// one of the three lies outside. Slice, Split, Transpose, DepthToSpace, SpaceToDepth and the paddings are such. Saves nothing.
#pragma once

#include <cstdint>
#include <vector>

#include "core/layers/layer.h"

namespace smoothgrad {

// Where the elements of each axis of the output come from, as offsets into one image; negative: from outside.
struct Sources {
  std::vector<int32_t> rows, cols, channels;

  // Of an axis of [N, C, H, W]: 1, 2 or 3.
  std::vector<int32_t>& along(int64_t axis) { return axis == 1 ? channels : axis == 2 ? rows : cols; }
};

inline constexpr int32_t kOutside = -1;

// Every element of an image, where it is.
Sources same_places(Shape shape);

class Rearrangement final : public Layer {
 public:
  Rearrangement(Shape input, Sources sources, std::string_view kind, float outside = 0);

  std::string_view kind() const override { return kind_; }
  size_t weight_bytes() const override;
  void forward(const ForwardPass& pass) const override;
  void backward(const BackwardPass& pass) const override;

 private:
  template <typename Visit>
  void for_each_pixel(int batch, Visit visit) const;

  Sources sources_;
  std::string_view kind_;
  float outside_;
  bool whole_pixels_;  // the channels are consecutive
};

}  // namespace smoothgrad
