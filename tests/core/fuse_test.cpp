// A network with fused blocks gives what its layers give one by one, forward and backward by every rule.
#include <algorithm>

#include "catch_amalgamated.hpp"
#include "core/network/workspace.h"
#include "tests/core/npy.h"

namespace smoothgrad {
namespace {

std::shared_ptr<const Network> load(const std::string& model, bool fuse) {
  NetworkOptions options;
  options.fuse = fuse;
  return load_network(test::read_bytes(model), options);
}

size_t fused_blocks(const Network& network) {
  return static_cast<size_t>(std::ranges::count_if(
      network.steps(), [](const Network::Step& step) { return step.layer->kind() == "inverted-residual"; }));
}

std::vector<float> gradient(const std::shared_ptr<const Network>& network, const std::vector<float>& input, int target,
                            Rule rule) {
  Workspace workspace(network);
  std::ranges::copy(input, workspace.input().begin());
  workspace.forward();
  std::vector<float> seed(static_cast<size_t>(network->classes()), 0.f);
  seed[static_cast<size_t>(target)] = 1;
  const auto result = workspace.backward(seed, rule);
  return {result.begin(), result.end()};
}

std::vector<float> logits(const std::shared_ptr<const Network>& network, const std::vector<float>& input) {
  Workspace workspace(network);
  std::ranges::copy(input, workspace.input().begin());
  const auto result = workspace.forward();
  return {result.begin(), result.end()};
}

TEST_CASE("fused blocks of EfficientNet-Lite0 equal their layers", "[network][reference]") {
  const std::string model = "models/efficientnet-lite0.onnx";
  const auto fused = load(model, true), apart = load(model, false);
  CHECK(fused_blocks(*fused) == 16);
  CHECK(fused_blocks(*apart) == 0);
  const auto input =
      test::channels_last(test::read_npy<float>("tests/reference/efficientnet-lite0/input.npy").data, fused->input_shape());
  CHECK(test::relative_error(logits(fused, input), logits(apart, input)) < 1e-5);
  for (Rule rule : {Rule::kGradient, Rule::kGuided, Rule::kDeconvnet}) {
    CHECK(test::relative_error(gradient(fused, input, 282, rule), gradient(apart, input, 282, rule)) < 1e-4);
  }
}

}  // namespace
}  // namespace smoothgrad
