// The sliding window of Conv, MaxPool and AveragePool as ONNX describes it: kernel_shape, strides, dilations, pads, auto_pad.
#pragma once

#include <array>

#include "core/kernels/geometry.h"
#include "core/layers/node_builder.h"

namespace smoothgrad {

enum class Rounding { kFloor, kCeil };  // of the output's size

struct Window {
  ConvGeometry geometry;              // output channels as the input's
  int pad_bottom = 0, pad_right = 0;  // as the file has them; the last windows may reach further with Rounding::kCeil
};

// extra_pads: top, left, bottom, right, added to the node's own (from a Pad before it). Throws on what does not fit.
Window read_window(const NodeBuilder& node, Shape input, std::array<int64_t, 2> kernel, const std::vector<int64_t>& extra_pads,
                   Rounding rounding);

}  // namespace smoothgrad
