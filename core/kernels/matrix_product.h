// Convolutions of 1x1 kernels at stride 1 without padding, and with one pixel linear layers: y[m] = clamp(bias + W x[m]) for m
// of `rows` pixels, on XNNPACK's micro-kernels. A row of x that is mostly zeros, such as the gradient of one logit, costs only
// the columns of W that it needs.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/kernels/geometry.h"
#include "core/kernels/xnnpack.h"

namespace smoothgrad {

class MatrixProduct {
 public:
  // weights: [groups, group_outputs, group_inputs], or by input the last two the other way round; bias: [groups *
  // group_outputs] or empty.
  MatrixProduct(int groups, int group_inputs, int group_outputs, std::span<const float> weights, std::span<const float> bias,
                xnnpack::Order order = xnnpack::Order::kByOutput);

  // input [rows, groups * group_inputs] -> output [rows, groups * group_outputs]
  void run(size_t rows, const float* input, Clamp clamp, float* output) const;
  // gradient [rows, outputs] -> result [rows, inputs]: by the transposed weights, read where they are. No slower than a product
  // with a copy of them that lies the other way where weights are too many for the caches and rows are few.
  void run_transposed(size_t rows, const float* gradient, float* result) const;
  // Whether it is there, and a copy would be a waste.
  static bool runs_both_ways(int groups, size_t rows, size_t weights);
  size_t bytes() const { return weights_.size() * sizeof(float); }

 private:
  void run_dense(size_t rows, const float* input, Clamp clamp, float* output) const;
  bool fills_tiles(size_t rows) const;
  void run_tiles(size_t rows, const float* input, Clamp clamp, float* output) const;

  int groups_, group_inputs_, group_outputs_;
  size_t group_weights_;
  std::vector<float> weights_;
};

}  // namespace smoothgrad
