#include "core/onnx/summary.h"

namespace smoothgrad {
namespace {

bool is_weight(const Constant& constant) {
  switch (constant.type) {
    case kUint8:
    case kInt8:
    case kUint16:
    case kInt16: return true;  // quantised
    default: return !constant.integer;
  }
}

size_t weights_in(const Constant& constant) { return is_weight(constant) ? constant.size() : 0; }

}  // namespace

Summary summarise(const Graph& graph) {
  Summary summary{graph.producer, graph.opset, {}, 0};
  for (const auto& [name, constant] : graph.constants) summary.parameters += weights_in(constant);
  for (const Node& node : graph.nodes) {
    ++summary.operators[node.op];
    // Some exporters keep weights in nodes.
    if (const auto value = node.attributes.find("value"); node.op == "Constant" && value != node.attributes.end()) {
      summary.parameters += weights_in(value->second.tensor);
    }
  }
  return summary;
}

}  // namespace smoothgrad
