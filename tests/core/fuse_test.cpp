// A network with fused blocks gives what its layers give one by one, forward and backward by every rule.
#include <algorithm>

#include "catch_amalgamated.hpp"
#include "tests/core/npy.h"
#include "tests/core/one_node.h"
#include "tests/core/passes.h"

namespace smoothgrad {
namespace {

using test::gradient;
using test::logits;

std::shared_ptr<const Network> load(const std::string& model, bool fuse) {
  NetworkOptions options;
  options.fuse = fuse;
  return load_network(test::read_bytes(model), options);
}

size_t fused_blocks(const Network& network) {
  return static_cast<size_t>(std::ranges::count_if(
      network.steps(), [](const Network::Step& step) { return step.layer->kind() == "inverted-residual"; }));
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

struct RandomBlock {
  int64_t height, width, inputs, wide, outputs, kernel, stride, pad_before, pad_after;
  bool expands = true, adds = false;
};

// Clip -> convolution 1x1 -> Clip -> depthwise -> Clip -> convolution 1x1 (-> plus the block's input) -> mean of the pixels.
Graph graph_of(const RandomBlock& b) {
  using namespace test;
  Graph graph;
  graph.opset = 17;
  graph.nodes.push_back({"first", "Clip", {"x", "lo", "hi"}, {"in"}, {}});
  std::string last = "in";
  const auto activated = [&](const std::string& name, std::vector<std::string> reads,
                             std::map<std::string, Attribute> attributes) {
    graph.nodes.push_back({name, "Conv", std::move(reads), {name + "_sum"}, std::move(attributes)});
    graph.nodes.push_back({name + "_clip", "Clip", {name + "_sum", "lo", "hi"}, {name}, {}});
    last = name;
  };
  if (b.expands) activated("expand", {"in", "w1", "b1"}, {});
  activated("filter", {last, "w2", "b2"},
            {{"pads", list({b.pad_before, b.pad_before, b.pad_after, b.pad_after})},
             {"strides", list({b.stride, b.stride})},
             {"group", number(b.wide)}});
  graph.nodes.push_back({"project", "Conv", {"filter", "w3", "b3"}, {"projected"}, {}});
  last = "projected";
  if (b.adds) {
    graph.nodes.push_back({"add", "Add", {"projected", "in"}, {"added"}, {}});
    last = "added";
  }
  graph.nodes.push_back({"square", "Mul", {last, last}, {"squared"}, {}});
  graph.nodes.push_back({"mean", "GlobalAveragePool", {"squared"}, {"means"}, {}});
  graph.nodes.push_back({"flatten", "Flatten", {"means"}, {"y"}, {}});
  graph.constants = {{"lo", floats({}, {-0.5f})},
                     {"hi", floats({}, {0.75f})},
                     {"w1", random_constant({b.wide, b.inputs, 1, 1}, 1)},
                     {"b1", random_constant({b.wide}, 2)},
                     {"w2", random_constant({b.wide, 1, b.kernel, b.kernel}, 3)},
                     {"b2", random_constant({b.wide}, 4)},
                     {"w3", random_constant({b.outputs, b.wide, 1, 1}, 5)},
                     {"b3", random_constant({b.outputs}, 6)}};
  graph.inputs = {{"x", {1, b.inputs, b.height, b.width}}};
  graph.outputs = {{"y", {}}};
  return graph;
}

TEST_CASE("fused blocks of odd sizes equal their layers", "[network]") {
  const RandomBlock block =
      GENERATE(RandomBlock{7, 9, 8, 24, 16, 3, 1, 1, 1}, RandomBlock{15, 13, 16, 40, 16, 5, 1, 2, 2, true, true},
               RandomBlock{13, 15, 8, 48, 24, 3, 2, 0, 1}, RandomBlock{11, 7, 24, 24, 8, 5, 2, 2, 2},
               RandomBlock{9, 5, 32, 32, 16, 3, 1, 1, 1, false}, RandomBlock{3, 5, 8, 8, 8, 3, 1, 1, 1, true, true});
  CAPTURE(block.height, block.width, block.wide, block.kernel, block.stride);
  const auto fused = std::make_shared<const Network>(graph_of(block));
  const auto apart = std::make_shared<const Network>(graph_of(block), NetworkOptions{.fuse = false});
  CHECK(fused_blocks(*fused) == 1);
  CHECK(fused_blocks(*apart) == 0);
  const std::vector<float> input = test::random_floats(fused->input_shape().size(), 7);
  CHECK(test::relative_error(logits(fused, input), logits(apart, input)) < 1e-5);
  for (Rule rule : {Rule::kGradient, Rule::kGuided, Rule::kDeconvnet}) {
    CHECK(test::relative_error(gradient(fused, input, 2, rule), gradient(apart, input, 2, rule)) < 1e-5);
  }
}

}  // namespace
}  // namespace smoothgrad
