// What only moves elements: Reshape, Flatten, Squeeze, Unsqueeze, Transpose, Slice, Split, Expand, DepthToSpace, SpaceToDepth.
// All are other views of the same memory; a reshape that no view can be copies first.
// Compiled for size.
#include <algorithm>
#include <array>

#include "core/layers/builders.h"
#include "core/layers/node_builder.h"
#include "core/onnx/passes/view_of.h"

namespace smoothgrad {
namespace {

// What an operator is told beside its input: attributes or constant inputs, from input 1 on.
struct Parameters {
  std::string_view op;
  std::array<const char*, 4> names;
  bool as_inputs = true;  // from some opset on
};

constexpr Parameters kParameters[] = {
    {"Expand", {"shape"}},          {"Flatten", {"axis"}, false},
    {"Reshape", {"shape"}},         {"Slice", {"starts", "ends", "axes", "steps"}},
    {"Split", {"split"}},           {"Squeeze", {"axes"}},
    {"Transpose", {"perm"}, false}, {"Unsqueeze", {"axes"}},
};

// Null where there are none.
const Parameters* find_parameters(const NodeBuilder& node) {
  const auto* const row = std::ranges::find(kParameters, std::string_view(node.node().op), &Parameters::op);
  return row == std::end(kParameters) ? nullptr : row;
}

// "shape [1, 100]": all that is given.
std::string show_parameters(const NodeBuilder& node) {
  const Parameters* const row = find_parameters(node);
  std::string text;
  for (int i = 0; i < 4 && row->names[static_cast<size_t>(i)]; ++i) {
    const char* const name = row->names[static_cast<size_t>(i)];
    const std::vector<int64_t> integers = node.ints_of_attribute_or_input(name, i + 1);
    if (integers.empty() && !node.has_attribute(name)) continue;
    text += (text.empty() ? "" : ", ") + std::string(name) + ' ';
    text += integers.empty() ? std::to_string(node.attribute_int(name, 0)) : show(integers);
  }
  if (row->op == "Split") {
    text += (text.empty() ? "" : ", ") + std::to_string(node.node().outputs.size()) + " parts along axis " +
            std::to_string(node.attribute_int("axis", 0));
  }
  return text;
}

int64_t read_block(const NodeBuilder& node) {
  const int64_t size = node.attribute_int("blocksize", 0);
  if (size < 1 || size > 1 << 10) node.bad({"blocksize must be from 1 to 1,024"});
  return size;
}

// DCR: the block's place is the channel's outer part; CRD: its inner one.
bool is_outer(const NodeBuilder& node) {
  const std::string mode = node.attribute_string("mode", "DCR");
  if (mode != "DCR" && mode != "CRD") node.bad({"mode '", mode, "' is neither DCR nor CRD"});
  return mode == "DCR";
}

// Cut into these axes, which then change places and are put together as these.
void alias_rearranged(NodeBuilder& node, const Value& input, const Dims& cut, const AxisOrder& places, const Dims& dims) {
  Value parts = reshape(node, input, cut);
  parts.view = permuted(parts.view, places);
  node.alias(reshape(node, parts, dims));
}

}  // namespace

Value reshape(NodeBuilder& node, const Value& value, const Dims& dims) {
  if (const std::optional<StridedView> view = reshaped(value.view, dims)) return {value.id, *view};
  const Value copy = node.ordered(value, order_for_reshape(value.view, dims));
  return {copy.id, *reshaped(copy.view, dims)};
}

void build_movement(NodeBuilder& node) {
  const Value input = node.value(0);
  const Parameters* const parameters = find_parameters(node);
  for (int i = 1; parameters && parameters->as_inputs && i <= 4 && parameters->names[static_cast<size_t>(i - 1)]; ++i) {
    if (node.has_input(i)) node.constant(i);  // throws where it is computed
  }
  const auto labels = relabelled(node.reader(), input.dims());
  for (size_t output = 0; output < std::max<size_t>(node.node().outputs.size(), 1); ++output) {
    Value made = input;
    if (labels && element_count(*labels) == input.size()) {
      made = reshape(node, input, *labels);
    } else if (const auto view = moved(node.reader(), input.view, output); view && element_count(view->dims) > 0) {
      made.view = *view;
    } else {
      node.bad({show_parameters(node), " does not fit an input of ", show(input.dims())});
    }
    node.alias(made, output);
  }
}

// Channel c of pixel (y, x) of the output, with blocks of b x b, is channel (y % b * b + x % b) * C + c (DCR) or
// (c * b + y % b) * b + x % b (CRD) of pixel (y / b, x / b) of the input. Order: ONNX's operator specification.
void build_depth_to_space(NodeBuilder& node) {
  const Image image = node.image(0);
  const int64_t b = read_block(node), channels = image.shape.channels / (b * b);
  const int64_t height = image.shape.height, width = image.shape.width;
  if (channels * b * b != image.shape.channels) node.bad({"its channels cannot be shared out among blocks of that size"});
  const Dims out = {1, channels, height * b, width * b};
  if (is_outer(node)) return alias_rearranged(node, image.value, {1, b, b, channels, height, width}, {0, 3, 4, 1, 5, 2}, out);
  alias_rearranged(node, image.value, {1, channels, b, b, height, width}, {0, 1, 4, 2, 5, 3}, out);
}

// Channel (i * b + j) * C + c (DCR) or (c * b + i) * b + j (CRD) of pixel (y, x) of the output is channel c of pixel
// (y * b + i, x * b + j) of the input.
void build_space_to_depth(NodeBuilder& node) {
  const Image image = node.image(0);
  const int64_t b = read_block(node), channels = image.shape.channels;
  const int64_t height = image.shape.height / b, width = image.shape.width / b;
  if (height * b != image.shape.height || width * b != image.shape.width) {
    node.bad({"its height and width are not made of blocks of that size"});
  }
  const AxisOrder places = is_outer(node) ? AxisOrder{0, 3, 5, 1, 2, 4} : AxisOrder{0, 1, 3, 5, 2, 4};
  alias_rearranged(node, image.value, {1, channels, height, b, width, b}, places, {1, channels * b * b, height, width});
}

}  // namespace smoothgrad
