#include "core/onnx/passes/visit.h"

#include <set>

namespace smoothgrad {
namespace {

void add_outer_names(const Graph& graph, std::vector<std::string>& names) {
  std::set<std::string> own;
  for (const Graph::Port& port : graph.inputs) own.insert(port.name);
  for (const auto& [name, constant] : graph.constants) own.insert(name);
  for (const Node& node : graph.nodes) own.insert(node.outputs.begin(), node.outputs.end());
  for (const Node& node : graph.nodes) {
    for (std::string& name : names_read(node)) {
      if (!own.contains(name)) names.push_back(std::move(name));
    }
  }
  for (const Graph::Port& port : graph.outputs) {
    if (!own.contains(port.name)) names.push_back(port.name);
  }
}

}  // namespace

std::vector<std::string> names_read(const Node& node) {
  std::vector<std::string> names;
  for (const std::string& name : node.inputs) {
    if (!name.empty()) names.push_back(name);
  }
  for (const auto& [key, attribute] : node.attributes) {
    if (attribute.graph) add_outer_names(*attribute.graph, names);
  }
  return names;
}

void rename_values(std::vector<Node>& nodes, FunctionRef<std::string(const std::string&)> rename) {
  const auto change = [&rename](std::string& name) {
    if (!name.empty()) name = rename(name);
  };
  for (Node& node : nodes) {
    for (std::string& name : node.inputs) change(name);
    for (std::string& name : node.outputs) change(name);
    for (auto& [key, attribute] : node.attributes) {
      if (!attribute.graph) continue;
      auto inner = std::make_shared<Graph>(*attribute.graph);
      rename_values(inner->nodes, rename);
      for (auto* ports : {&inner->inputs, &inner->outputs}) {
        for (Graph::Port& port : *ports) change(port.name);
      }
      std::map<std::string, Constant> constants;
      for (auto& [name, constant] : inner->constants) constants[rename(name)] = std::move(constant);
      inner->constants = std::move(constants);
      attribute.graph = inner;
    }
  }
}

}  // namespace smoothgrad
