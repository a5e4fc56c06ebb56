// A weighted mean of a few pixels, row and column by themselves: y[r, c] = sum_i sum_j v_i w_j x[row_i, col_j]. What Resize is
// where it does not take the nearest pixel. Saves nothing.
#pragma once

#include <vector>

#include "core/layers/layer.h"

namespace smoothgrad {

// For each place along an axis of the output, `taps` places of the input and their weights.
struct Mixture {
  size_t taps = 0;
  std::vector<int> places;
  std::vector<float> weights;
};

// Of a place so far from a coordinate: linear, or Keys' cubic with its parameter a.
double weight_at(bool cubic, double distance, double a);

class Interpolation final : public Layer {
 public:
  Interpolation(Shape input, Mixture rows, Mixture cols);

  std::string_view kind() const override { return "resize"; }
  size_t weight_bytes() const override;
  void forward(const ForwardPass& pass) const override;
  void backward(const BackwardPass& pass) const override;

 private:
  template <typename Visit>
  void for_each_pair(int batch, Visit visit) const;

  Mixture rows_, cols_;
};

}  // namespace smoothgrad
