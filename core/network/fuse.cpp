#include "core/network/fuse.h"

#include <algorithm>

#include "core/layers/convolution.h"
#include "core/layers/inverted_residual.h"

namespace smoothgrad {
namespace {

const Convolution* convolution_of(const BuildState& state, int id) {
  return id > 0 ? dynamic_cast<const Convolution*>(state.steps[static_cast<size_t>(id - 1)].layer.get()) : nullptr;
}

// The one step that reads a value, or nothing when several do or it is the network's output.
std::optional<size_t> only_reader(const BuildState& state, int id) {
  if (state.readers[static_cast<size_t>(id)] != 1) return std::nullopt;
  const auto reads = [id](const BuildState::Step& step) { return std::ranges::find(step.inputs, id) != step.inputs.end(); };
  const auto step = std::ranges::find_if(state.steps, reads);
  return step == state.steps.end() ? std::nullopt : std::optional(static_cast<size_t>(step - state.steps.begin()));
}

// A block around one depthwise convolution: ids of the values that its layers make, 0 where there is no such layer.
struct Block {
  int input, expanded, filtered, projected, added;
  int last() const { return added > 0 ? added : projected; }
};

bool is_pointwise(const Convolution* conv) { return conv && conv->pointwise() && conv->geometry().groups == 1; }

std::optional<Block> find_block(const BuildState& state, size_t depthwise_step) {
  const Convolution* depthwise = convolution_of(state, static_cast<int>(depthwise_step) + 1);
  if (!depthwise || !depthwise->depthwise()) return std::nullopt;
  Block block{state.steps[depthwise_step].inputs[0], 0, static_cast<int>(depthwise_step) + 1, 0, 0};
  if (is_pointwise(convolution_of(state, block.input)) && only_reader(state, block.input)) {
    block.expanded = block.input;
    block.input = state.steps[static_cast<size_t>(block.expanded - 1)].inputs[0];
  }
  const auto project = only_reader(state, block.filtered);
  if (!project) return std::nullopt;
  block.projected = static_cast<int>(*project) + 1;
  const Convolution* projection = convolution_of(state, block.projected);
  if (!is_pointwise(projection) || projection->clamp() != Clamp{}) return std::nullopt;
  if (const auto add = only_reader(state, block.projected)) {
    const BuildState::Step& step = state.steps[*add];
    const bool of_input = std::ranges::count(step.inputs, block.input) == 1 && step.inputs.size() == 2;
    const bool same_shape = projection->output() == memory_shape(state.made[static_cast<size_t>(block.input)]);
    if (step.layer->role() == Role::kSum && of_input && same_shape) block.added = static_cast<int>(*add) + 1;
  }
  return block;
}

// [C, 1, K, K] -> [K, K, C]
std::vector<float> channels_innermost(std::span<const float> weights, size_t channels) {
  std::vector<float> moved(weights.size());
  const size_t taps = weights.size() / channels;
  for (size_t c = 0; c < channels; ++c) {
    for (size_t t = 0; t < taps; ++t) moved[t * channels + c] = weights[c * taps + t];
  }
  return moved;
}

void fuse(BuildState& state, const Block& block) {
  const Convolution* expand = convolution_of(state, block.expanded);
  const Convolution& depthwise = *convolution_of(state, block.filtered);
  const Convolution& project = *convolution_of(state, block.projected);
  const Shape input = memory_shape(state.made[static_cast<size_t>(block.input)]), output = project.output();
  InvertedResidual::Options options;
  options.inputs = input.channels;
  options.outputs = output.channels;
  options.depthwise = depthwise.geometry();
  options.expand_clamp = expand ? expand->clamp() : Clamp{};
  options.depthwise_clamp = depthwise.clamp();
  options.expands = expand != nullptr;
  options.residual = block.added > 0;
  if (!InvertedResidual::covers(options)) return;
  const std::vector<float> filters = channels_innermost(depthwise.weights(), static_cast<size_t>(depthwise.output().channels));
  InvertedResidualWeights weights;
  if (expand) weights.expand = expand->weights(), weights.expand_bias = expand->bias();
  weights.depthwise = filters, weights.depthwise_bias = depthwise.bias();
  weights.project = project.weights(), weights.project_bias = project.bias();
  const int64_t multiply_adds = (expand ? expand->multiply_adds() : 0) + depthwise.multiply_adds() + project.multiply_adds();
  BuildState::Step& last = state.steps[static_cast<size_t>(block.last() - 1)];
  last.layer = std::make_unique<InvertedResidualLayer>(options, weights, input, output, multiply_adds);
  last.inputs = {block.input};
  // What it replaces is not read any more, and its weights would be in memory twice.
  for (int id : {block.expanded, block.filtered, block.projected}) {
    if (id > 0 && id != block.last()) state.steps[static_cast<size_t>(id - 1)].layer.reset();
  }
}

}  // namespace

void fuse_inverted_residuals(BuildState& state) {
  for (size_t step = 0; step < state.steps.size(); ++step) {
    if (const std::optional<Block> block = find_block(state, step)) fuse(state, *block);
  }
}

}  // namespace smoothgrad
