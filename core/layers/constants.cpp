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
  } else if (node.has_attribute("value_floats")) {
    constant.floats = node.node().attributes.at("value_floats").floats;
    constant.dims = {static_cast<int64_t>(constant.floats.size())};
  } else if (node.has_attribute("value_int")) {
    constant.integer = true;
    constant.ints = {node.attribute_int("value_int", 0)};
  } else if (node.has_attribute("value_ints")) {
    constant.integer = true;
    constant.ints = node.attribute_ints("value_ints", {});
    constant.dims = {static_cast<int64_t>(constant.ints.size())};
  } else {
    node.unsupported({"a value that is no tensor, float, int or list of them"});
  }
  node.define(std::move(constant));
}

// All arithmetic is in float32, so a cast between floating types changes nothing (float16 constants are widened as they are
// read). Its attributes saturate and round_mode are of 8-bit floats, which are refused.
void build_cast(NodeBuilder& node) {
  constexpr int64_t kFloat = 1, kBool = 9, kFloat16 = 10, kDouble = 11, kUint64 = 13, kBfloat16 = 16;
  const int64_t to = node.attribute_int("to", 0);
  const bool to_floating = to == kFloat || to == kFloat16 || to == kDouble || to == kBfloat16;
  const bool to_text = to == 8;
  if (!to_floating && (to < kFloat || to > kUint64 || to_text)) {
    node.unsupported({"a cast to ONNX data type ", to});
  }
  if (!node.is_constant(0)) {
    if (!to_floating) node.unsupported({"casts of activations to integers"});
    return node.alias(node.value(0));
  }
  Constant constant = node.take_constant(0);
  if (to_floating && constant.integer) {
    constant.floats.assign(constant.ints.begin(), constant.ints.end());
    constant.ints.clear();
  } else if (!to_floating && !constant.integer) {
    constant.ints.clear();
    for (float number : constant.floats) constant.ints.push_back(to == kBool ? number != 0 : static_cast<int64_t>(number));
    constant.floats.clear();
  } else if (to == kBool) {
    for (int64_t& number : constant.ints) number = number != 0;
  }
  constant.integer = !to_floating;
  node.define(std::move(constant));
}

void build_identity(NodeBuilder& node) {
  if (node.is_constant(0)) return node.define(node.take_constant(0));
  node.alias(node.value(0));
}

// Its ratio and seed are of training only, and so is its mask, the second output.
void build_dropout(NodeBuilder& node) {
  bool training = node.opset() < 7 && node.attribute_int("is_test", 0) == 0;
  if (node.has_input(2)) {
    const Constant& mode = node.constant(2);
    training = mode.size() != 1 || (mode.integer ? mode.ints[0] != 0 : mode.floats[0] != 0);
  }
  if (training) node.unsupported({"training_mode: export the model in evaluation mode"});
  build_identity(node);
}

}  // namespace smoothgrad
