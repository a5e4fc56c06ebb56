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

std::span<const ColourMap> colour_maps() { return kColourMaps; }

const ColourMap& find_colour_map(std::string_view name) { return find_named(colour_maps(), name, "colour map"); }

}  // namespace smoothgrad
