// Compiled for speed.
#include "core/layers/interpolation.h"

#include <algorithm>
#include <cmath>

namespace smoothgrad {

double weight_at(bool cubic, double distance, double a) {
  const double d = std::abs(distance);
  if (!cubic) return std::max(1 - d, 0.);
  if (d <= 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
  return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
}

Interpolation::Interpolation(Shape input, Mixture rows, Mixture cols)
    : Layer({input}, {static_cast<int>(rows.places.size() / rows.taps), static_cast<int>(cols.places.size() / cols.taps),
                      input.channels}),
      rows_(std::move(rows)),
      cols_(std::move(cols)) {}

size_t Interpolation::weight_bytes() const {
  return (rows_.places.size() + cols_.places.size()) * (sizeof(int) + sizeof(float));
}

// visit(first element of the input's pixel, first element of the output's, weight)
template <typename Visit>
void Interpolation::for_each_pair(int batch, Visit visit) const {
  const Shape in = inputs()[0];
  const size_t channels = static_cast<size_t>(in.channels), width = static_cast<size_t>(in.width);
  size_t out = 0;
  for (size_t b = 0; b < static_cast<size_t>(batch); ++b) {
    for (size_t row = 0; row < rows_.places.size(); row += rows_.taps) {
      for (size_t col = 0; col < cols_.places.size(); col += cols_.taps, out += channels) {
        for (size_t i = row; i < row + rows_.taps; ++i) {
          for (size_t j = col; j < col + cols_.taps; ++j) {
            const float weight = rows_.weights[i] * cols_.weights[j];
            if (weight == 0) continue;
            const size_t pixel = static_cast<size_t>(rows_.places[i]) * width + static_cast<size_t>(cols_.places[j]);
            visit(b * in.size() + pixel * channels, out, weight);
          }
        }
      }
    }
  }
}

void Interpolation::forward(const ForwardPass& pass) const {
  const size_t channels = static_cast<size_t>(output().channels);
  std::fill_n(pass.output, static_cast<size_t>(pass.batch) * output().size(), 0.f);
  for_each_pair(pass.batch, [&](size_t in, size_t out, float weight) {
    for (size_t c = 0; c < channels; ++c) pass.output[out + c] += weight * pass.inputs[0][in + c];
  });
}

void Interpolation::backward(const BackwardPass& pass) const {
  const size_t channels = static_cast<size_t>(output().channels);
  std::fill_n(pass.grad_inputs[0], static_cast<size_t>(pass.batch) * inputs()[0].size(), 0.f);
  for_each_pair(pass.batch, [&](size_t in, size_t out, float weight) {
    for (size_t c = 0; c < channels; ++c) pass.grad_inputs[0][in + c] += weight * pass.grad_output[out + c];
  });
}

}  // namespace smoothgrad
