#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/onnx/passes/passes.h"
#include "core/onnx/passes/visit.h"

namespace smoothgrad {
namespace {

[[noreturn]] void unsupported(const std::string& what) { throw Error(ErrorCode::kUnsupportedOperator, what); }

std::string operator_name(const Node& node) { return node.domain.empty() ? node.op : node.domain + "." + node.op; }

// All operators that are not there, in the order in which they come first.
void check_operators(const Graph& graph, Supported supported) {
  std::vector<std::pair<std::string, int>> missing;
  const Node* first = nullptr;
  for (const Node& node : graph.nodes) {
    if (node.domain.empty() && supported.has(node.op)) continue;
    if (!first) first = &node;
    const std::string name = operator_name(node);
    const auto entry = std::ranges::find(missing, name, &std::pair<std::string, int>::first);
    if (entry == missing.end())
      missing.push_back({name, 1});
    else
      ++entry->second;
  }
  if (!first) return;
  if (missing.size() == 1 && missing[0].second == 1) {
    unsupported("node '" + first->name + "': operator " + missing[0].first + " is not supported; supported are " +
                supported.all());
  }
  std::string list;
  for (const auto& [name, count] : missing) list += (list.empty() ? "" : ", ") + name + " (" + std::to_string(count) + ")";
  unsupported("node '" + first->name + "' is the first with an operator that is not supported; missing are " + list +
              "; supported are " + supported.all());
}

// Bounds and masks may be infinite: what is cut off by them, or never chosen, is no number that is computed with.
bool may_be_infinite(const Node& node, float value) {
  constexpr std::string_view kBounds = " Clip Pad Where Min Max ";
  return kBounds.find(' ' + node.op + ' ') != std::string_view::npos || (node.op == "Add" && value < 0);
}

void check_constants(const Graph& graph) {
  for (const Node& node : graph.nodes) {
    for (const std::string& name : names_read(node)) {
      const auto found = graph.constants.find(name);
      if (found == graph.constants.end()) continue;
      const Constant& constant = found->second;
      if (!constant.problem.empty()) unsupported("initialiser '" + name + "' " + constant.problem);
      const auto wrong = [&node](float value) {
        return std::isnan(value) || (std::isinf(value) && !may_be_infinite(node, value));
      };
      const auto value = std::ranges::find_if(constant.floats, wrong);
      if (value == constant.floats.end()) continue;
      throw Error(ErrorCode::kBadModel, "initialiser '" + name + "', which node '" + node.name + "' (" + node.op +
                                            ") reads, holds " + (std::isnan(*value) ? "NaN" : "infinity") +
                                            ": the training diverged, or the export went wrong");
    }
  }
}

// Before operator set 14 it is in training mode where it has more outputs than one.
void check_batch_normalisation(const Graph& graph) {
  for (const Node& node : graph.nodes) {
    if (node.op != "BatchNormalization" || !node.domain.empty()) continue;
    const auto mode = node.attributes.find("training_mode");
    const bool more = graph.opset < 14 &&
                      std::ranges::count(node.outputs, std::string()) + 1 < static_cast<std::ptrdiff_t>(node.outputs.size());
    if (!more && (mode == node.attributes.end() || mode->second.i == 0)) continue;
    unsupported("node '" + node.name + "' (" + node.op + ") uses what is not supported: " +
                (more ? "several outputs, that is training mode" : "training_mode") + ": export the model in evaluation mode");
  }
}

}  // namespace

void check_graph(const Graph& graph, Supported supported) {
  if (supported.has) check_operators(graph, supported);
  check_constants(graph);
  check_batch_normalisation(graph);
}

}  // namespace smoothgrad
