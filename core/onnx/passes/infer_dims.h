// Dimensions that a node's outputs have, of those of its inputs (ONNX's shape inference, as far as images need it).
#pragma once

#include "core/onnx/passes/node_reader.h"

namespace smoothgrad {

// Of output `output`; nothing where they are not known.
std::optional<Dims> infer_dims(const NodeReader& node, size_t output);

}  // namespace smoothgrad
