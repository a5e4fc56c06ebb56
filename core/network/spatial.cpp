#include "core/network/spatial.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "core/layers/value.h"

namespace smoothgrad {
namespace {

// Tokens [1, T, C], side by side as the input's pixels are, the first of them perhaps that of the whole.
std::optional<SpatialOutput> tokens_of(int64_t tokens, int64_t channels, Shape input) {
  const int64_t common = std::gcd(input.height, input.width), rows = input.height / common, cols = input.width / common;
  for (const int64_t first : {0, 1}) {
    const int64_t scale = std::llround(std::sqrt(static_cast<double>(tokens - first) / static_cast<double>(rows * cols)));
    if (scale < 1 || scale * scale * rows * cols != tokens - first) continue;
    return SpatialOutput{0,
                         {static_cast<int>(scale * rows), static_cast<int>(scale * cols), static_cast<int>(channels)},
                         static_cast<size_t>(first * channels)};
  }
  return std::nullopt;
}

std::optional<SpatialOutput> grid_of(const StridedView& view, Shape input) {
  const std::vector<int64_t>& dims = view.dims;
  if (dims.size() < 3 || dims[0] != 1) return std::nullopt;
  const auto lies = [&view](const AxisOrder& order) { return lies_in(view, order); };
  const auto image = [](int64_t height, int64_t width, int64_t channels) {
    return SpatialOutput{0, {static_cast<int>(height), static_cast<int>(width), static_cast<int>(channels)}};
  };
  if (dims.size() == 3) return lies({0, 1, 2}) ? tokens_of(dims[1], dims[2], input) : std::nullopt;
  if (dims.size() != 4) return std::nullopt;
  if (lies(kChannelsLast)) {
    // Of nearly the input's proportions: what was averaged along an axis, or is a line of channels, is no image.
    const bool line = dims[2] == 1 || dims[3] == 1;
    const int64_t most = line ? 1 : 3, tall = dims[2] * input.width, wide = dims[3] * input.height;
    if (tall <= most * wide && wide <= most * tall) return image(dims[2], dims[3], dims[1]);
  }
  if (lies({0, 1, 2, 3}) && dims[1] * input.width == dims[2] * input.height) return image(dims[1], dims[2], dims[3]);
  return std::nullopt;
}

// By value: whether a product of matrices reads it, or what is made of it.
std::vector<bool> before_products(const Network& network) {
  std::vector<bool> before(network.steps().size() + 1, false);
  for (size_t i = network.steps().size(); i-- > 0;) {
    const Network::Step& step = network.steps()[i];
    for (int input : step.inputs) {
      if (before[i + 1] || step.layer->role() == Role::kProduct) before[static_cast<size_t>(input)] = true;
    }
  }
  return before;
}

// Steps that make scores of attention, [1, T, T]: from a product of queries and keys, element by element, to a softmax.
std::vector<bool> find_scores(const Network& network) {
  const size_t count = network.steps().size();
  const auto same = [&network](const Network::Step& step, int input) {
    return input > 0 && network.steps()[static_cast<size_t>(input) - 1].view.dims == step.view.dims;
  };
  std::vector<bool> of_product(count + 1, false), wanted(count + 1, false), scores(count, false);  // the first two: by value
  for (size_t i = 0; i < count; ++i) {
    const Network::Step& step = network.steps()[i];
    const auto follows = [&](int input) { return same(step, input) && of_product[static_cast<size_t>(input)]; };
    const bool elementwise = step.layer->multiply_adds() == 0 && std::ranges::any_of(step.inputs, follows);
    of_product[i + 1] = step.layer->role() == Role::kProduct || elementwise;
  }
  for (size_t i = count; i-- > 0;) {
    const Network::Step& step = network.steps()[i];
    scores[i] = of_product[i + 1] && (wanted[i + 1] || step.layer->role() == Role::kSoftmax);
    if (!scores[i] || step.layer->role() == Role::kProduct) continue;
    for (int input : step.inputs) {
      if (same(step, input)) wanted[static_cast<size_t>(input)] = true;
    }
  }
  return scores;
}

}  // namespace

std::vector<SpatialOutput> spatial_outputs(const Network& network) {
  std::vector<SpatialOutput> outputs;
  const std::vector<bool> mixed = before_products(network), scores = find_scores(network);
  for (size_t i = 0; i < network.steps().size(); ++i) {
    const Network::Step& step = network.steps()[i];
    std::optional<SpatialOutput> found = grid_of(step.view, network.input_shape());
    if (!found || step.inputs.empty() || scores[i] || found->shape.pixels() < 2) continue;
    if (found->first > 0 && !mixed[i + 1]) continue;
    found->step = static_cast<int>(i);
    outputs.push_back(*found);
  }
  return outputs;
}

}  // namespace smoothgrad
