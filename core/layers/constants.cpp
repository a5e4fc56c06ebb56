// Constant, Cast, Identity and Dropout: nothing of them is left when the network runs.
// Compiled for size.
#include "core/layers/builders.h"
#include "core/layers/node_builder.h"

namespace smoothgrad {

void build_constant(NodeBuilder& node) {
  if (const Constant* tensor = node.attribute_tensor("value")) return node.define(*tensor);
  Constant constant;
  if (node.has_attribute("value_float")) {
    constant.floats = {node.attribute_float("value_float", 0)};
  } else if (node.has_attribute("value_int")) {
    constant.integer = true;
    constant.ints = {node.attribute_int("value_int", 0)};
  } else if (node.has_attribute("value_ints")) {
    constant.integer = true;
    constant.ints = node.attribute_ints("value_ints", {});
    constant.dims = {static_cast<int64_t>(constant.ints.size())};
  } else {
    node.unsupported("a value that is no tensor, float, int or ints");
  }
  node.define(std::move(constant));
}

// All arithmetic is in float32, so a cast between floating types changes nothing (float16 constants are widened as they are
// read).
void build_cast(NodeBuilder& node) {
  constexpr int64_t kFloat = 1, kFloat16 = 10, kDouble = 11;
  const int64_t to = node.attribute_int("to", 0);
  const bool to_floating = to == kFloat || to == kFloat16 || to == kDouble;
  if (!node.is_constant(0)) {
    if (!to_floating) node.unsupported("casts of activations to integers");
    return node.alias(node.value(0));
  }
  Constant constant = node.take_constant(0);
  if (to_floating && constant.integer) {
    constant.floats.assign(constant.ints.begin(), constant.ints.end());
    constant.ints.clear();
  } else if (!to_floating && !constant.integer) {
    constant.ints.assign(constant.floats.begin(), constant.floats.end());
    constant.floats.clear();
  }
  constant.integer = !to_floating;
  node.define(std::move(constant));
}

void build_identity(NodeBuilder& node) {
  if (node.is_constant(0)) return node.define(node.take_constant(0));
  node.alias(node.value(0));
}

}  // namespace smoothgrad
