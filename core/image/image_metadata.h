// How a model wants its photos, by ONNX's own metadata (docs/MetadataProps.md of ONNX), as WinML's converters write it.
#pragma once

#include <map>
#include <optional>
#include <string>

namespace smoothgrad {

// (level - mean) / std, of all channels.
struct LevelRange {
  float mean, std;
};

struct ImageMetadata {
  bool bgr = false;
  std::optional<LevelRange> range;  // nothing where the file does not say
};

// Throws Error(kBadModel) on a value that is unknown, does not fit the channels, or asks for linear light.
ImageMetadata read_image_metadata(const std::map<std::string, std::string>& metadata, int channels);

}  // namespace smoothgrad
