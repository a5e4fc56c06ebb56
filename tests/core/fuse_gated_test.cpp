// Blocks with smooth activations and squeeze and excitation: fused they give what their layers give one by one, by every rule,
// and what is like one but is none stays apart.
#include <algorithm>

#include "catch_amalgamated.hpp"
#include "tests/core/central_differences.h"
#include "tests/core/npy.h"
#include "tests/core/passes.h"

namespace smoothgrad {
namespace {

using namespace test;

struct GatedBlock {
  int64_t height, width, inputs, wide, outputs, kernel, stride;
  const char* activation;  // or Swish, written out
  const char* gate;        // or none
  const char* squeezed = "Relu";
  bool expands = true, adds = false;
  const char* mean = "GlobalAveragePool";
};

class Writer {
 public:
  explicit Writer(const GatedBlock& of) : block(of) {}

  std::string add(const std::string& op, std::vector<std::string> reads, std::map<std::string, Attribute> attributes = {}) {
    const std::string name = "n" + std::to_string(graph.nodes.size());
    graph.nodes.push_back({name, op, std::move(reads), {name}, std::move(attributes)});
    return name;
  }
  std::string activate(const std::string& op, const std::string& x) {
    return op == "Swish" ? add("Mul", {x, add("Sigmoid", {x})}) : add(op, {x});
  }
  std::string convolve(const std::string& x, std::vector<int64_t> dims, std::map<std::string, Attribute> attributes = {}) {
    const unsigned seed = static_cast<unsigned>(graph.constants.size());
    const std::string name = std::to_string(seed);
    graph.constants["b" + name] = random_constant({dims[0]}, seed + 1);
    graph.constants["w" + name] = random_constant(std::move(dims), seed + 2);
    return add("Conv", {x, "w" + name, "b" + name}, std::move(attributes));
  }
  std::string gated(const std::string& x) {
    std::map<std::string, Attribute> axes;
    if (std::string(block.mean) == "ReduceMean") axes = {{"axes", list({2, 3})}};
    std::string scale = add(block.mean, {x}, axes);
    scale = activate(block.squeezed, convolve(scale, {block.wide / 4, block.wide, 1, 1}));
    scale = add(block.gate, {convolve(scale, {block.wide, block.wide / 4, 1, 1})});
    return add("Mul", {x, scale});
  }

  Graph write() {
    const int64_t pad = block.kernel / 2;
    graph.opset = 17;
    const std::string input = convolve("x", {block.inputs, 3, 1, 1});
    std::string last = input;
    if (block.expands) last = activate(block.activation, convolve(last, {block.wide, block.inputs, 1, 1}));
    last = convolve(
        last, {block.wide, 1, block.kernel, block.kernel},
        {{"pads", list({pad, pad, pad, pad})}, {"strides", list({block.stride, block.stride})}, {"group", number(block.wide)}});
    last = activate(block.activation, last);
    if (block.gate) last = gated(last);
    last = convolve(last, {block.outputs, block.wide, 1, 1});
    if (block.adds) last = add("Add", {input, last});
    graph.nodes.push_back({"flatten", "Flatten", {add("GlobalAveragePool", {add("Mul", {last, last})})}, {"y"}, {}});
    graph.inputs = {{"x", {1, 3, block.height, block.width}}};
    graph.outputs = {{"y", {}}};
    return std::move(graph);
  }

  GatedBlock block;
  Graph graph;
};

size_t fused_blocks(const Network& network) {
  return static_cast<size_t>(std::ranges::count_if(
      network.steps(), [](const Network::Step& step) { return step.layer->kind() == "inverted-residual"; }));
}

void check_equal(const GatedBlock& block, size_t blocks) {
  CAPTURE(block.height, block.width, block.wide, block.kernel, block.stride, block.activation);
  const auto fused = std::make_shared<const Network>(Writer(block).write());
  const auto apart = std::make_shared<const Network>(Writer(block).write(), NetworkOptions{.fuse = false});
  CHECK(fused_blocks(*fused) == blocks);
  CHECK(fused_blocks(*apart) == 0);
  const std::vector<float> input = random_floats(fused->input_shape().size(), 7);
  CHECK(relative_error(logits(fused, input), logits(apart, input)) < 1e-5);
  for (Rule rule : {Rule::kGradient, Rule::kGuided, Rule::kDeconvnet}) {
    CHECK(relative_error(gradient(fused, input, 2, rule), gradient(apart, input, 2, rule)) < 1e-5);
  }
}

TEST_CASE("gated blocks of odd sizes equal their layers", "[network]") {
  check_equal({7, 9, 8, 24, 16, 3, 1, "Swish", "Sigmoid", "Swish"}, 1);
  check_equal({15, 13, 16, 40, 16, 5, 1, "HardSwish", "HardSigmoid", "Relu", true, true}, 1);
  check_equal({13, 15, 8, 48, 24, 3, 2, "Relu", "HardSigmoid"}, 1);
  check_equal({11, 7, 16, 64, 8, 5, 2, "HardSwish", nullptr}, 1);
  check_equal({9, 5, 32, 32, 32, 3, 1, "Swish", "Sigmoid", "Swish", false, true}, 1);
  check_equal({3, 5, 8, 8, 8, 3, 1, "Swish", "Sigmoid", "Relu", true, true, "ReduceMean"}, 1);
}

TEST_CASE("a gate by the largest pixel is none", "[network]") {
  check_equal({7, 9, 8, 24, 16, 3, 1, "Swish", "Sigmoid", "Swish", true, false, "GlobalMaxPool"}, 0);
}

// Rows, columns and channels are as many: by sizes alone a mean along rows and channels would look like one of all pixels.
TEST_CASE("a scale for each column is no gate", "[network]") {
  const GatedBlock block{8, 8, 8, 8, 8, 3, 1, "Swish", nullptr};
  Writer writer(block);
  const std::string wide = writer.activate("Swish", writer.convolve("x", {8, 3, 1, 1}));
  const std::string filtered = writer.convolve(wide, {8, 1, 3, 3}, {{"pads", list({1, 1, 1, 1})}, {"group", number(8)}});
  const std::string mean = writer.add("ReduceMean", {filtered}, {{"axes", list({1, 2})}, {"keepdims", number(1)}});
  const std::string scaled = writer.add("Mul", {filtered, writer.add("Sigmoid", {mean})});
  const std::string last = writer.convolve(scaled, {8, 8, 1, 1});
  writer.graph.nodes.push_back({"flatten", "Flatten", {writer.add("GlobalAveragePool", {last})}, {"y"}, {}});
  writer.graph.opset = 17;
  writer.graph.inputs = {{"x", {1, 3, 8, 8}}};
  writer.graph.outputs = {{"y", {}}};
  const auto network = std::make_shared<const Network>(std::move(writer.graph));
  CHECK(fused_blocks(*network) == 0);
  check_central_differences(network);
}

TEST_CASE("gated blocks agree with central differences", "[network]") {
  check_central_differences(
      std::make_shared<const Network>(Writer({5, 3, 8, 16, 8, 3, 1, "Swish", "Sigmoid", "Swish", true, true}).write()));
  check_central_differences(
      std::make_shared<const Network>(Writer({4, 5, 8, 16, 8, 5, 2, "Swish", "Sigmoid", "Swish"}).write()));
}

TEST_CASE("a convolution takes over the smooth function behind it", "[network]") {
  for (const char* op : {"HardSwish", "Gelu", "Sigmoid", "Erf"}) {
    CAPTURE(op);
    Writer writer({});
    const std::string made = writer.add(op, {writer.convolve("x", {5, 3, 3, 3})});
    writer.graph.nodes.push_back({"flatten", "Flatten", {writer.add("GlobalAveragePool", {made})}, {"y"}, {}});
    writer.graph.opset = 20;
    writer.graph.inputs = {{"x", {1, 3, 5, 7}}};
    writer.graph.outputs = {{"y", {}}};
    const auto network = std::make_shared<const Network>(std::move(writer.graph));
    CHECK(network->steps().size() == 2);
    check_central_differences(network);
  }
}

}  // namespace
}  // namespace smoothgrad
