// Walks the nodes in order: a node whose result is known becomes a constant, of the others the dimensions are found.
#include <algorithm>
#include <map>

#include "core/base/text.h"
#include "core/onnx/passes/folds.h"
#include "core/onnx/passes/infer_dims.h"
#include "core/onnx/passes/passes.h"
#include "core/onnx/passes/view_of.h"
#include "core/onnx/passes/visit.h"

namespace smoothgrad {
namespace {

// The tensor of a Constant node, whichever of its attributes has it.
Constant of_constant_node(const Node& node) {
  Constant made;
  for (const auto& [name, attribute] : node.attributes) {
    if (name == "value" || name == "sparse_value") return attribute.tensor;
    if (name == "value_float") made.floats = {attribute.f};
    if (name == "value_floats") made.floats = attribute.floats;
    if (name == "value_int") made.ints = {attribute.i};
    if (name == "value_ints") made.ints = attribute.ints;
    made.integer |= name.starts_with("value_int");
    if (name.ends_with('s')) made.dims = {static_cast<int64_t>(made.size())};
    if (attribute.text) made.problem = join({"of node '", node.name, "' (Constant) is text (attribute '", name, "')"});
  }
  if (node.attributes.empty()) made.problem = join({"of node '", node.name, "' (Constant) has no value"});
  return made;
}

class Folding {
 public:
  explicit Folding(Graph& graph) : graph_(graph) {
    graph.dims.clear();
    for (const Node& node : graph.nodes) {
      for (const std::string& name : names_read(node)) ++readers_[name];
    }
    for (const Graph::Port& port : graph.outputs) ++readers_[port.name];
    for (const Graph::Port& port : graph.inputs) add_input(port);
  }

  void run() {
    std::vector<Node> left;
    for (Node& node : graph_.nodes) {
      if (fold(node)) {
        for (const std::string& name : names_read(node)) release(name);
      } else {
        find_dims(node);
        left.push_back(std::move(node));
      }
    }
    graph_.nodes = std::move(left);
  }

 private:
  void add_input(const Graph::Port& port) {
    Dims dims = port.dims;
    if (!dims.empty()) dims[0] = 1;  // the batch, whatever it is
    if (dims.size() > 1 && element_count(dims)) graph_.dims[port.name] = dims;
  }

  bool fold(Node& node) {
    if (!node.domain.empty() || node.outputs.empty() || node.outputs[0].empty()) return false;
    const NodeReader reader(graph_, node);
    if (node.op == "Constant") return keep(node, of_constant_node(node));
    if (move(node, reader)) return true;
    for (const auto family : {fold_shape, fold_arithmetic, fold_gather, fold_scatter, fold_reduction, fold_product,
                              fold_batch_normalization, fold_quantised}) {
      if (Folded made = family(reader)) return keep(node, std::move(*made));
    }
    return false;
  }

  bool keep(const Node& node, Constant made) {
    graph_.constants[node.outputs[0]] = std::move(made);
    return true;
  }

  // Weights are large: where nothing else reads them, their numbers are taken over rather than copied.
  bool move(const Node& node, const NodeReader& reader) {
    const bool float_cast = node.op == "Cast" && is_floating(static_cast<int>(reader.integer("to", 0)));
    const Constant* from = reader.constant(0);
    if (!from || (float_cast && from->integer)) return false;
    for (size_t k = 0; k < node.outputs.size(); ++k) {
      const auto view = float_cast ? whole(from->dims) : view_of(reader, from->dims, k);
      if (!view && k == 0) return false;
      if (!view || node.outputs[k].empty()) continue;
      const bool all = in_order(*view) && element_count(view->dims) == from->size();
      if (k == 0 && node.outputs.size() == 1 && all && readers_[node.inputs[0]] == 1) {
        Constant moved = std::move(graph_.constants.at(node.inputs[0]));
        moved.dims = view->dims;
        if (float_cast) moved.type = static_cast<int>(reader.integer("to", 0));
        return keep(node, std::move(moved));
      }
      graph_.constants[node.outputs[k]] = pick(*from, *view);
    }
    return true;
  }

  void release(const std::string& name) {
    if (--readers_[name] == 0) graph_.constants.erase(name);
  }

  void find_dims(const Node& node) {
    const NodeReader reader(graph_, node);
    for (size_t k = 0; k < node.outputs.size(); ++k) {
      const auto dims = infer_dims(reader, k);
      if (dims) graph_.dims[node.outputs[k]] = *dims;
    }
  }

  Graph& graph_;
  std::map<std::string, int> readers_;
};

}  // namespace

void fold_constants(Graph& graph) { Folding(graph).run(); }

}  // namespace smoothgrad
