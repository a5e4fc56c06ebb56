// Which node makes a value, and who reads it: the graph walked backwards.
#pragma once

#include "core/onnx/passes/node_reader.h"

namespace smoothgrad {

class Makers {
 public:
  explicit Makers(const Graph& graph) : graph_(graph) {
    for (const Node& node : graph.nodes) {
      for (const std::string& name : node.outputs) made_by_[name] = &node;
    }
  }

  // Null for inputs and constants.
  const Node* of(const std::string& name) const {
    const auto found = name.empty() ? made_by_.end() : made_by_.find(name);
    return found == made_by_.end() ? nullptr : found->second;
  }
  // The node of ONNX's own domain that makes input `i` of a node, if it is one of that operator.
  const Node* of(const Node& reader, size_t i, std::string_view op) const {
    const Node* node = i < reader.inputs.size() ? of(reader.inputs[i]) : nullptr;
    return node && node->op == op && node->domain.empty() ? node : nullptr;
  }
  NodeReader read(const Node& node) const { return {graph_, node}; }
  const Graph& graph() const { return graph_; }

 private:
  const Graph& graph_;
  std::map<std::string, const Node*> made_by_;
};

}  // namespace smoothgrad
