// A function's values get the node's name before their own, its inputs and outputs become those of the node; attributes by
// reference become the node's, or the function's defaults. A function goes before an operator of the same domain and name.
#include <algorithm>

#include "core/base/text.h"
#include "core/onnx/passes/passes.h"
#include "core/onnx/passes/visit.h"

namespace smoothgrad {
namespace {

constexpr int kDeepest = 32;  // of functions in functions
constexpr size_t kMostNodes = 1 << 20;

void resolve_attributes(std::vector<Node>& nodes, const std::map<std::string, Attribute>& given) {
  for (Node& node : nodes) {
    for (auto entry = node.attributes.begin(); entry != node.attributes.end();) {
      Attribute& attribute = entry->second;
      if (attribute.graph) {
        auto inner = std::make_shared<Graph>(*attribute.graph);
        resolve_attributes(inner->nodes, given);
        attribute.graph = inner;
      }
      const auto value = attribute.reference.empty() ? given.end() : given.find(attribute.reference);
      if (value != given.end()) attribute = Attribute(value->second);
      entry = attribute.reference.empty() ? std::next(entry) : node.attributes.erase(entry);
    }
  }
}

class Inlining {
 public:
  explicit Inlining(Graph& graph) : graph_(graph) {}

  void run(std::vector<Node>& nodes, int depth) {
    std::vector<Node> flat;
    for (Node& node : nodes) {
      for (auto& [name, attribute] : node.attributes) {
        if (!attribute.graph) continue;
        auto inner = std::make_shared<Graph>(*attribute.graph);
        run(inner->nodes, depth);
        attribute.graph = inner;
      }
      const Function* function = find(node);
      if (!function) {
        flat.push_back(std::move(node));
        continue;
      }
      if (depth == kDeepest || flat.size() > kMostNodes) cannot(node, "calls itself, or functions in functions without end");
      if (function->opset != 0 && function->opset != graph_.opset) {
        cannot(node, join({"is written for operator set ", function->opset, ", the model for ", graph_.opset,
                           ": convert it to one (onnx.inliner, onnx.version_converter)"}));
      }
      std::vector<Node> body = copy(*function, node);
      run(body, depth + 1);
      std::ranges::move(body, std::back_inserter(flat));
    }
    nodes = std::move(flat);
  }

 private:
  const Function* find(const Node& node) const {
    const auto found = std::ranges::find_if(graph_.functions, [&node](const Function& function) {
      return function.name == node.op && function.domain == node.domain;
    });
    return found == graph_.functions.end() ? nullptr : &*found;
  }

  std::vector<Node> copy(const Function& function, const Node& node) {
    if (node.inputs.size() > function.inputs.size() || node.outputs.size() > function.outputs.size())
      cannot(node, "has fewer inputs or outputs than the node that calls it");
    std::vector<Node> body = function.nodes;
    std::map<std::string, Attribute> attributes = node.attributes;
    attributes.insert(function.defaults.begin(), function.defaults.end());
    resolve_attributes(body, attributes);
    std::map<std::string, std::string> names;
    for (size_t i = 0; i < function.inputs.size(); ++i)
      names[function.inputs[i]] = i < node.inputs.size() ? node.inputs[i] : "";
    const std::string prefix = join({node.name, "/", count_++, "/"});
    // An input that is an output as well: the name stays the input's, and a node makes the output of it.
    for (size_t i = 0; i < node.outputs.size(); ++i) {
      if (node.outputs[i].empty()) continue;
      const auto [entry, fresh] = names.insert({function.outputs[i], node.outputs[i]});
      if (!fresh) body.push_back({node.name, "Identity", {function.outputs[i]}, {prefix + "passed"}, {}});
      if (!fresh) names[prefix + "passed"] = node.outputs[i];
    }
    rename_values(body, [&](const std::string& name) {
      const auto found = names.find(name);
      return found == names.end() ? prefix + name : found->second;
    });
    for (Node& inner : body) inner.name = join({node.name, "/", inner.name});
    return body;
  }

  [[noreturn]] static void cannot(const Node& node, const std::string& what) {
    refuse(ErrorCode::kUnsupportedOperator,
           {"node '", node.name, "': the model's function ", node.domain, node.domain.empty() ? "" : ".", node.op, " ", what});
  }

  Graph& graph_;
  size_t count_ = 0;
};

}  // namespace

void inline_functions(Graph& graph) {
  if (graph.functions.empty()) return;
  Inlining(graph).run(graph.nodes, 0);
  graph.functions.clear();
}

}  // namespace smoothgrad
