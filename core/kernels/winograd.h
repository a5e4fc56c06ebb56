// Convolutions of 3x3 kernels at stride 1 by Winograd's minimal filtering F(2x2, 3x3) (Lavin and Gray 2015): tiles of 2x2
// outputs, of which each channel takes 16 products where the definition has 36. Inputs and weights are transformed, tile by
// tile, into 16 matrix products, and what these make is transformed back. All is sums, differences and halves, and so is about
// as exact as the definition.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/kernels/blocked_product.h"
#include "core/kernels/geometry.h"

namespace smoothgrad {

class Winograd {
 public:
  // Whether it is there for this geometry, and faster than the definition.
  static bool wins(const ConvGeometry& geometry);

  enum class Direction { kForward, kBackward };

  // weights: [O, 3, 3, I] in either direction; bias: [O] or empty.
  Winograd(const ConvGeometry& geometry, Direction direction, std::span<const float> weights, std::span<const float> bias);

  size_t scratch_bytes(int batch) const;
  size_t bytes() const;

  // input [batch, H, W, C] -> output [batch, OH, OW, O]; backward from the latter to the former.
  void run(int batch, const float* input, Clamp clamp, float* output, std::byte* scratch) const;

 private:
  size_t tiles(int batch) const;
  size_t tiles_at_once(int batch) const;
  void gather(size_t first, size_t count, const float* input, const float* zeros, float* transformed) const;
  void scatter(size_t first, size_t count, const float* products, Clamp clamp, float* output) const;

  Shape input_, output_;
  int pad_top_, pad_left_;
  std::vector<BlockedWeights> weights_;  // one for each place of a transformed tile
};

}  // namespace smoothgrad
