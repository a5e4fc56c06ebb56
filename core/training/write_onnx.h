// A trained network as an ONNX file: weights in float16, each followed by a Cast to float32, biases in float32.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/training/network.h"
#include "core/training/training_run.h"

namespace smoothgrad::training {

// metadata: goes into the file's metadata_props, beside the preprocessing (0 to 255 becomes 0 to 1) and the names of the
// classes, which are digits. The same bytes for the same input.
std::vector<std::byte> write_onnx(const Network& network, std::span<const float> parameters,
                                  const std::map<std::string, std::string>& metadata);

// smoothgrad.name (the title), .noise, .epochs, .seed, and of MNIST .source and .licence.
std::map<std::string, std::string> training_metadata(const TrainingOptions& options, const std::string& title);

}  // namespace smoothgrad::training
