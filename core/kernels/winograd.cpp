// Compiled for speed.
#include "core/kernels/winograd.h"

#include <algorithm>

namespace smoothgrad {
namespace {

constexpr size_t kPlaces = 16;                    // of a transformed tile, row by row
constexpr size_t kBias = 5;                       // the place that goes into each of the four outputs once
constexpr size_t kTileBytes = size_t{768} << 10;  // of transformed tiles: second-level cache
constexpr size_t kLeastTiles = 24,
                 kMostTiles = 60;  // at once: less reads the weights too often, more leave the first-level cache

// One dimension of each transform.
void transform_inputs(Float4& a, Float4& b, Float4& c, Float4& d) {
  const Float4 second = b + c, third = c - b;
  a = a - c;
  d = b - d;
  b = second;
  c = third;
}

// [O, 3, 3, I] -> [O, I] at a place of the transformed tile, of the filter as it is or turned around.
std::vector<float> weights_at(size_t place, std::span<const float> weights, size_t outputs, size_t inputs, bool turned) {
  constexpr double kFactors[4][3] = {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}};
  std::vector<float> matrix(outputs * inputs);
  std::vector<double> sums(inputs);
  for (size_t o = 0; o < outputs; ++o) {
    std::ranges::fill(sums, 0);
    for (size_t tap = 0; tap < 9; ++tap) {
      const double factor = kFactors[place / 4][tap / 3] * kFactors[place % 4][tap % 3];
      const float* from = weights.data() + (o * 9 + (turned ? 8 - tap : tap)) * inputs;
      for (size_t i = 0; factor != 0 && i < inputs; ++i) sums[i] += factor * static_cast<double>(from[i]);
    }
    for (size_t i = 0; i < inputs; ++i) matrix[o * inputs + i] = static_cast<float>(sums[i]);
  }
  return matrix;
}

// pixels: of the 4 x 4 that a tile reads, row by row. to: [places, C / 8, tiles, 8], of this tile.
void transform_tile(const float* const* pixels, size_t channels, size_t tiles, float* to) {
  const size_t place_step = channels * tiles;
  for (size_t c = 0; c < channels; c += 4) {
    Float4 d[kPlaces];
    for (size_t i = 0; i < kPlaces; ++i) d[i] = load(pixels[i] + c);
    for (size_t x = 0; x < 4; ++x) transform_inputs(d[x], d[4 + x], d[8 + x], d[12 + x]);
    for (size_t y = 0; y < 16; y += 4) transform_inputs(d[y], d[y + 1], d[y + 2], d[y + 3]);
    float* place = to + c / 8 * tiles * 8 + c % 8;
    for (size_t i = 0; i < kPlaces; ++i) store(place + i * place_step, d[i]);
  }
}

}  // namespace

bool Winograd::wins(const ConvGeometry& g) {
  return g.kernel_height == 3 && g.kernel_width == 3 && g.stride_y == 1 && g.stride_x == 1 && g.dilation_y == 1 &&
         g.dilation_x == 1 && g.groups == 1 && g.input.channels % 8 == 0 && g.output.channels % 8 == 0 &&
         g.input.channels >= 16 && g.output.channels >= 16 && g.output.height >= 4 && g.output.width >= 4;
}

Winograd::Winograd(const ConvGeometry& g, Direction direction, std::span<const float> weights, std::span<const float> bias)
    : input_(g.input), output_(g.output), pad_top_(g.pad_top), pad_left_(g.pad_left) {
  const bool backward = direction == Direction::kBackward;
  const size_t outputs = static_cast<size_t>(g.output.channels), inputs = static_cast<size_t>(g.input.channels);
  if (backward) {
    std::swap(input_, output_);
    pad_top_ = 2 - pad_top_;
    pad_left_ = 2 - pad_left_;
  }
  for (size_t place = 0; place < kPlaces; ++place) {
    const std::vector<float> matrix = weights_at(place, weights, outputs, inputs, backward);
    weights_.emplace_back(backward ? inputs : outputs, backward ? outputs : inputs, matrix, backward,
                          place == kBias ? bias : std::span<const float>{});
  }
}

size_t Winograd::bytes() const {
  size_t total = 0;
  for (const BlockedWeights& weights : weights_) total += weights.bytes();
  return total;
}

size_t Winograd::tiles(int batch) const {
  return static_cast<size_t>(batch) * static_cast<size_t>((output_.height + 1) / 2) *
         static_cast<size_t>((output_.width + 1) / 2);
}

size_t Winograd::tiles_at_once(int batch) const {
  const size_t bytes = kPlaces * static_cast<size_t>(input_.channels + output_.channels) * sizeof(float);
  return std::min(tiles(batch), std::clamp(kTileBytes / bytes, kLeastTiles, kMostTiles));
}

size_t Winograd::scratch_bytes(int batch) const {
  const size_t channels = static_cast<size_t>(input_.channels + output_.channels);
  return (kPlaces * channels * tiles_at_once(batch) + kPixelSlack * 8 + static_cast<size_t>(input_.channels)) * sizeof(float);
}

// The tiles from `first` on, of all images one behind the other.
void Winograd::gather(size_t first, size_t count, const float* input, const float* zeros, float* transformed) const {
  const size_t cols = static_cast<size_t>((output_.width + 1) / 2), in_image = tiles(1);
  for (size_t t = 0; t < count; ++t) {
    const size_t tile = (first + t) % in_image;
    const float* image = input + (first + t) / in_image * input_.size();
    const int y0 = 2 * static_cast<int>(tile / cols) - pad_top_, x0 = 2 * static_cast<int>(tile % cols) - pad_left_;
    const float* pixels[kPlaces];
    for (int i = 0; i < 16; ++i) {
      const int y = y0 + i / 4, x = x0 + i % 4;
      const bool inside = y >= 0 && x >= 0 && y < input_.height && x < input_.width;
      pixels[i] = inside ? image + static_cast<size_t>(y * input_.width + x) * static_cast<size_t>(input_.channels) : zeros;
    }
    transform_tile(pixels, static_cast<size_t>(input_.channels), count, transformed + t * 8);
  }
}

void Winograd::scatter(size_t first, size_t count, const float* products, Clamp clamp, float* output) const {
  const size_t cols = static_cast<size_t>((output_.width + 1) / 2), in_image = tiles(1);
  const size_t channels = static_cast<size_t>(output_.channels), row = static_cast<size_t>(output_.width) * channels;
  const size_t place_step = channels * count;
  const Float4 lo = splat(clamp.lo), hi = splat(clamp.hi);
  for (size_t t = 0; t < count; ++t) {
    const size_t tile = (first + t) % in_image;
    const int y0 = 2 * static_cast<int>(tile / cols), x0 = 2 * static_cast<int>(tile % cols);
    float* to =
        output + (first + t) / in_image * output_.size() + static_cast<size_t>(y0) * row + static_cast<size_t>(x0) * channels;
    const bool below = y0 + 1 < output_.height, right = x0 + 1 < output_.width;
    for (size_t c = 0; c < channels; c += 4) {
      const float* place = products + (c / 8 * count + t) * 8 + c % 8;
      Float4 upper[4], lower[4];
      for (size_t x = 0; x < 4; ++x) {
        const float* from = place + x * place_step;
        const Float4 m1 = load(from + 4 * place_step), m2 = load(from + 8 * place_step);
        upper[x] = load(from) + (m1 + m2);
        lower[x] = (m1 - m2) - load(from + 12 * place_step);
      }
      const auto put = [&](float* pixel, Float4 value) { store(pixel + c, min(max(value, lo), hi)); };
      put(to, upper[0] + (upper[1] + upper[2]));
      if (right) put(to + channels, (upper[1] - upper[2]) - upper[3]);
      if (below) put(to + row, lower[0] + (lower[1] + lower[2]));
      if (below && right) put(to + row + channels, (lower[1] - lower[2]) - lower[3]);
    }
  }
}

void Winograd::run(int batch, const float* input, Clamp clamp, float* output, std::byte* scratch) const {
  const size_t inputs = static_cast<size_t>(input_.channels), outputs = static_cast<size_t>(output_.channels);
  const size_t all = tiles(batch), at_once = tiles_at_once(batch);
  float* zeros = reinterpret_cast<float*>(scratch);
  float* products = zeros + inputs;
  float* transformed = products + kPlaces * outputs * at_once;  // last: it is read some pixels beyond its end
  std::fill_n(zeros, inputs, 0.f);
  for (size_t first = 0; first < all; first += at_once) {
    const size_t count = std::min(at_once, all - first);
    gather(first, count, input, zeros, transformed);
    for (size_t place = 0; place < kPlaces; ++place) {
      const float* from = transformed + place * inputs * count;
      for (size_t channel = 0; channel < outputs; channel += kGroup) {
        const Put put{products + (place * outputs + channel) * count, kGroup};
        multiply_group(weights_[place].group(channel), inputs, from, count, put);
      }
    }
    scatter(first, count, products, clamp, output);
  }
}

}  // namespace smoothgrad
