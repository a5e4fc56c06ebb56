#include "core/image/colour_maps.h"

#include <iterator>

#include "core/image/render.h"
#include "core/names.h"

namespace smoothgrad {
namespace {

#include "core/image/colour_map_tables.inc"

constexpr ColourMap kColourMaps[] = {
    {"grey", "Grey", false, kGrey},
    {"viridis", "Viridis", false, kViridis},
    {"inferno", "Inferno", false, kInferno},
    {"diverging", "Blue, white, red", true, kDiverging},
};

constexpr NamedEntry kNames[] = {
    {kColourMaps[0].name, kColourMaps[0].title},
    {kColourMaps[1].name, kColourMaps[1].title},
    {kColourMaps[2].name, kColourMaps[2].title},
    {kColourMaps[3].name, kColourMaps[3].title},
};
static_assert(std::size(kNames) == std::size(kColourMaps));

}  // namespace

std::span<const NamedEntry> colour_maps() { return kNames; }

const ColourMap& find_colour_map(std::string_view name) { return find_named<ColourMap>(kColourMaps, name, "colour map"); }

}  // namespace smoothgrad
