// Colour maps of 256 RGB colours.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace smoothgrad {

struct Rgb {
  uint8_t r, g, b;
};

struct ColourMap {
  std::string_view name, title;
  bool diverging;          // the middle stands for zero
  const Rgb* differences;  // of each colour from the one before it, modulo 256: they compress to a third of the colours

  // 256; a diverging map has its middle at 127 and uses 0 to 254.
  std::array<Rgb, 256> colours() const;
};

std::span<const ColourMap> colour_maps();                 // grey, viridis, inferno, diverging
const ColourMap& find_colour_map(std::string_view name);  // throws Error(kBadOption) that lists the names

}  // namespace smoothgrad
