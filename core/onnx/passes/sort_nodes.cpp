// Depth first, in the file's order: a file whose nodes are in order keeps it.
#include <algorithm>

#include "core/base/text.h"
#include "core/onnx/passes/passes.h"
#include "core/onnx/passes/visit.h"

namespace smoothgrad {

void sort_nodes(Graph& graph) {
  std::map<std::string, size_t> makers;
  for (size_t i = 0; i < graph.nodes.size(); ++i) {
    for (const std::string& name : graph.nodes[i].outputs) {
      if (!name.empty()) makers[name] = i;
    }
  }
  enum class State { kNew, kWaiting, kDone };
  std::vector<State> states(graph.nodes.size(), State::kNew);
  std::vector<size_t> order;
  // A node waits until all that it reads is done; no recursion, since a chain may be as long as the graph.
  struct Visit {
    size_t node, next;
    std::vector<std::string> reads;
  };
  std::vector<Visit> stack;
  const auto begin = [&](size_t node) {
    states[node] = State::kWaiting;
    stack.push_back({node, 0, names_read(graph.nodes[node])});
  };
  for (size_t first = 0; first < graph.nodes.size(); ++first) {
    if (states[first] == State::kNew) begin(first);
    while (!stack.empty()) {
      Visit& top = stack.back();
      if (top.next == top.reads.size()) {
        states[top.node] = State::kDone;
        order.push_back(top.node);
        stack.pop_back();
        continue;
      }
      const std::string& name = top.reads[top.next++];
      const auto maker = makers.find(name);
      if (maker == makers.end() || states[maker->second] == State::kDone) continue;
      if (states[maker->second] == State::kWaiting) {
        const Node& node = graph.nodes[top.node];
        refuse(ErrorCode::kBadModel,
               {"node '", node.name, "' (", node.op, ") is on a cycle: it reads '", name, "', which depends on what it makes"});
      }
      begin(maker->second);
    }
  }
  if (std::ranges::is_sorted(order)) return;
  std::vector<Node> sorted;
  for (size_t i : order) sorted.push_back(std::move(graph.nodes[i]));
  graph.nodes = std::move(sorted);
}

}  // namespace smoothgrad
