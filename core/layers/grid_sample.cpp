// GridSample by a constant grid: y[p] = sum_i w_i x[place_i] with places and weights for each pixel p of the output (as PyTorch
// has them, from which ONNX's specification comes). Saves nothing.
// Compiled for speed.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/layers/builders.h"
#include "core/layers/interpolation.h"
#include "core/layers/node_builder.h"

namespace smoothgrad {
namespace {

struct Tap {
  uint32_t out, in;  // pixels
  float weight;
};

class GridSample final : public Layer {
 public:
  GridSample(Shape input, Shape output, std::vector<Tap> taps) : Layer({input}, output), taps_(std::move(taps)) {}

  std::string_view kind() const override { return "grid-sample"; }
  size_t weight_bytes() const override { return taps_.size() * sizeof(Tap); }

  void forward(const ForwardPass& pass) const override {
    const size_t channels = static_cast<size_t>(output().channels);
    std::fill_n(pass.output, static_cast<size_t>(pass.batch) * output().size(), 0.f);
    for (size_t b = 0; b < static_cast<size_t>(pass.batch); ++b) {
      for (const Tap& tap : taps_) {
        const float* const x = pass.inputs[0] + b * inputs()[0].size() + tap.in * channels;
        float* const y = pass.output + b * output().size() + tap.out * channels;
        for (size_t c = 0; c < channels; ++c) y[c] += tap.weight * x[c];
      }
    }
  }

  void backward(const BackwardPass& pass) const override {
    const size_t channels = static_cast<size_t>(output().channels);
    std::fill_n(pass.grad_inputs[0], static_cast<size_t>(pass.batch) * inputs()[0].size(), 0.f);
    for (size_t b = 0; b < static_cast<size_t>(pass.batch); ++b) {
      for (const Tap& tap : taps_) {
        const float* const g = pass.grad_output + b * output().size() + tap.out * channels;
        float* const dx = pass.grad_inputs[0] + b * inputs()[0].size() + tap.in * channels;
        for (size_t c = 0; c < channels; ++c) dx[c] += tap.weight * g[c];
      }
    }
  }

 private:
  std::vector<Tap> taps_;  // in the order of the output's pixels
};

enum class Method { kNearest, kLinear, kCubic };
enum class Padding { kZeros, kBorder, kReflection };

struct Modes {
  Method method;
  Padding padding;
  bool corners;
};

// A coordinate outside of `size` pixels as one inside; by zeros it stays where it is.
double padded(const Modes& modes, double at, int size) {
  if (modes.padding == Padding::kZeros) return at;
  if (modes.padding == Padding::kReflection) {
    const double low = modes.corners ? 0 : -0.5, span = modes.corners ? size - 1. : size;
    if (span == 0) return 0;
    const double from = std::abs(at - low), rest = std::fmod(from, span);
    at = low + (std::fmod(std::floor(from / span), 2) == 0 ? rest : span - rest);
  }
  return std::clamp(at, 0., size - 1.);
}

// Places along one axis and their weights, of a coordinate between -1 and 1 that is the image's.
struct Taps {
  std::array<double, 4> places{}, weights{};
  size_t count = 0;
};

Taps taps_at(const Modes& modes, double given, int size) {
  double at = modes.corners ? (given + 1) / 2 * (size - 1) : ((given + 1) * size - 1) / 2;
  if (modes.method != Method::kCubic) at = padded(modes, at, size);
  if (modes.method == Method::kNearest) return {{std::nearbyint(at)}, {1}, 1};
  const bool cubic = modes.method == Method::kCubic;
  const double first = std::floor(at) - (cubic ? 1 : 0);
  Taps taps{{}, {}, cubic ? 4u : 2u};
  for (size_t k = 0; k < taps.count; ++k) {
    const double place = first + static_cast<double>(k);
    taps.weights[k] = weight_at(cubic, at - place, -0.75);
    taps.places[k] = cubic ? padded(modes, place, size) : place;
  }
  return taps;
}

Modes read_modes(const NodeBuilder& node) {
  const std::string mode = node.attribute_string("mode", "linear"), padding = node.attribute_string("padding_mode", "zeros");
  Modes modes{Method::kLinear, Padding::kZeros, node.attribute_int("align_corners", 0) != 0};
  // Before opset 20 they were called otherwise.
  if (mode == "nearest") {
    modes.method = Method::kNearest;
  } else if (mode == "cubic" || mode == "bicubic") {
    modes.method = Method::kCubic;
  } else if (mode != "linear" && mode != "bilinear") {
    node.bad({"mode '", mode, "' is none of linear (bilinear), nearest, cubic (bicubic)"});
  }
  if (padding == "border") {
    modes.padding = Padding::kBorder;
  } else if (padding == "reflection") {
    modes.padding = Padding::kReflection;
  } else if (padding != "zeros") {
    node.bad({"padding_mode '", padding, "' is none of zeros, border, reflection"});
  }
  return modes;
}

}  // namespace

void build_grid_sample(NodeBuilder& node) {
  const Image image = node.image(0);
  const Constant& grid = node.float_constant(1);
  if (grid.dims.size() != 4 || grid.dims[0] != 1 || grid.dims[3] != 2 || grid.size() == 0) {
    node.bad({"a grid of ", show(grid.dims), "; [1, height, width, 2] is needed"});
  }
  const Modes modes = read_modes(node);
  const auto [height, width, channels] = image.shape;
  std::vector<Tap> taps;
  for (size_t pixel = 0; 2 * pixel < grid.size(); ++pixel) {
    const Taps cols = taps_at(modes, static_cast<double>(grid.floats[2 * pixel]), width);
    const Taps rows = taps_at(modes, static_cast<double>(grid.floats[2 * pixel + 1]), height);
    for (size_t i = 0; i < rows.count; ++i) {
      for (size_t j = 0; j < cols.count; ++j) {
        const double row = rows.places[i], col = cols.places[j], weight = rows.weights[i] * cols.weights[j];
        if (weight == 0 || !(row >= 0 && row < height && col >= 0 && col < width)) continue;
        const uint32_t in = static_cast<uint32_t>(row) * static_cast<uint32_t>(width) + static_cast<uint32_t>(col);
        taps.push_back({static_cast<uint32_t>(pixel), in, static_cast<float>(weight)});
      }
    }
  }
  const Shape out{static_cast<int>(grid.dims[1]), static_cast<int>(grid.dims[2]), channels};
  node.emit_image(std::make_unique<GridSample>(image.shape, out, std::move(taps)), image.value);
}

}  // namespace smoothgrad
