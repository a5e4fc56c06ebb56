// The input of a graph: its layout, its numbers, its size; and networks that read it so.
#include "core/network/input.h"

#include <catch_amalgamated.hpp>

#include "core/base/error.h"
#include "core/network/workspace.h"
#include "tests/core/one_node.h"

using namespace smoothgrad;
using Catch::Matchers::ContainsSubstring;
using test::floats;

namespace {

Node node(std::string op, std::vector<std::string> reads, std::string makes, std::map<std::string, Attribute> attributes = {}) {
  return {"the_" + op, op, std::move(reads), {std::move(makes)}, std::move(attributes)};
}

Graph convolved(std::vector<int64_t> dims, std::vector<Node> before, const std::string& reads, int type = 1) {
  Graph graph;
  graph.opset = 17;
  graph.nodes = std::move(before);
  graph.nodes.push_back(node("Conv", {reads, "w"}, "y"));
  graph.nodes.push_back(node("GlobalAveragePool", {"y"}, "pooled"));
  graph.nodes.push_back(node("Flatten", {"pooled"}, "scores"));
  graph.constants["w"] = test::random_constant({4, 3, 3, 3}, 1);
  graph.inputs.push_back({"x", std::move(dims), type});
  graph.outputs.push_back({"scores", {}});
  return graph;
}

Node channels_first(std::string reads, std::string makes) {
  return node("Transpose", {std::move(reads)}, std::move(makes), {{"perm", test::list({0, 3, 1, 2})}});
}

// Logits at one input, and the gradient of class 1.
std::pair<std::vector<float>, std::vector<float>> look(Graph graph) {
  const auto network = std::make_shared<const Network>(std::move(graph));
  Workspace workspace(network);
  const std::vector<float> input = test::random_floats(network->input_shape().size(), 5);
  std::ranges::copy(input, workspace.input().begin());
  const auto logits = workspace.forward();
  std::vector<float> kept(logits.begin(), logits.end());
  const auto gradient = workspace.backward(std::vector<float>{0, 1, 0, 0}, Rule::kGradient);
  return {kept, {gradient.begin(), gradient.end()}};
}

std::string refusal(Graph graph, InputSize size = {}) {
  try {
    read_input(graph, size);
  } catch (const Error& error) {
    return std::string(error_code_name(error.code())) + ": " + error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("a graph whose channels are last is read as it is", "[input]") {
  const auto wanted = look(convolved({1, 3, 6, 5}, {}, "x"));
  CHECK(look(convolved({1, 6, 5, 3}, {channels_first("x", "t")}, "t")) == wanted);

  SECTION("with arithmetic by channel and casts before the Transpose") {
    const auto scaled = [](std::vector<int64_t> dims, std::vector<int64_t> mean, bool last) {
      std::vector<Node> before = {node("Cast", {"x"}, "f", {{"to", test::number(1)}}), node("Add", {"f", "mean"}, "s"),
                                  node("Mul", {"half", "s"}, "m")};
      if (last) before.push_back(channels_first("m", "t"));
      Graph graph = convolved(std::move(dims), std::move(before), last ? "t" : "m");
      graph.constants["mean"] = floats(std::move(mean), {0.1f, 0.2f, 0.3f});
      graph.constants["half"] = floats({}, {0.5f});
      return graph;
    };
    CHECK(look(scaled({-1, 6, 5, 3}, {3}, true)) == look(scaled({1, 3, 6, 5}, {1, 3, 1, 1}, false)));
    CHECK(look(scaled({1, 6, 5, 3}, {1, 1, 1, 3}, true)) == look(scaled({1, 3, 6, 5}, {1, 3, 1, 1}, false)));
  }
  SECTION("and says so") {
    Graph graph = convolved({-1, -1, -1, 3}, {channels_first("x", "t")}, "t");
    const InputForm form = read_input(graph, {6, 5});
    CHECK(form.shape == Shape{6, 5, 3});
    CHECK(graph.inputs[0].dims == std::vector<int64_t>{1, 6, 5, 3});
    REQUIRE(form.notes.size() == 2);
    CHECK_THAT(form.notes[0], ContainsSubstring("[?, ?, ?, 3] has its channels last"));
    CHECK_THAT(form.notes[1], ContainsSubstring("6 x 5 is used"));
    CHECK(read_input(graph).shape == form.shape);  // a second look changes nothing
  }
}

TEST_CASE("which axis is the channels is told by the dimensions, where nodes do not say it", "[input]") {
  const auto channels = [](Graph graph) { return read_input(graph).shape.channels; };
  CHECK(channels(convolved({1, 32, 32, 3}, {node("GlobalAveragePool", {"x"}, "p")}, "p")) == 3);
  // Where there is some reason to be channels first, they are.
  CHECK(channels(convolved({1, 3, 32, 3}, {}, "x")) == 3);
  CHECK(channels(convolved({1, 8, 8, 3}, {}, "x")) == 8);
  Graph deep = convolved({1, 32, 32, 3}, {}, "x");
  deep.constants["w"] = test::random_constant({4, 32, 3, 3}, 1);
  CHECK(channels(std::move(deep)) == 32);
}

TEST_CASE("the type of the input says whether levels go in", "[input]") {
  const auto form = [](int type) {
    Graph graph = convolved({1, 3, 6, 5}, {}, "x", type);
    return read_input(graph);
  };
  for (int type : {0, 1, 10, 11, 16}) CHECK(!form(type).levels);
  for (int type : {2, 4, 5, 6, 7, 12, 13}) CHECK(form(type).levels);
  CHECK(form(2).type == "uint8");
  CHECK_THAT(form(2).notes.at(0), ContainsSubstring("the input is uint8"));
  for (int type : {3, 8, 9, 14}) CHECK_THAT(refusal(convolved({1, 3, 6, 5}, {}, "x", type)), ContainsSubstring("cannot hold"));
}

TEST_CASE("open height and width are as the size says", "[input]") {
  const auto open = [](std::map<std::string, std::string> metadata) {
    Graph graph = convolved({-1, 3, -1, -1}, {}, "x");
    graph.metadata = std::move(metadata);
    return graph;
  };
  const auto shape = [](Graph graph, InputSize size = {}) { return read_input(graph, size).shape; };
  CHECK(shape(open({}), {8, 9}) == Shape{8, 9, 3});
  CHECK(shape(open({{"smoothgrad.size", "7 8"}, {"smoothgrad.resize", "10"}})) == Shape{7, 8, 3});
  CHECK(shape(open({{"smoothgrad.resize", "10"}})) == Shape{10, 10, 3});
  CHECK(shape(open({{"smoothgrad.size", "7"}}), {8, 9}) == Shape{8, 9, 3});
  CHECK_THAT(refusal(open({})), ContainsSubstring("bad-model: ") && ContainsSubstring("give the option size"));
  for (const char* wrong : {"", "0", "big", "1 2 3", "12.5"})
    CHECK_THAT(refusal(open({{"smoothgrad.size", wrong}})), ContainsSubstring("smoothgrad.size is '"));
  CHECK_THAT(refusal(convolved({1, 3, 6, 5}, {}, "x"), {7, 5}), ContainsSubstring("bad-option: size is 7 x 5, but"));
  CHECK(refusal(convolved({1, 3, 6, 5}, {}, "x"), {6, 5}) == "accepted");
  CHECK_THAT(refusal(convolved({-1, 3, 6, -1}, {}, "x"), {7, 5}), ContainsSubstring("partly fixed, [?, 3, 6, ?]"));
}

TEST_CASE("a network that is convolutional up to its pooling takes another size than its file's", "[input]") {
  const auto scores = [](const std::shared_ptr<const Network>& network) {
    Workspace workspace(network);
    std::ranges::copy(test::random_floats(network->input_shape().size(), 5), workspace.input().begin());
    const auto logits = workspace.forward();
    return std::vector<float>(logits.begin(), logits.end());
  };
  NetworkOptions options;
  options.size = {38, 69};
  const auto larger = std::make_shared<const Network>(convolved({1, 3, 6, 5}, {}, "x"), options);
  CHECK(larger->input_shape() == Shape{38, 69, 3});
  CHECK(larger->input().scale == 38. / 5);
  CHECK_THAT(larger->input().notes.at(0), ContainsSubstring("for photos of 6 x 5: 38 x 69 is used"));
  CHECK(scores(larger) == scores(std::make_shared<const Network>(convolved({1, 3, 38, 69}, {}, "x"))));

  Graph dense = convolved({1, 3, 6, 5}, {}, "x");
  dense.nodes = {node("Flatten", {"x"}, "f"), node("MatMul", {"f", "m"}, "scores")};
  dense.constants = {{"m", test::random_constant({90, 4}, 2)}};
  try {
    Network(std::move(dense), options);
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK_THAT(error.what(), ContainsSubstring("(MatMul)") && ContainsSubstring("leave size out"));
  }
}
