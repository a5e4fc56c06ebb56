#include "core/network/network.h"

#include <algorithm>
#include <cmath>

#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/layers/build_state.h"
#include "core/layers/registry.h"
#include "core/network/fuse.h"
#include "core/network/randomise.h"
#include "core/onnx/parse.h"

namespace smoothgrad {
namespace {

BuildState begin(Graph& graph, Shape input) {
  BuildState state;
  state.opset = graph.opset;
  for (const Node& node : graph.nodes) {
    for (const std::string& name : node.inputs) ++state.name_readers[name];
  }
  for (const Graph::Port& port : graph.outputs) ++state.name_readers[port.name];
  state.constants = std::move(graph.constants);
  state.name_value(graph.inputs[0].name, state.add_value(input, graph.inputs[0].dims.size() == 4 ? 4 : 2));
  return state;
}

void build_node(BuildState& state, const Node& node) {
  const Operator* found = find_operator(node.op);
  if (!found) {
    throw Error(ErrorCode::kUnsupportedOperator,
                "node '" + node.name + "': operator " + node.op + " is not supported; supported are " + supported_operators());
  }
  NodeBuilder builder(state, node);
  found->build(builder);
}

// The value that is explained: the first output, before a final softmax unless that is wanted.
Value find_output(const BuildState& state, const Graph& graph, NetworkOptions options) {
  const std::string& name = graph.outputs[0].name;
  const auto found = state.values.find(name);
  if (found == state.values.end()) throw Error(ErrorCode::kBadModel, "no node makes the output '" + name + "'");
  int id = found->second.id;
  if (!options.keep_softmax && id > 0) {
    const BuildState::Step& last = state.steps[static_cast<size_t>(id - 1)];
    if (last.layer->role() == Role::kSoftmax) id = last.inputs[0];
  }
  if (id == 0) throw Error(ErrorCode::kBadModel, "the output '" + name + "' is the input");
  const Shape shape = found->second.shape;
  if (shape.pixels() != 1) {
    throw Error(ErrorCode::kUnsupportedOperator, "the output '" + name + "' is an image of " + std::to_string(shape.height) +
                                                     " x " + std::to_string(shape.width) + "; one score a class is needed");
  }
  return {id, shape, found->second.rank};
}

// Numbers that the values have once those which the output does not need are gone; -1 for the latter.
std::vector<int> renumber(const BuildState& state, int output) {
  std::vector<bool> needed(state.made.size(), false);
  needed[static_cast<size_t>(output)] = true;
  for (size_t id = state.made.size() - 1; id > 0; --id) {
    if (!needed[id]) continue;
    for (int input : state.steps[id - 1].inputs) needed[static_cast<size_t>(input)] = true;
  }
  if (!needed[0]) throw Error(ErrorCode::kBadModel, "the output does not depend on the input");
  std::vector<int> numbers(needed.size(), -1);
  int next = 0;
  for (size_t id = 0; id < needed.size(); ++id) {
    if (needed[id]) numbers[id] = next++;
  }
  return numbers;
}

// Infinities have their uses, as bounds; what is no number has none, and would be in every result.
void refuse_no_numbers(const Graph& graph) {
  for (const auto& [name, constant] : graph.constants) {
    const auto found = std::ranges::find_if(constant.floats, [](float value) { return std::isnan(value); });
    if (found == constant.floats.end()) continue;
    throw Error(ErrorCode::kBadModel, "initialiser '" + name + "' has NaN at element " +
                                          std::to_string(found - constant.floats.begin()) +
                                          ": the file is damaged, or the training had diverged; export a sound one");
  }
}

}  // namespace

Network::Network(Graph graph, NetworkOptions options, uint64_t digest)
    : input_(read_input(graph, options.size)),
      weighted_layers_(count_weighted_layers(graph)),
      metadata_(graph.metadata),
      digest_(digest) {
  BuildState state = begin(graph, input_.shape);
  for (const Node& node : graph.nodes) build_node(state, node);
  const Value output = find_output(state, graph, options);
  classes_ = output.shape.channels;
  if (options.fuse) fuse_inverted_residuals(state);
  const std::vector<int> numbers = renumber(state, output.id);
  state.constants.clear();
  for (size_t i = 0; i < state.steps.size(); ++i) {
    if (numbers[i + 1] < 0) continue;
    BuildState::Step& step = state.steps[i];
    for (int& input : step.inputs) input = numbers[static_cast<size_t>(input)];
    step.layer->finish();
    weight_bytes_ += step.layer->weight_bytes();
    steps_.push_back({std::move(step.name), std::move(step.layer), std::move(step.inputs)});
  }
}

Network::~Network() = default;

std::shared_ptr<const Network> load_network(std::vector<std::byte> onnx, NetworkOptions options) {
  Graph graph = parse_onnx(onnx);
  refuse_no_numbers(graph);
  randomise_weights(graph, options.randomised_layers, options.randomisation_seed);
  const uint64_t identity[] = {digest(onnx), options.keep_softmax, static_cast<uint64_t>(options.randomised_layers),
                               options.randomised_layers ? options.randomisation_seed : 0};
  std::vector<std::byte>().swap(onnx);
  return std::make_shared<const Network>(std::move(graph), options, digest(std::as_bytes(std::span(identity))));
}

}  // namespace smoothgrad
