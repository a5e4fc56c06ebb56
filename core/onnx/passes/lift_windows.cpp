// Windows along one axis become windows along two, the first of one element: Conv, ConvTranspose and poolings of [N, C, L] are
// those of [N, C, 1, L].
#include <algorithm>
#include <string_view>

#include "core/base/text.h"
#include "core/onnx/passes/node_reader.h"
#include "core/onnx/passes/passes.h"

namespace smoothgrad {
namespace {

constexpr std::string_view kWindows[] = {"Conv", "ConvTranspose", "MaxPool", "AveragePool", "LpPool"};

// Attributes of one number an axis (pads: two), and what the new axis has.
struct PerAxis {
  const char* name;
  int64_t fresh;
};
constexpr PerAxis kAttributes[] = {{"kernel_shape", 1}, {"strides", 1},        {"dilations", 1},
                                   {"pads", 0},         {"output_padding", 0}, {"output_shape", 1}};

bool is_weighted(const Node& node) { return node.op == "Conv" || node.op == "ConvTranspose"; }

bool is_along_one_axis(const Graph& graph, const Node& node) {
  if (std::ranges::find(kWindows, std::string_view(node.op)) == std::end(kWindows)) return false;
  if (!node.domain.empty() || node.inputs.empty() || node.outputs.size() != 1) return false;
  const Dims* const dims = find_dims(graph, node.inputs[0]);
  return dims && dims->size() == 3;
}

// A window of one axis has so many of each of its numbers, and weights of three dimensions.
void check(const Graph& graph, const Node& node) {
  for (const auto& [name, fresh] : kAttributes) {
    const auto found = node.attributes.find(name);
    const size_t right = std::string_view(name) == "pads" ? 2 : 1;
    if (found == node.attributes.end() || found->second.ints.size() == right) continue;
    refuse(ErrorCode::kBadModel,
           {"node '", node.name, "' (", node.op, "): ", name, " has ", std::to_string(found->second.ints.size()),
            " numbers, and should have ", std::to_string(right), " for an input of three dimensions, [N, C, length]"});
  }
  if (!is_weighted(node) || node.inputs.size() < 2) return;
  const Dims* const weights = find_dims(graph, node.inputs[1]);
  if (!weights || weights->size() == 3) return;
  refuse(ErrorCode::kBadModel, {"node '", node.name, "' (", node.op, "): weights of ", std::to_string(weights->size()),
                                " dimensions for an input of three, [N, C, length]"});
}

Node moved(const char* op, const std::string& name, const std::string& from, const std::string& to) {
  Node node{name, op, {from}, {to}, {}};
  node.attributes["axes"].ints = {2};
  return node;
}

// Those of `like` with the new axis.
void add_dims(Graph& graph, const std::string& like, const std::string& name) {
  const Dims* const dims = find_dims(graph, like);
  if (!dims || dims->size() != 3) return;
  Dims two = *dims;
  two.insert(two.begin() + 2, 1);
  graph.dims[name] = std::move(two);
}

void widen(Graph& graph, Node& node) {
  for (const auto& [name, fresh] : kAttributes) {
    const auto found = node.attributes.find(name);
    if (found == node.attributes.end()) continue;
    std::vector<int64_t>& numbers = found->second.ints;
    if (std::string_view(name) == "pads") numbers.insert(numbers.begin() + 1, fresh);
    numbers.insert(numbers.begin(), fresh);
  }
  const auto weights =
      is_weighted(node) && node.inputs.size() > 1 ? graph.constants.find(node.inputs[1]) : graph.constants.end();
  if (weights == graph.constants.end() || weights->second.dims.size() != 3) return;
  Constant two = weights->second;
  two.dims.insert(two.dims.begin() + 2, 1);
  node.inputs[1] += " (along two axes)";
  graph.constants[node.inputs[1]] = std::move(two);
}

}  // namespace

void lift_windows(Graph& graph) {
  std::vector<Node> nodes;
  for (Node& node : graph.nodes) {
    if (!is_along_one_axis(graph, node)) {
      nodes.push_back(std::move(node));
      continue;
    }
    check(graph, node);
    const std::string before = node.inputs[0] + " (for '" + node.name + "')", after = node.outputs[0] + " (along two axes)";
    const std::string name = node.name;
    add_dims(graph, node.inputs[0], before);
    add_dims(graph, node.outputs[0], after);
    nodes.push_back(moved("Unsqueeze", name, node.inputs[0], before));
    Node back = moved("Squeeze", name, after, node.outputs[0]);
    node.inputs[0] = before;
    node.outputs[0] = after;
    widen(graph, node);
    nodes.push_back(std::move(node));
    nodes.push_back(std::move(back));
  }
  graph.nodes = std::move(nodes);
}

}  // namespace smoothgrad
