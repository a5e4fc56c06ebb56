#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/text.h"
#include "core/onnx/passes/node_reader.h"
#include "core/onnx/passes/passes.h"
#include "core/onnx/passes/visit.h"

namespace smoothgrad {
namespace {

// All operators that are not there.
void check_operators(const Graph& graph, Supported supported) {
  std::map<std::string, int> missing;
  const Node* first = nullptr;
  for (const Node& node : graph.nodes) {
    if (node.domain.empty() && supported.has(node.op)) continue;
    if (!first) first = &node;
    ++missing[node.domain.empty() ? node.op : join({node.domain, ".", node.op})];
  }
  if (!first) return;
  std::string list;
  for (const auto& [name, count] : missing) {
    if (!list.empty()) list += ", ";
    list += missing.size() == 1 && count == 1 ? name : join({name, " (", count, ")"});
  }
  const bool one = missing.size() == 1 && missing.begin()->second == 1;
  refuse(ErrorCode::kUnsupportedOperator,
         {"node '", first->name, one ? "': operator " : "' is the first with an operator that is not supported; missing are ",
          list, one ? " is not supported" : "", "; supported are ", supported.all()});
}

// Bounds and masks may be infinite: what is cut off by them, or never chosen, is no number that is computed with.
bool may_be_infinite(const Node& node, float value) {
  constexpr std::string_view kBounds = " Clip Pad Where Min Max ";
  return kBounds.find(join({" ", node.op, " "})) != std::string_view::npos ||
         ((node.op == "Add" || node.op == "Attention") && value < 0);
}

void check_constants(const Graph& graph) {
  for (const Node& node : graph.nodes) {
    for (const std::string& name : names_read(node)) {
      const auto found = graph.constants.find(name);
      if (found == graph.constants.end()) continue;
      const Constant& constant = found->second;
      if (!constant.problem.empty()) refuse(ErrorCode::kUnsupportedOperator, {"initialiser '", name, "' ", constant.problem});
      const auto wrong = [&node](float value) {
        return std::isnan(value) || (std::isinf(value) && !may_be_infinite(node, value));
      };
      const auto value = std::ranges::find_if(constant.floats, wrong);
      if (value == constant.floats.end()) continue;
      refuse(ErrorCode::kBadModel,
             {"initialiser '", name, "', which node '", node.name, "' (", node.op, ") reads, holds ",
              std::isnan(*value) ? "NaN" : "infinity", ": the training diverged, or the export went wrong"});
    }
  }
}

void check_batch_normalisation(const Graph& graph) {
  for (const Node& node : graph.nodes) {
    if (node.op != "BatchNormalization" || !node.domain.empty()) continue;
    if (!NodeReader(graph, node).in_training_mode()) continue;
    refuse(ErrorCode::kUnsupportedOperator,
           {"node '", node.name, "' (", node.op,
            ") uses what is not supported: training_mode: export the model in evaluation mode"});
  }
}

}  // namespace

void check_graph(const Graph& graph, Supported supported) {
  if (supported.has) check_operators(graph, supported);
  check_constants(graph);
  check_batch_normalisation(graph);
}

}  // namespace smoothgrad
