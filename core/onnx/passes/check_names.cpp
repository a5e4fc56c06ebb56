// Each name is of one value. Where two have it, which of them is meant would depend on who asks.
#include <set>
#include <string_view>

#include "core/base/text.h"
#include "core/onnx/passes/passes.h"

namespace smoothgrad {

void check_names(const Graph& graph) {
  std::set<std::string_view> names;
  for (const auto& [name, constant] : graph.constants) names.insert(name);
  for (const Graph::Port& port : graph.inputs) names.insert(port.name);
  for (const Node& node : graph.nodes) {
    for (const std::string& name : node.outputs) {
      if (name.empty() || names.insert(name).second) continue;
      refuse(ErrorCode::kBadModel, {"node '", node.name, "' (", node.op, ") makes '", name, "', which is there already"});
    }
  }
}

}  // namespace smoothgrad
