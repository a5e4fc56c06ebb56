// Colour maps as tables of 256 RGB colours.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace smoothgrad {

struct Rgb {
  uint8_t r, g, b;
};

struct ColourMap {
  std::string_view name, title;
  bool diverging;      // the middle stands for zero
  const Rgb* colours;  // 256; a diverging map has its middle at 127 and uses 0 to 254

  // t in [0, 1], from the lowest colour to the highest.
  Rgb at(float t) const { return colours[static_cast<int>(t * (diverging ? 254.f : 255.f) + 0.5f)]; }
};

std::span<const ColourMap> colour_maps();                 // grey, viridis, inferno, diverging
const ColourMap& find_colour_map(std::string_view name);  // throws Error(kBadOption) that lists the names

}  // namespace smoothgrad
