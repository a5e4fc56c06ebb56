// Bytes of an ONNX file (protocol buffers; onnx.proto of ONNX 1.x) to a Graph.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/onnx/graph.h"

namespace smoothgrad {

// Bytes of the files beside the model in which it keeps tensors, by the name that it has for them ("model.onnx.data").
using ExternalFiles = std::map<std::string, std::span<const std::byte>>;

// Throws Error(kBadModel) when the bytes are truncated or no ONNX, Error(kUnsupportedOperator) below operator set 7. A tensor
// that cannot be had (text, in a file that is not among `files`) is a Constant with a `problem`.
Graph parse_onnx(std::span<const std::byte> bytes, const ExternalFiles& files = {});

// The names of the files that it keeps tensors in; empty where all is inside.
std::vector<std::string> external_file_names(std::span<const std::byte> bytes);

}  // namespace smoothgrad
