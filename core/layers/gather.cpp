// Gather, GatherElements and GatherND by constant indices, and Tile: elements that are taken as they are (see rearrange.h).
// Compiled for size.
#include "core/layers/builders.h"
#include "core/layers/node_builder.h"
#include "core/layers/rearrange.h"
#include "core/onnx/passes/gathered.h"

namespace smoothgrad {
namespace {

// Says what is wrong with indices that cannot be had.
[[noreturn]] void refuse(const NodeBuilder& node, const Dims& dims, const Constant& indices) {
  if (!indices.integer) node.bad({"its indices must be integers"});
  if (node.node().op != "GatherND") {
    const size_t axis = node.axis(node.attribute_int("axis", 0), dims.size());
    for (int64_t index : indices.ints) {
      if (index >= -dims[axis] && index < dims[axis]) continue;
      node.bad({"index ", index, " along axis ", axis, ", which has ", dims[axis], " places"});
    }
  }
  node.bad({"its indices, of ", show(indices.dims), ", do not fit an input of ", show(dims)});
}

}  // namespace

void build_gather(NodeBuilder& node) {
  const Value input = node.value(0);
  const Constant& indices = node.constant(1);
  const std::optional<Gathered> found = gathered(node.reader(), input.dims());
  if (!found || found->positions.empty()) refuse(node, input.dims(), indices);
  if (node.node().op == "Gather" && indices.size() == 1) {
    // One place along the axis: a view of the same memory.
    Value taken = input;
    const size_t axis = node.axis(node.attribute_int("axis", 0), input.rank());
    const int64_t index = indices.ints[0], size = input.dims()[axis];
    taken.view.offset += (index < 0 ? index + size : index) * taken.view.strides[axis];
    taken.view.dims[axis] = 1;
    return node.alias(reshape(node, taken, found->dims));
  }
  Value flat = node.ordered(input, row_major(input.rank()));
  flat.view = whole({static_cast<int64_t>(input.size())});
  const std::vector<int32_t> places(found->positions.begin(), found->positions.end());
  node.alias(reshape(node, node.rearranged(flat, {{places}, {0}}, "gather"), found->dims));
}

void build_tile(NodeBuilder& node) {
  const Value input = node.value(0);
  const std::vector<int64_t> repeats = node.ints_of_attribute_or_input("repeats", 1);
  if (repeats.size() != input.rank()) node.bad({"repeats must be one an axis"});
  Sources sources = sources_of(input.view, order_of(input.view));
  for (size_t axis = 0; axis < input.rank(); ++axis) {
    std::vector<int32_t>& along = sources.along[axis];
    if (repeats[axis] < 1 || repeats[axis] > 1 << 16) node.bad({"repeats must be from 1 to 65,536"});
    const std::vector<int32_t> once = along;
    for (int64_t k = 1; k < repeats[axis]; ++k) along.insert(along.end(), once.begin(), once.end());
  }
  node.alias(node.rearranged(input, sources, "tile"));
}

}  // namespace smoothgrad
