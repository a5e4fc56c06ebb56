// Squeeze of [N, C, 1, 1] to [N, C] and Unsqueeze back, also where height or width is the dimension that is not 1: nothing
// moves in memory, and no layer is left.
// Compiled for size.
#include <algorithm>
#include <array>

#include "core/layers/builders.h"
#include "core/layers/node_builder.h"

namespace smoothgrad {
namespace {

constexpr int Shape::* kAlong[] = {nullptr, &Shape::channels, &Shape::height, &Shape::width};

// Which axes of [N, C, H, W] the node names.
std::array<bool, 4> named_axes(const NodeBuilder& node, const std::vector<int64_t>& axes) {
  std::array<bool, 4> named{};
  for (int64_t axis : axes) named[static_cast<size_t>(node.inner_axis(axis, 4))] = true;
  if (axes.size() != 2 || std::ranges::count(named, true) != 2) {
    node.unsupported("axes that make anything but [N, C, H, W] of [N, C], or the reverse");
  }
  return named;
}

}  // namespace

void build_squeeze(NodeBuilder& node) {
  Value input = node.image(0);
  const std::vector<int64_t> axes = node.ints_of_attribute_or_input("axes", 1);
  if (axes.empty()) node.unsupported("no axes, which takes away the batch too where that is 1");
  const std::array<bool, 4> gone = named_axes(node, axes);
  for (size_t axis = 1; axis < 4; ++axis) {
    if (gone[axis] && input.shape.*kAlong[axis] != 1) {
      node.bad("axis " + std::to_string(axis) + " is of " + std::to_string(input.shape.*kAlong[axis]) + " elements, not of 1");
    }
  }
  input.shape = {1, 1, static_cast<int>(input.shape.size())};
  input.rank = 2;
  node.alias(input);
}

void build_unsqueeze(NodeBuilder& node) {
  Value input = node.value(0);
  const std::vector<int64_t> axes = node.ints_of_attribute_or_input("axes", 1);
  if (input.rank != 2) node.unsupported("an input that is not [N, C]");
  const std::array<bool, 4> fresh = named_axes(node, axes);
  Shape shape;
  for (size_t axis = 1; axis < 4; ++axis) {
    if (!fresh[axis]) shape.*kAlong[axis] = input.shape.channels;
  }
  input.shape = shape;
  input.rank = 4;
  node.alias(input);
}

}  // namespace smoothgrad
