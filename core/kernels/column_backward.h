// The backward pass of a convolution of few input channels: the gradient of an output pixel times all weights gives what it
// adds to each input that the kernel covers ("columns"), a product that fills whole vectors where one for each phase of the
// stride would make three channels and throw five away. The columns of a row are added to the input while they are in cache.
#pragma once

#include <span>

#include "core/kernels/geometry.h"
#include "core/kernels/matrix_product.h"

namespace smoothgrad {

class ColumnBackward {
 public:
  // Whether it is there for this geometry, and faster than products for each phase.
  static bool wins(const ConvGeometry& geometry);

  // weights: [O, KH, KW, I]
  ColumnBackward(const ConvGeometry& geometry, std::span<const float> weights);

  size_t scratch_bytes() const;
  size_t bytes() const { return product_.bytes(); }

  // grad_output [OH, OW, O] -> grad_input [H, W, I], overwritten
  void run(const float* grad_output, float* grad_input, float* scratch) const;

 private:
  void add_row(const float* columns, float* grad_row) const;

  ConvGeometry geometry_;
  MatrixProduct product_;  // [OW, O] -> [OW, KH, KW, I]
};

}  // namespace smoothgrad
