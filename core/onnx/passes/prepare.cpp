#include "core/onnx/passes/prepare.h"

#include "core/onnx/passes/choose_output.h"

namespace smoothgrad {

void simplify_graph(Graph& graph) {
  inline_functions(graph);
  do {
    check_names(graph);
    sort_nodes(graph);
    fold_constants(graph);
  } while (inline_branches(graph));
}

Prepared prepare_graph(Graph& graph, const PrepareOptions& options) {
  Prepared prepared;
  for (const Graph::Port& port : graph.outputs) prepared.outputs.push_back(port.name);
  simplify_graph(graph);
  if (pass_through_dynamic_quantisation(graph, prepared.notes)) simplify_graph(graph);
  pass_through_quantisation(graph, prepared.notes);
  const ChosenOutput chosen = choose_output(graph, options.output, prepared.notes);
  prepared.output = chosen.name;
  graph.outputs = {{chosen.name, {}}};
  if (!options.keep_ending) {
    prepared.ending = chosen.trace.ending;
    graph.outputs[0].name = chosen.trace.logits;
    if (!chosen.trace.what.empty()) prepared.notes.push_back("what is explained is the value before " + chosen.trace.what);
  }
  if (options.merge) merge_functions(graph);
  remove_dead_nodes(graph);
  lift_windows(graph);
  check_graph(graph, options.supported);
  return prepared;
}

}  // namespace smoothgrad
