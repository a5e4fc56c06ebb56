// What sliding windows make of dimensions: weights or kernel_shape, strides, pads, dilations, auto_pad, ceil_mode.
#pragma once

#include "core/onnx/passes/node_reader.h"

namespace smoothgrad {

// Of Conv and the poolings, and of ConvTranspose, for a first input of these dimensions. Nothing where something does not fit.
std::optional<Dims> window_dims(const NodeReader& node, const Dims& dims);
std::optional<Dims> transposed_window_dims(const NodeReader& node, const Dims& dims);

}  // namespace smoothgrad
