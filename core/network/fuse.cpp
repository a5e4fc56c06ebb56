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
  int input, expanded, filtered, gated, projected, added;
  std::vector<size_t> squeeze;  // steps from the mean of what is filtered to what scales it
  int last() const { return added > 0 ? added : projected; }
};

bool is_pointwise(const Convolution* conv) { return conv && conv->pointwise() && conv->geometry().groups == 1; }

// Squeeze and excitation: the mean of all pixels, layers on it one after the other, and what they make times the image.
void find_gate(const BuildState& state, Block& block) {
  const auto of_role = [&](Role role) {
    return std::ranges::find_if(state.steps, [&](const BuildState::Step& step) {
      return step.layer && step.layer->role() == role && std::ranges::count(step.inputs, block.filtered) == 1;
    });
  };
  const auto mean = of_role(Role::kMean), product = of_role(Role::kGate);
  if (mean == state.steps.end() || product == state.steps.end() || state.readers[static_cast<size_t>(block.filtered)] != 2)
    return;
  const auto index = [&](auto step) { return static_cast<size_t>(step - state.steps.begin()); };
  std::vector<size_t> squeeze;
  int id = static_cast<int>(index(mean)) + 1;
  for (;;) {
    const auto next = only_reader(state, id);
    if (!next) return;
    if (*next == index(product)) break;
    const BuildState::Step& step = state.steps[*next];
    if (!step.layer || step.inputs.size() != 1 || step.layer->output().pixels() != 1) return;
    squeeze.push_back(*next);
    id = static_cast<int>(*next) + 1;
  }
  if (squeeze.empty()) return;
  block.gated = static_cast<int>(index(product)) + 1;
  block.squeeze = std::move(squeeze);
}

std::optional<Block> find_block(const BuildState& state, size_t depthwise_step) {
  const Convolution* depthwise = convolution_of(state, static_cast<int>(depthwise_step) + 1);
  if (!depthwise || !depthwise->depthwise()) return std::nullopt;
  Block block{state.steps[depthwise_step].inputs[0], 0, static_cast<int>(depthwise_step) + 1, 0, 0, 0, {}};
  if (is_pointwise(convolution_of(state, block.input)) && only_reader(state, block.input)) {
    block.expanded = block.input;
    block.input = state.steps[static_cast<size_t>(block.expanded - 1)].inputs[0];
  }
  find_gate(state, block);
  const auto project = only_reader(state, block.gated > 0 ? block.gated : block.filtered);
  if (!project) return std::nullopt;
  block.projected = static_cast<int>(*project) + 1;
  const Convolution* projection = convolution_of(state, block.projected);
  if (!is_pointwise(projection) || projection->activates()) return std::nullopt;
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
  BlockOptions options;
  options.inputs = input.channels;
  options.outputs = output.channels;
  options.depthwise = depthwise.geometry();
  if (expand) options.expand_clamp = expand->clamp(), options.expand_smooth = expand->smooth();
  options.depthwise_clamp = depthwise.clamp();
  options.depthwise_smooth = depthwise.smooth();
  options.expands = expand != nullptr;
  options.residual = block.added > 0;
  options.gated = block.gated > 0;
  if (!StripedBlock::covers(options)) return;
  const std::vector<float> filters = channels_innermost(depthwise.weights(), static_cast<size_t>(depthwise.output().channels));
  BlockWeights weights;
  if (expand) weights.expand = expand->weights(), weights.expand_bias = expand->bias();
  weights.depthwise = filters, weights.depthwise_bias = depthwise.bias();
  weights.project = project.weights(), weights.project_bias = project.bias();
  const int64_t multiply_adds = (expand ? expand->multiply_adds() : 0) + depthwise.multiply_adds() + project.multiply_adds();
  BuildState::Step& last = state.steps[static_cast<size_t>(block.last() - 1)];
  std::vector<std::unique_ptr<Layer>> squeeze;
  for (size_t step : block.squeeze) squeeze.push_back(std::move(state.steps[step].layer));
  last.layer = std::make_unique<InvertedResidualLayer>(options, weights, input, output, multiply_adds, std::move(squeeze));
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
