#include <set>

#include "core/onnx/passes/passes.h"
#include "core/onnx/passes/visit.h"

namespace smoothgrad {

void remove_dead_nodes(Graph& graph) {
  std::set<std::string> needed;
  for (const Graph::Port& port : graph.outputs) needed.insert(port.name);
  std::vector<Node> living;
  for (auto node = graph.nodes.rbegin(); node != graph.nodes.rend(); ++node) {
    bool lives = false;
    for (const std::string& name : node->outputs) lives |= !name.empty() && needed.contains(name);
    if (!lives) continue;
    for (std::string& name : names_read(*node)) needed.insert(std::move(name));
    living.push_back(std::move(*node));
  }
  graph.nodes.assign(std::make_move_iterator(living.rbegin()), std::make_move_iterator(living.rend()));
  // One input stays, whatever becomes of it, so that it can be said.
  std::vector<Graph::Port> inputs;
  for (const Graph::Port& port : graph.inputs) {
    if (needed.contains(port.name)) inputs.push_back(port);
  }
  if (!inputs.empty()) graph.inputs = std::move(inputs);
  std::erase_if(graph.constants, [&needed](const auto& entry) { return !needed.contains(entry.first); });
}

}  // namespace smoothgrad
