// Photo (RGBA bytes) to the normalised input tensor, the same pixels in Node and in every browser.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/base/tensor.h"

namespace smoothgrad {

// How a model wants its photos, from the ONNX file's metadata_props:
//   smoothgrad.resize  shorter side after resizing, pixels ("256"; absent: the crop's size)
//   smoothgrad.fit     "crop" (absent), or "stretch": the whole photo becomes the crop's size, whatever its shape
//   smoothgrad.mean    per channel, in levels 0-255 ("127 127 127")
//   smoothgrad.std     per channel ("128 128 128")
//   smoothgrad.channel_order  "rgb" or "bgr"
//   smoothgrad.classes names of the classes, one a line
// else from ONNX's own keys, Image.BitmapPixelFormat, Image.NominalPixelRange and Image.ColorSpaceGamma.
struct Preprocessing {
  int resize = 0;
  Shape crop;                    // the network's input
  std::vector<float> mean, std;  // in the order of the network's channels
  bool bgr = false;              // that order, of three channels
  bool stretch = false;          // instead of resize and crop
  std::string source = {};  // of mean and std: "smoothgrad", "image", "levels" (by the type of the input), "default", "options"
};
// Absent keys: resize = shorter side of the crop, RGB, mean 0, std 255; std 1 where the input is of an integer type (`levels`),
// and so takes levels as they are. Throws Error(kBadModel) on a value that cannot be.
Preprocessing read_preprocessing(const std::map<std::string, std::string>& metadata, Shape input, bool levels = false);
std::vector<std::string> read_class_names(const std::map<std::string, std::string>& metadata);

// RGBA [height, width, 4] on white -> RGB bytes [crop.height, crop.width, 3]: shorter side to `resize` by bicubic (a = -0.5)
// with antialiasing as in Pillow (separable, horizontal first, rounded to bytes in between), then the centre crop; stretched:
// all of it to the crop's size.
std::vector<uint8_t> resize_and_crop(std::span<const uint8_t> rgba, int width, int height, const Preprocessing& preprocessing);

// (level - mean) / std, [H, W, C]; a one-channel network gets the luma (ITU-R 601-2, as Pillow's "L").
std::vector<float> normalise(std::span<const uint8_t> rgb, const Preprocessing& preprocessing);

}  // namespace smoothgrad
