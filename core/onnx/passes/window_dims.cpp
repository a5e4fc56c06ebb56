#include "core/onnx/passes/window_dims.h"

#include <algorithm>

namespace smoothgrad {
namespace {

constexpr int64_t kMost = 1 << 28;

bool fits(int64_t value, int64_t lowest) { return value >= lowest && value <= kMost; }

}  // namespace

// Output of a sliding window along each axis of space: weights or kernel_shape, strides, pads, dilations, auto_pad, ceil_mode.
std::optional<Dims> window_dims(const NodeReader& node, const Dims& dims) {
  if (dims.size() < 3) return std::nullopt;
  const size_t axes = dims.size() - 2;
  const bool convolves = node.node().op == "Conv";
  Dims kernel = node.integers("kernel_shape"), out = dims;
  if (convolves) {
    const Dims* weights = node.dims(1);
    if (!weights || weights->size() != dims.size()) return std::nullopt;
    kernel.assign(weights->begin() + 2, weights->end());
    out[1] = (*weights)[0];
  }
  const Dims ones(axes, 1), strides = node.integers("strides", ones), dilations = node.integers("dilations", ones);
  const Dims pads = node.integers("pads", Dims(2 * axes, 0));
  if (kernel.size() != axes || strides.size() != axes || dilations.size() != axes || pads.size() != 2 * axes)
    return std::nullopt;
  const std::string automatic = node.text("auto_pad", "NOTSET");
  for (size_t i = 0; i < axes; ++i) {
    int64_t& dim = out[i + 2];
    if (!fits(kernel[i], 1) || !fits(strides[i], 1) || !fits(dilations[i], 1) || !fits(pads[i], 0) || !fits(pads[axes + i], 0))
      return std::nullopt;
    const int64_t span = (kernel[i] - 1) * dilations[i] + 1, stride = strides[i];
    if (automatic == "SAME_UPPER" || automatic == "SAME_LOWER") {
      dim = (dim + stride - 1) / stride;
      continue;
    }
    const int64_t padded = automatic == "VALID" ? dim : dim + pads[i] + pads[axes + i];
    if (padded < span) return std::nullopt;
    const bool up = node.integer("ceil_mode", 0) != 0;
    const int64_t before = dim + (automatic == "VALID" ? 0 : pads[i]);
    dim = (padded - span + (up ? stride - 1 : 0)) / stride + 1;
    if (up && (dim - 1) * stride >= before) --dim;  // no window begins in the padding behind
  }
  return out;
}

// As the layer has it: what the window spreads, less the pads, or what is asked for.
std::optional<Dims> transposed_window_dims(const NodeReader& node, const Dims& dims) {
  const Dims* weights = node.dims(1);
  if (dims.size() < 3 || !weights || weights->size() != dims.size()) return std::nullopt;
  const size_t axes = dims.size() - 2;
  const Dims ones(axes, 1), strides = node.integers("strides", ones), dilations = node.integers("dilations", ones);
  const Dims pads = node.integers("pads", Dims(2 * axes, 0)), extra = node.integers("output_padding", Dims(axes, 0));
  const Dims wanted = node.integers("output_shape");
  if (strides.size() != axes || dilations.size() != axes || pads.size() != 2 * axes || extra.size() != axes)
    return std::nullopt;
  if (!fits(node.integer("group", 1), 1) || (!wanted.empty() && wanted.size() < axes)) return std::nullopt;
  const std::string automatic = node.text("auto_pad", "NOTSET");
  Dims out = dims;
  out[1] = (*weights)[1] * node.integer("group", 1);
  for (size_t i = 0; i < axes; ++i) {
    if (!fits(strides[i], 1) || !fits(dilations[i], 1) || !fits(extra[i], 0)) return std::nullopt;
    int64_t& dim = out[i + 2];
    if (!wanted.empty()) {
      dim = wanted[wanted.size() - axes + i];
    } else if (automatic == "SAME_UPPER" || automatic == "SAME_LOWER") {
      dim *= strides[i];
    } else {
      dim = strides[i] * (dim - 1) + extra[i] + ((*weights)[i + 2] - 1) * dilations[i] + 1;
      if (automatic == "NOTSET") dim -= pads[i] + pads[axes + i];
    }
  }
  return out;
}

}  // namespace smoothgrad
