// Writes colour_map_tables.inc from the tables of d3-scale-chromatic 3.1.0 (ISC licence; viridis and inferno are CC0 tables of
// matplotlib). Only needed when a map is added:
//   npm install --no-save d3-scale-chromatic@3.1.0 && node wasm/tasks/make_colour_maps.mjs > core/image/colour_map_tables.inc
import { interpolateInferno, interpolateViridis, schemeRdBu } from 'd3-scale-chromatic';

const levels = 256;
const rgb = (text) =>
  text.startsWith('#') ? [1, 3, 5].map((i) => parseInt(text.slice(i, i + 2), 16)) : text.match(/\d+/g).slice(0, 3).map(Number);

// Blue for negative, red for positive, exactly white in the middle: the anchors of RdBu with their near-white replaced.
const anchors = [...schemeRdBu[11]].reverse().map(rgb);
anchors[5] = [255, 255, 255];
function diverging(t) {
  const at = t * (anchors.length - 1);
  const i = Math.min(Math.floor(at), anchors.length - 2);
  return anchors[i].map((low, c) => Math.round(low + (at - i) * (anchors[i + 1][c] - low)));
}

const maps = {
  kGrey: (t) => Array(3).fill(Math.round(255 * t)),
  kViridis: (t) => rgb(interpolateViridis(t)),
  kInferno: (t) => rgb(interpolateInferno(t)),
  kDiverging: diverging,
};
console.log(
  '// Made by make_colour_maps.mjs from d3-scale-chromatic 3.1.0: 256 colours a map, RGB, lowest first, each less the one before it.',
);
for (const [name, colour] of Object.entries(maps)) {
  // An even number of steps would have no middle: the diverging map has 255 levels below, at and above white, and its last
  // twice.
  const steps = name === 'kDiverging' ? levels - 2 : levels - 1;
  const colours = Array.from({ length: levels }, (_, i) => colour(Math.min(i / steps, 1)));
  const differences = colours.map((c, i) => c.map((level, k) => (256 + level - (colours[i - 1]?.[k] ?? 0)) % 256));
  const rows = [];
  for (let i = 0; i < levels; i += 8)
    rows.push(
      `    ${differences
        .slice(i, i + 8)
        .map((c) => `{${c.join(', ')}}`)
        .join(', ')},`,
    );
  console.log(`constexpr Rgb ${name}[256] = {\n${rows.join('\n')}\n};`);
}
