// Bytes of an ONNX file (protocol buffers; onnx.proto of ONNX 1.x) to a Graph.
#pragma once

#include <cstddef>
#include <span>

#include "core/onnx/graph.h"

namespace smoothgrad {

// Throws Error(kBadModel) when the bytes are truncated or no ONNX, Error(kUnsupportedOperator) for tensor types and storage
// that are not read (strings, quantised, external data).
Graph parse_onnx(std::span<const std::byte> bytes);

}  // namespace smoothgrad
