// Pillow's resampling: weights in fixed point with 22 bits, rounding to bytes after either pass (its ImagingResample, HPND
// licence, read for the arithmetic). Only the rows and columns that the crop shows are computed, so a photo of any shape costs
// at most one reading of its pixels.
#include "core/image/resize.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/base/text.h"

namespace smoothgrad {
namespace {

constexpr int kWeightBits = 22;
constexpr int kRounding = 1 << (kWeightBits - 1);
constexpr int kLargestSide = 65535;  // after resizing: what reads `resize` must not overflow
constexpr double kSupport = 2;       // of the bicubic, in pixels

using I32 = int32_t __attribute__((vector_size(16)));
using Pixel = uint8_t __attribute__((vector_size(4)));

// Keys 1981 with a = -1/2.
double bicubic(double x) {
  x = std::abs(x);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  if (x < 2) return ((-0.5 * x + 2.5) * x - 4) * x + 2;
  return 0;
}

// One axis of the crop: output i is the sum over taps t of weight(i, t) * input[first[i] + t].
struct Axis {
  std::vector<int> first, taps, weights;  // weights: [outputs, stride]
  size_t stride = 0;

  int begin() const { return first.front(); }
  int end() const { return first.back() + taps.back(); }
  const int* weights_of(size_t output) const { return weights.data() + output * stride; }
};

// The outputs [start, start + count) of `input` pixels resized to `output`.
Axis make_axis(int input, int64_t output, int64_t start, int count) {
  const double scale = static_cast<double>(input) / static_cast<double>(output);
  const double stretch = std::max(scale, 1.0);  // antialiasing: the filter widens with the reduction
  const double support = kSupport * stretch;
  Axis axis;
  axis.stride = static_cast<size_t>(std::min<double>(std::ceil(support) * 2 + 1, input));
  axis.weights.resize(axis.stride * static_cast<size_t>(count));
  std::vector<double> weight(axis.stride);
  for (int i = 0; i < count; ++i) {
    const double centre = (static_cast<double>(start + i) + 0.5) * scale;
    const int first = std::max(static_cast<int>(centre - support + 0.5), 0);
    const int taps = std::min(static_cast<int>(centre + support + 0.5), input) - first;
    double sum = 0;
    for (int t = 0; t < taps; ++t) sum += weight[static_cast<size_t>(t)] = bicubic((first + t - centre + 0.5) / stretch);
    int* fixed = axis.weights.data() + static_cast<size_t>(i) * axis.stride;
    for (int t = 0; t < taps; ++t)
      fixed[t] = static_cast<int>(std::lround(weight[static_cast<size_t>(t)] / sum * (1 << kWeightBits)));
    axis.first.push_back(first);
    axis.taps.push_back(taps);
  }
  return axis;
}

uint8_t to_byte(int sum) { return static_cast<uint8_t>(std::clamp(sum >> kWeightBits, 0, 255)); }

// One row of RGBA pixels on white; the row itself where it is opaque, else made in `buffer`.
const uint8_t* on_white(const uint8_t* row, int width, std::vector<uint8_t>& buffer) {
  uint8_t alpha = 255;
  for (int x = 0; x < width; ++x) alpha &= row[4 * x + 3];
  if (alpha == 255) return row;
  buffer.resize(4 * static_cast<size_t>(width));
  for (size_t x = 0; x < static_cast<size_t>(width); ++x) {
    const int opacity = row[4 * x + 3];
    for (size_t c = 0; c < 3; ++c) {
      buffer[4 * x + c] = static_cast<uint8_t>((row[4 * x + c] * opacity + 255 * (255 - opacity) + 127) / 255);
    }
  }
  return buffer.data();
}

// RGBA row -> RGB bytes, one for each output of the axis.
void resize_row(const uint8_t* row, const Axis& axis, uint8_t* out) {
  for (size_t i = 0; i < axis.first.size(); ++i, out += 3) {
    const uint8_t* from = row + 4 * static_cast<size_t>(axis.first[i]);
    const int* weights = axis.weights_of(i);
    I32 sum = {kRounding, kRounding, kRounding, 0};
    for (int t = 0; t < axis.taps[i]; ++t) {
      Pixel pixel;
      std::memcpy(&pixel, from + 4 * t, sizeof(pixel));
      sum += __builtin_convertvector(pixel, I32) * weights[t];
    }
    for (int c = 0; c < 3; ++c) out[c] = to_byte(sum[c]);
  }
}

// Rows of `width` bytes -> one such row for each output of the axis. rows begin at axis.begin().
std::vector<uint8_t> resize_columns(const std::vector<uint8_t>& rows, size_t width, const Axis& axis) {
  std::vector<uint8_t> out(axis.first.size() * width);
  std::vector<int> sums(width);
  for (size_t i = 0; i < axis.first.size(); ++i) {
    std::fill(sums.begin(), sums.end(), kRounding);
    for (int t = 0; t < axis.taps[i]; ++t) {
      const uint8_t* row = rows.data() + static_cast<size_t>(axis.first[i] + t - axis.begin()) * width;
      const int weight = axis.weights_of(i)[t];
      for (size_t x = 0; x < width; ++x) sums[x] += weight * row[x];
    }
    std::transform(sums.begin(), sums.end(), out.begin() + static_cast<ptrdiff_t>(i * width), to_byte);
  }
  return out;
}

struct Size {
  int64_t width, height;
};

// Shorter side to `resize`, the other in proportion, rounded; larger where the crop would not fit into that.
Size resized(int width, int height, const Preprocessing& preprocessing) {
  if (preprocessing.stretch) return {preprocessing.crop.width, preprocessing.crop.height};
  int64_t to = preprocessing.resize, from = std::min(width, height);
  if (to * width < int64_t{preprocessing.crop.width} * from) to = preprocessing.crop.width, from = width;
  if (to * height < int64_t{preprocessing.crop.height} * from) to = preprocessing.crop.height, from = height;
  const auto scaled = [&](int side) { return (2 * side * to + from) / (2 * from); };
  return {scaled(width), scaled(height)};
}

void check(size_t bytes, int width, int height, const Preprocessing& preprocessing) {
  if (width < 1 || height < 1) refuse(ErrorCode::kBadImage, {"the photo has no pixels"});
  const uint64_t wanted = uint64_t{4} * static_cast<uint64_t>(width) * static_cast<uint64_t>(height);
  if (bytes != wanted) {
    refuse(ErrorCode::kBadImage, {"a photo of ", width, " x ", height, " pixels has ", wanted, " bytes of RGBA, not ", bytes});
  }
  for (const int side : {preprocessing.resize, preprocessing.crop.width, preprocessing.crop.height}) {
    if (side < 1 || side > kLargestSide) {
      refuse(ErrorCode::kBadOption, {"photos are resized to a side of 1 to ", kLargestSide, " pixels, not ", side});
    }
  }
}

}  // namespace

std::vector<uint8_t> resize_and_crop(std::span<const uint8_t> rgba, int width, int height, const Preprocessing& preprocessing) {
  check(rgba.size(), width, height, preprocessing);
  const Shape& crop = preprocessing.crop;
  const Size size = resized(width, height, preprocessing);
  const Axis horizontal = make_axis(width, size.width, (size.width - crop.width) / 2, crop.width);
  const Axis vertical = make_axis(height, size.height, (size.height - crop.height) / 2, crop.height);

  const size_t row_bytes = 3 * static_cast<size_t>(crop.width);
  std::vector<uint8_t> rows(static_cast<size_t>(vertical.end() - vertical.begin()) * row_bytes), buffer;
  for (int y = vertical.begin(); y < vertical.end(); ++y) {
    const uint8_t* row = on_white(rgba.data() + 4 * static_cast<size_t>(y) * static_cast<size_t>(width), width, buffer);
    resize_row(row, horizontal, rows.data() + static_cast<size_t>(y - vertical.begin()) * row_bytes);
  }
  return resize_columns(rows, row_bytes, vertical);
}

}  // namespace smoothgrad
