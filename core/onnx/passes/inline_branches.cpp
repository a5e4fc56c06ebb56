// If: the branch that its constant condition takes stands in its place, with the name of its first output before those of its
// values.
#include <set>

#include "core/base/text.h"
#include "core/onnx/passes/node_reader.h"
#include "core/onnx/passes/passes.h"
#include "core/onnx/passes/visit.h"

namespace smoothgrad {
namespace {

// The branch of an If whose condition is known; null for other nodes.
const Graph* taken_branch(const Graph& graph, const Node& node) {
  if (node.op != "If" || !node.domain.empty()) return nullptr;
  const Constant* condition = NodeReader(graph, node).constant(0);
  if (!condition || condition->ints.size() != 1) return nullptr;
  const auto branch = node.attributes.find(condition->ints[0] != 0 ? "then_branch" : "else_branch");
  const bool fits = !node.outputs.empty() && branch != node.attributes.end() && branch->second.graph &&
                    branch->second.graph->outputs.size() >= node.outputs.size();
  return fits ? branch->second.graph.get() : nullptr;
}

void append_branch(Graph& graph, const Node& node, const Graph& branch, const std::string& prefix, std::vector<Node>& flat) {
  std::set<std::string> own;
  for (const auto& [name, constant] : branch.constants) own.insert(name);
  for (const Node& inner : branch.nodes) own.insert(inner.outputs.begin(), inner.outputs.end());
  const auto rename = [&](const std::string& name) { return own.contains(name) ? prefix + name : name; };
  std::vector<Node> body = branch.nodes;
  rename_values(body, rename);
  for (Node& inner : body) {
    inner.name = join({node.name, "/", inner.name});
    flat.push_back(std::move(inner));
  }
  for (const auto& [name, constant] : branch.constants) graph.constants[rename(name)] = constant;
  for (size_t i = 0; i < node.outputs.size(); ++i) {
    flat.push_back({node.name, "Identity", {rename(branch.outputs[i].name)}, {node.outputs[i]}, {}});
  }
}

}  // namespace

bool inline_branches(Graph& graph) {
  std::vector<Node> flat;
  bool any = false;
  for (Node& node : graph.nodes) {
    const Graph* branch = taken_branch(graph, node);
    any |= branch != nullptr;
    if (branch)
      append_branch(graph, node, *branch, node.outputs[0] + "/", flat);
    else
      flat.push_back(std::move(node));
  }
  graph.nodes = std::move(flat);
  return any;
}

}  // namespace smoothgrad
