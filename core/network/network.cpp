#include "core/network/network.h"

#include <algorithm>

#include "core/base/digest.h"
#include "core/base/order.h"
#include "core/base/text.h"
#include "core/layers/build_state.h"
#include "core/layers/registry.h"
#include "core/network/fuse.h"
#include "core/network/randomise.h"
#include "core/onnx/passes/prepare.h"

namespace smoothgrad {
namespace {

Prepared prepare(Graph& graph, const NetworkOptions& options) {
  const auto has = [](std::string_view op) { return find_operator(op) != nullptr; };
  return prepare_graph(graph, {options.output, options.keep_softmax, options.fuse, {has, supported_operators}});
}

// As the caller says, who may not say otherwise than the file.
void choose_ending(Prepared& prepared, const NetworkOptions& options) {
  if (options.ending == Ending::kNone) return;
  const auto name = [](Ending ending) { return ending == Ending::kSigmoid ? "sigmoid" : "softmax"; };
  if (options.keep_softmax) refuse(ErrorCode::kBadOption, {"ending is of logits, keepSoftmax leaves probabilities: not both"});
  if (prepared.ending != Ending::kNone && prepared.ending != options.ending) {
    refuse(ErrorCode::kBadOption,
           {"ending '", name(options.ending), "' is not for this model: its file ends in a ", name(prepared.ending)});
  }
  prepared.ending = options.ending;
}

// A value in place of what a node would make, so that the nodes behind it can be looked at; false where its shape is not known.
bool stand_in(BuildState& state, const Graph& graph, const Node& node) {
  const auto found = node.outputs.empty() ? graph.dims.end() : graph.dims.find(node.outputs[0]);
  if (found == graph.dims.end()) return false;
  const Dims& dims = found->second;
  if (element_count(dims).value_or(0) == 0) return false;
  const Value value = state.add_value(laid_out(dims, dims.size() == 4 ? kChannelsLast : row_major(dims.size())));
  state.steps.push_back({node.name, nullptr, {}});
  state.name_value(node.outputs[0], value);
  return true;
}

// Throws what the first node that cannot be had says, and then counts the others, as far as they can be looked at.
void build_nodes(BuildState& state, const Graph& graph) {
  std::string first;
  std::map<std::string, int> others;
  for (const Node& node : graph.nodes) {
    try {
      NodeBuilder builder(state, node);
      find_operator(node.op)->build(builder);
    } catch (const Error& error) {
      const bool unsupported = error.code() == ErrorCode::kUnsupportedOperator;
      if (first.empty() && !unsupported) throw;
      if (first.empty())
        first = error.what();
      else if (unsupported)
        ++others[node.op];
      if (!stand_in(state, graph, node)) break;
    }
  }
  if (first.empty()) return;
  for (const auto& [op, count] : others) {
    first += op == others.begin()->first ? "; nor are these as they are used: " : ", ";
    first += op + " (" + std::to_string(count) + ")";
  }
  refuse(ErrorCode::kUnsupportedOperator, {first});
}

// The value that is explained.
Value find_output(BuildState& state, const Graph& graph) {
  const std::string& name = graph.outputs[0].name;
  const auto found = state.values.find(name);
  if (found == state.values.end() && graph.constants.contains(name))
    refuse(ErrorCode::kBadModel, {"the output does not depend on the input: '", name, "' is constant"});
  if (found == state.values.end()) refuse(ErrorCode::kBadModel, {"no node makes the output '", name, "'"});
  const Value& value = found->second;
  if (value.id == 0) refuse(ErrorCode::kBadModel, {"the output '", name, "' is the input"});
  if (std::ranges::count_if(value.dims(), [](int64_t dim) { return dim != 1; }) > 1) {
    refuse(ErrorCode::kUnsupportedOperator,
           {"the output '", name, "' is of ", show(value.dims()), "; one score a class is needed"});
  }
  return state.ordered(value, row_major(value.rank()), name);
}

// Numbers that the values have once those which the output does not need are gone; -1 for the latter.
std::vector<int> renumber(const BuildState& state, int output) {
  std::vector<bool> needed(state.made.size(), false);
  needed[static_cast<size_t>(output)] = true;
  for (size_t id = state.made.size() - 1; id > 0; --id) {
    if (!needed[id]) continue;
    for (int input : state.steps[id - 1].inputs) needed[static_cast<size_t>(input)] = true;
  }
  if (!needed[0]) refuse(ErrorCode::kBadModel, {"the output does not depend on the input"});
  std::vector<int> numbers(needed.size(), -1);
  int next = 0;
  for (size_t id = 0; id < needed.size(); ++id) {
    if (needed[id]) numbers[id] = next++;
  }
  return numbers;
}

// The largest layer first: while it is packed its weights are there three times, and so the others had better not be twice yet.
void pack_weights(const BuildState& state, const std::vector<int>& numbers, PackingListener packing) {
  std::vector<Layer*> layers;
  size_t total = 0, packed = 0;
  for (size_t i = 0; i < state.steps.size(); ++i) {
    if (numbers[i + 1] < 0) continue;
    layers.push_back(state.steps[i].layer.get());
    total += layers.back()->weight_bytes();
  }
  const auto larger = [&](size_t a, size_t b) { return layers[a]->weight_bytes() > layers[b]->weight_bytes(); };
  for (const size_t i : order_by(layers.size(), larger)) {
    Layer* const layer = layers[i];
    packed += layer->weight_bytes();
    layer->finish();
    packing(packed, total);
  }
}

}  // namespace

Network::Network(Graph graph, const NetworkOptions& options, uint64_t digest, PackingListener packing)
    : summary_(summarise(graph)),
      input_(read_input(graph, options.size)),
      prepared_(prepare(graph, options)),
      own_ending_(prepared_.ending),
      weighted_layers_(count_weighted_layers(graph)),
      metadata_(graph.metadata),
      digest_(digest) {
  choose_ending(prepared_, options);
  randomise_weights(graph, options.randomised_layers, options.randomisation_seed);
  BuildState state(graph, input_.channels_last);
  try {
    build_nodes(state, graph);
  } catch (const Error& error) {
    if (input_.scale == 1) throw;
    refuse(error.code(), {error.what(), "; it may be that the network takes photos of its own size alone: leave size out"});
  }
  const Value output = find_output(state, graph);
  classes_ = static_cast<int>(output.size());
  if (options.fuse) fuse_inverted_residuals(state);
  const std::vector<int> numbers = renumber(state, output.id);
  graph.constants.clear();
  pack_weights(state, numbers, packing);
  for (size_t i = 0; i < state.steps.size(); ++i) {
    if (numbers[i + 1] < 0) continue;
    BuildState::Step& step = state.steps[i];
    for (int& input : step.inputs) input = numbers[static_cast<size_t>(input)];
    weight_bytes_ += step.layer->weight_bytes();
    steps_.push_back({std::move(step.name), std::move(step.layer), std::move(step.inputs), std::move(state.made[i + 1])});
  }
}

Network::~Network() = default;

std::shared_ptr<const Network> load_network(std::vector<std::byte> onnx, const NetworkOptions& options,
                                            std::map<std::string, std::vector<std::byte>> files, PackingListener packing) {
  Graph graph = parse_onnx(onnx, {files.begin(), files.end()});
  std::vector<uint64_t> identity = {digest(onnx), options.keep_softmax, static_cast<uint64_t>(options.randomised_layers),
                                    options.randomised_layers ? options.randomisation_seed : 0};
  if (!options.output.empty()) identity.push_back(digest(std::as_bytes(std::span(options.output))));
  if (options.size.height > 0) {
    identity.push_back(static_cast<uint64_t>(options.size.height) << 32 | static_cast<uint64_t>(options.size.width));
  }
  if (options.ending != Ending::kNone) identity.push_back(static_cast<uint64_t>(options.ending));
  for (const auto& [name, bytes] : files) identity.push_back(digest(bytes));
  std::vector<std::byte>().swap(onnx);
  files.clear();
  return std::make_shared<const Network>(std::move(graph), options, digest(std::as_bytes(std::span(identity))), packing);
}

}  // namespace smoothgrad
