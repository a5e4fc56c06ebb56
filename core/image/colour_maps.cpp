#include "core/image/colour_maps.h"

#include "core/base/names.h"

namespace smoothgrad {
namespace {

#include "core/image/colour_map_tables.inc"

constexpr ColourMap kColourMaps[] = {
    {"grey", "Grey", false, kGrey},
    {"viridis", "Viridis", false, kViridis},
    {"inferno", "Inferno", false, kInferno},
    {"diverging", "Blue, white, red", true, kDiverging},
};

}  // namespace

std::array<Rgb, 256> ColourMap::colours() const {
  std::array<Rgb, 256> colours;
  const auto add = [](uint8_t a, uint8_t b) { return static_cast<uint8_t>(a + b); };
  Rgb last = {};
  for (size_t i = 0; i < colours.size(); ++i) {
    last = {add(last.r, differences[i].r), add(last.g, differences[i].g), add(last.b, differences[i].b)};
    colours[i] = last;
  }
  return colours;
}

std::span<const ColourMap> colour_maps() { return kColourMaps; }

const ColourMap& find_colour_map(std::string_view name) { return find_named(colour_maps(), name, "colour map"); }

}  // namespace smoothgrad
