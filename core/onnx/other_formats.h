// Files that are taken for ONNX and are none, told by their first bytes.
#pragma once

#include <cstddef>
#include <span>

namespace smoothgrad {

// Throws Error(kBadModel) that names the format and says what to do; returns where it is none of those known.
void refuse_other_formats(std::span<const std::byte> bytes);

}  // namespace smoothgrad
