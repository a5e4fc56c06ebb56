// Transpose of axes other than the batch; DepthToSpace and SpaceToDepth, which trade blocks of pixels for channels. In all of
// them an axis of the output draws from the input by itself (see rearrange.h). Orders: ONNX's operator specification.
// Compiled for size.
#include "core/layers/builders.h"
#include "core/layers/node_builder.h"
#include "core/layers/rearrange.h"

namespace smoothgrad {
namespace {

void emit_moved(NodeBuilder& node, const Value& input, Sources sources, std::string_view kind) {
  node.emit(std::make_unique<Rearrangement>(input.shape, std::move(sources), kind), {input}, input.rank);
}

struct Blocks {
  Value input;
  int32_t size, row, col;  // of a block's side; floats from one row, and from one pixel, to the next
};

// DCR: the block's place is the channel's outer part; CRD: its inner one.
std::string read_order(const NodeBuilder& node) {
  const std::string mode = node.attribute_string("mode", "DCR");
  if (mode != "DCR" && mode != "CRD") node.bad("mode '" + mode + "' is neither DCR nor CRD");
  return mode;
}

Blocks read_blocks(NodeBuilder& node) {
  const Value input = node.image(0);
  const int64_t size = node.attribute_int("blocksize", 0);
  if (size < 1 || size > 1 << 10) node.bad("blocksize must be from 1 to 1,024");
  return {input, static_cast<int32_t>(size), input.shape.width * input.shape.channels, input.shape.channels};
}

}  // namespace

void build_transpose(NodeBuilder& node) {
  const Value input = node.value(0);
  std::vector<int64_t> identity, reversed;
  for (int64_t axis = 0; axis < input.rank; ++axis) {
    identity.push_back(axis);
    reversed.insert(reversed.begin(), axis);
  }
  const std::vector<int64_t> order = node.attribute_ints("perm", reversed);
  if (order == identity) return node.alias(input);
  std::vector<bool> taken(identity.size());
  for (int64_t axis : order) {
    const bool known = axis >= 0 && axis < input.rank && !taken[static_cast<size_t>(axis)];
    if (!known || order.size() != identity.size()) node.bad("perm must name each axis once");
    taken[static_cast<size_t>(axis)] = true;
  }
  if (order[0] != 0) node.unsupported("a perm that moves the batch");
  Sources from = same_places(input.shape);
  emit_moved(node, input, {from.along(order[2]), from.along(order[3]), from.along(order[1])}, "transpose");
}

// Channel c of pixel (y, x) of the output, with blocks of b x b, is channel (y % b * b + x % b) * C + c (DCR) or
// (c * b + y % b) * b + x % b (CRD) of pixel (y / b, x / b) of the input.
void build_depth_to_space(NodeBuilder& node) {
  const Blocks blocks = read_blocks(node);
  const std::string mode = read_order(node);
  const Shape in = blocks.input.shape;
  const int32_t b = blocks.size, channels = in.channels / (b * b);
  if (channels * b * b != in.channels) node.bad("its channels cannot be shared out among blocks of that size");
  const int32_t apart = mode == "DCR" ? channels : 1;
  Sources sources;
  for (int32_t y = 0; y < in.height * b; ++y) sources.rows.push_back(y / b * blocks.row + y % b * b * apart);
  for (int32_t x = 0; x < in.width * b; ++x) sources.cols.push_back(x / b * blocks.col + x % b * apart);
  for (int32_t c = 0; c < channels; ++c) sources.channels.push_back(mode == "DCR" ? c : c * b * b);
  emit_moved(node, blocks.input, std::move(sources), "depth-to-space");
}

// Channel (i * b + j) * C + c (DCR) or (c * b + i) * b + j (CRD) of pixel (y, x) of the output is channel c of pixel
// (y * b + i, x * b + j) of the input.
void build_space_to_depth(NodeBuilder& node) {
  const Blocks blocks = read_blocks(node);
  const std::string mode = read_order(node);
  const Shape in = blocks.input.shape;
  const int32_t b = blocks.size;
  if (in.height % b != 0 || in.width % b != 0) node.bad("its height and width are not made of blocks of that size");
  if (static_cast<double>(in.channels) * b * b > 1 << 26) node.bad("its output would be too large");
  Sources sources;
  for (int32_t y = 0; y < in.height / b; ++y) sources.rows.push_back(y * b * blocks.row);
  for (int32_t x = 0; x < in.width / b; ++x) sources.cols.push_back(x * b * blocks.col);
  const int32_t places = b * b;
  for (int32_t k = 0; k < in.channels * places; ++k) {
    const int32_t place = mode == "DCR" ? k / in.channels : k % places, c = mode == "DCR" ? k % in.channels : k / places;
    sources.channels.push_back(place / b * blocks.row + place % b * blocks.col + c);
  }
  emit_moved(node, blocks.input, std::move(sources), "space-to-depth");
}

}  // namespace smoothgrad
