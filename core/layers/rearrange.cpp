// Compiled for speed.
#include "core/layers/rearrange.h"

#include <algorithm>

namespace smoothgrad {
namespace {

std::vector<int32_t> steps(int count, int step) {
  std::vector<int32_t> places(static_cast<size_t>(count));
  for (size_t i = 0; i < places.size(); ++i) places[i] = static_cast<int32_t>(i) * step;
  return places;
}

Shape shape_of(const Sources& sources) {
  return {static_cast<int>(sources.rows.size()), static_cast<int>(sources.cols.size()),
          static_cast<int>(sources.channels.size())};
}

}  // namespace

Sources same_places(Shape shape) {
  return {steps(shape.height, shape.width * shape.channels), steps(shape.width, shape.channels), steps(shape.channels, 1)};
}

Rearrangement::Rearrangement(Shape input, Sources sources, std::string_view kind, float outside)
    : Layer({input}, shape_of(sources)), sources_(std::move(sources)), kind_(kind), outside_(outside) {
  const std::vector<int32_t>& channels = sources_.channels;
  whole_pixels_ = !channels.empty() && channels[0] >= 0;
  for (size_t c = 1; c < channels.size(); ++c) whole_pixels_ = whole_pixels_ && channels[c] == channels[c - 1] + 1;
}

size_t Rearrangement::weight_bytes() const {
  return (sources_.rows.size() + sources_.cols.size() + sources_.channels.size()) * sizeof(int32_t);
}

// visit(first element of the output's pixel, what its channels' offsets are added to, or nothing where it lies outside)
template <typename Visit>
void Rearrangement::for_each_pixel(int batch, Visit visit) const {
  size_t out = 0;
  for (size_t b = 0; b < static_cast<size_t>(batch); ++b) {
    for (int32_t row : sources_.rows) {
      for (int32_t col : sources_.cols) {
        const bool inside = row >= 0 && col >= 0;
        visit(out, inside ? b * inputs()[0].size() + static_cast<size_t>(row + col) : 0, inside);
        out += sources_.channels.size();
      }
    }
  }
}

void Rearrangement::forward(const ForwardPass& pass) const {
  const size_t channels = sources_.channels.size();
  for_each_pixel(pass.batch, [&](size_t out, size_t in, bool inside) {
    float* const y = pass.output + out;
    const float* const x = pass.inputs[0] + in;
    if (!inside) {
      std::fill_n(y, channels, outside_);
    } else if (whole_pixels_) {
      std::copy_n(x + sources_.channels[0], channels, y);
    } else {
      for (size_t c = 0; c < channels; ++c) y[c] = sources_.channels[c] < 0 ? outside_ : x[sources_.channels[c]];
    }
  });
}

void Rearrangement::backward(const BackwardPass& pass) const {
  const size_t channels = sources_.channels.size();
  std::fill_n(pass.grad_inputs[0], static_cast<size_t>(pass.batch) * inputs()[0].size(), 0.f);
  for_each_pixel(pass.batch, [&](size_t out, size_t in, bool inside) {
    if (!inside) return;
    const float* const g = pass.grad_output + out;
    float* const dx = pass.grad_inputs[0] + in;
    for (size_t c = 0; c < channels; ++c) {
      if (sources_.channels[c] >= 0) dx[sources_.channels[c]] += g[c];
    }
  });
}

}  // namespace smoothgrad
