// Which output is explained, what is cut off behind it, and what a model is refused for.
#include <cmath>

#include "core/network/network.h"
#include "tests/core/import_graph.h"

namespace smoothgrad {
namespace {

using namespace test;

const Constant kWeights = random_constant({10, 6}, 1), kFour = random_constant({4, 6}, 2);

Node dense(const std::string& from, const std::string& weights, const std::string& to) {
  return node("Gemm", {from, weights}, {to}, {{"transB", number(1)}});
}

// x [1, 6] -> Relu -> Gemm -> l [1, 10] -> nodes.
Graph classifier(std::vector<Node> behind, const Strings& outputs, std::map<std::string, Constant> constants = {},
                 int64_t opset = 17) {
  std::vector<Node> nodes = {node("Relu", {"x"}, {"features"}), dense("features", "w", "l")};
  nodes.insert(nodes.end(), behind.begin(), behind.end());
  constants["w"] = kWeights;
  return graph_of(std::move(nodes), std::move(constants), outputs, {1, 6}, opset);
}

struct End {
  std::string what;
  std::vector<Node> nodes;
  Ending ending;
  std::string explained = "l";
  int64_t opset = 17;
};

const Attributes kLast = {{"axis", number(-1)}};

TEST_CASE("endings are recognised and what is before them is explained", "[import]") {
  const std::map<std::string, Constant> constants = {
      {"hundred", floats({}, {100})}, {"shape", integers({1, 10, 1, 1})}, {"axes", integers({1})}, {"minus", floats({}, {-1})}};
  const Attributes rows = {{"axes", list({1})}};
  const End ends[] = {
      {"nothing", {node("Identity", {"l"}, {"y"})}, Ending::kNone, "y"},
      {"Softmax", {node("Softmax", {"l"}, {"y"})}, Ending::kSoftmax},
      {"Softmax on axis 1", {node("Softmax", {"l"}, {"y"}, {{"axis", number(1)}})}, Ending::kSoftmax},
      {"Softmax of opset 11", {node("Softmax", {"l"}, {"y"})}, Ending::kSoftmax, "l", 11},
      {"LogSoftmax", {node("LogSoftmax", {"l"}, {"y"})}, Ending::kSoftmax},
      {"Log of Softmax", {node("Softmax", {"l"}, {"p"}), node("Log", {"p"}, {"y"})}, Ending::kSoftmax},
      {"Sigmoid", {node("Sigmoid", {"l"}, {"y"})}, Ending::kSigmoid},
      {"HardSigmoid", {node("HardSigmoid", {"l"}, {"y"})}, Ending::kSigmoid},
      {"ArgMax", {node("ArgMax", {"l"}, {"y"}, {{"axis", number(1)}})}, Ending::kNone},
      {"ArgMax of Softmax", {node("Softmax", {"l"}, {"p"}), node("ArgMax", {"p"}, {"y"}, kLast)}, Ending::kSoftmax},
      {"Softmax behind Identity and Reshape",
       {node("Softmax", {"l"}, {"p"}), node("Identity", {"p"}, {"q"}), node("Reshape", {"q", "shape"}, {"y"})},
       Ending::kSoftmax},
      {"Softmax of four dimensions",
       {node("Reshape", {"l", "shape"}, {"r"}), node("Softmax", {"r"}, {"p"}, {{"axis", number(1)}}),
        node("Flatten", {"p"}, {"y"})},
       Ending::kSoftmax,
       "r"},
      {"percent", {node("Softmax", {"l"}, {"p"}), node("Mul", {"p", "hundred"}, {"y"})}, Ending::kSoftmax},
      {"a temperature", {node("Mul", {"l", "hundred"}, {"t"}), node("Softmax", {"t"}, {"y"})}, Ending::kSoftmax, "t"},
      {"turned round", {node("Softmax", {"l"}, {"p"}), node("Mul", {"p", "minus"}, {"y"})}, Ending::kNone, "y"},
      {"written out",
       {node("Exp", {"l"}, {"e"}), node("ReduceSum", {"e", "axes"}, {"s"}), node("Div", {"e", "s"}, {"y"})},
       Ending::kSoftmax},
      {"written out below the maximum",
       {node("ReduceMax", {"l"}, {"m"}, rows), node("Sub", {"l", "m"}, {"d"}), node("Exp", {"d"}, {"e"}),
        node("ReduceSum", {"e"}, {"s"}, rows), node("Div", {"e", "s"}, {"y"})},
       Ending::kSoftmax,
       "l",
       12},
      {"over the batch", {node("Softmax", {"l"}, {"y"}, {{"axis", number(0)}})}, Ending::kNone, "y"},
  };
  for (const End& end : ends) {
    INFO(end.what);
    Graph graph = classifier(end.nodes, {"y"}, constants, end.opset);
    Graph kept = graph;
    const Prepared prepared = prepare_graph(graph, {});
    CHECK(prepared.ending == end.ending);
    CHECK(graph.outputs[0].name == end.explained);
    CHECK(prepared.output == "y");
    CHECK(prepared.notes.size() == (end.explained == "y" ? 0 : 1));
    CHECK(prepare_graph(kept, {.keep_ending = true}).ending == Ending::kNone);
    CHECK(kept.outputs[0].name == "y");
  }
}

TEST_CASE("one sigmoid is one class", "[import]") {
  Graph graph =
      graph_of({dense("x", "w", "l"), node("Sigmoid", {"l"}, {"y"})}, {{"w", random_constant({1, 6}, 3)}}, {"y"}, {1, 6});
  const Network network(graph);
  CHECK(network.classes() == 1);
  CHECK(network.ending() == Ending::kSigmoid);
  CHECK(network.steps().size() == 1);
}

TEST_CASE("a caller says how scores become probabilities, not otherwise than the file", "[import]") {
  const auto one = [](std::vector<Node> behind) {
    std::vector<Node> nodes = {dense("x", "w", "l")};
    nodes.insert(nodes.end(), behind.begin(), behind.end());
    return graph_of(std::move(nodes), {{"w", random_constant({1, 6}, 3)}}, {behind.empty() ? "l" : "y"}, {1, 6});
  };
  const Network bare(one({})), said(one({}), {.ending = Ending::kSigmoid});
  CHECK(bare.ending() == Ending::kNone);
  CHECK(said.ending() == Ending::kSigmoid);
  CHECK(said.own_ending() == Ending::kNone);
  const Graph sigmoid = one({node("Sigmoid", {"l"}, {"y"})});
  CHECK(Network(sigmoid, {.ending = Ending::kSigmoid}).own_ending() == Ending::kSigmoid);
  CHECK(refusal_of([&] { Network(sigmoid, {.ending = Ending::kSoftmax}); }, ErrorCode::kBadOption) ==
        "ending 'softmax' is not for this model: its file ends in a sigmoid");
  CHECK(refusal_of([&] { Network(sigmoid, {.keep_softmax = true, .ending = Ending::kSigmoid}); }, ErrorCode::kBadOption) ==
        "ending is of logits, keepSoftmax leaves probabilities: not both");
}

struct Choice {
  std::string what;
  std::vector<Node> nodes;
  Strings outputs;
  std::string chosen;
  Ending ending = Ending::kNone;
};

TEST_CASE("of several outputs the class scores are taken", "[import]") {
  const Choice choices[] = {
      {"features first", {}, {"features", "l"}, "l"},
      {"logits and probabilities", {node("Softmax", {"l"}, {"p"})}, {"p", "l"}, "p", Ending::kSoftmax},
      {"logits by name",
       {node("Softmax", {"logits"}, {"p"}), node("Identity", {"l"}, {"logits"})},
       {"p", "logits"},
       "logits",
       Ending::kSoftmax},
      {"label first", {node("ArgMax", {"l"}, {"label"}, kLast)}, {"label", "l"}, "l"},
      {"an auxiliary one", {dense("features", "v", "aux"), node("Identity", {"l"}, {"main"})}, {"aux", "main"}, "main"},
      {"an image", {node("Reshape", {"x", "image"}, {"map"})}, {"map", "l"}, "l"},
      {"of unknown shape", {node("Foreign", {"x"}, {"boxes"})}, {"boxes", "l"}, "l"},
      {"alike", {dense("features", "v", "k")}, {"l", "k"}, "l"},
  };
  for (const Choice& c : choices) {
    INFO(c.what);
    Graph graph = classifier(c.nodes, c.outputs, {{"v", kFour}, {"image", integers({1, 1, 2, 3})}});
    const Prepared prepared = prepare_graph(graph, {});
    CHECK(prepared.output == c.chosen);
    CHECK(prepared.ending == c.ending);
    CHECK(prepared.outputs == c.outputs);
    REQUIRE(!prepared.notes.empty());
    CHECK_THAT(prepared.notes[0], says("output '" + c.chosen + "' is taken"));
  }
}

TEST_CASE("the user chooses an output by name or number", "[import]") {
  const Graph graph =
      classifier({dense("features", "v", "k"), node("Foreign", {"l"}, {"boxes"})}, {"l", "k", "boxes"}, {{"v", kFour}});
  CHECK(Network(graph).classes() == 10);
  CHECK(Network(graph, {.output = "k"}).classes() == 4);
  CHECK(Network(graph, {.output = "1"}).output_name() == "k");
  CHECK(Network(graph, {.output = "k"}).outputs() == Strings{"l", "k", "boxes"});
  CHECK_THAT(refusal_of([&] { Network(graph, {.output = "z"}); }, ErrorCode::kBadOption),
             says("output 'z': the model's outputs are 'l', 'k', 'boxes'"));
  CHECK_THAT(refusal_of([&] { Network(graph, {.output = "3"}); }, ErrorCode::kBadOption), says("a number from 0 to 2"));
  CHECK_THAT(refusal_of([&] { Network(graph, {.output = "boxes"}); }), says("operator Foreign is not supported"));
}

TEST_CASE("operators that are missing are told all at once, foreign domains by their names", "[import]") {
  const Graph graph = classifier({node("Gelu", {"l"}, {"a"}, {}, "com.microsoft"), node("Relu", {"a"}, {"b"}, {}, "org.other"),
                                  node("Gelu", {"b"}, {"c"}, {}, "com.microsoft"), node("Loop", {"c"}, {"y"})},
                                 {"y"});
  const std::string message = refusal_of([&] { Network{graph}; }, ErrorCode::kUnsupportedOperator);
  CHECK_THAT(message, says("node 'the_Gelu' is the first"));
  CHECK_THAT(message, says("missing are Loop (1), com.microsoft.Gelu (2), org.other.Relu (1); supported are A"));
}

TEST_CASE("NaN and infinity in weights are refused, in bounds they are not", "[import]") {
  for (const auto& [value, name] : {std::pair(NAN, "NaN"), std::pair(INFINITY, "infinity")}) {
    Graph graph = classifier({}, {"l"});
    graph.constants.at("w").floats[7] = value;
    const std::string message = refusal_of([&] { Network{graph}; }, ErrorCode::kBadModel);
    CHECK_THAT(message, says(std::string("initialiser 'w', which node 'the_Gemm' (Gemm) reads, holds ") + name));
  }
  Graph bounded =
      classifier({node("Clip", {"l", "lo", "hi"}, {"y"})}, {"y"}, {{"lo", floats({}, {0})}, {"hi", floats({}, {INFINITY})}});
  CHECK(Network(bounded).classes() == 10);
  Graph dead = classifier({node("Mul", {"l", "bad"}, {"y"})}, {"l"}, {{"bad", floats({}, {NAN})}});
  CHECK(Network(dead).classes() == 10);
}

TEST_CASE("batch normalisation in training mode is refused", "[import]") {
  const auto normalised = [](Strings outputs, int64_t opset, Attributes attributes = {}) {
    const Constant ones = floats({3}, {1, 1, 1});
    Graph graph = graph_of({node("BatchNormalization", {"x", "a", "b", "m", "v"}, std::move(outputs), std::move(attributes)),
                            node("GlobalAveragePool", {"n"}, {"g"}), node("Flatten", {"g"}, {"y"})},
                           {{"a", ones}, {"b", ones}, {"m", ones}, {"v", ones}}, {"y"}, {1, 3, 4, 5}, opset);
    return refusal_of([&] { Network{graph}; });
  };
  CHECK(normalised({"n"}, 13).empty());
  CHECK(normalised({"n", "", ""}, 9).empty());
  CHECK_THAT(normalised({"n", "mean", "var"}, 13), says("training_mode: export the model in evaluation mode"));
  CHECK_THAT(normalised({"n"}, 15, {{"training_mode", number(1)}}), says("training_mode: export the model in evaluation mode"));
}

// What the layers cannot do is collected as far as the dimensions of what would be made are known.
TEST_CASE("uses of operators that are not supported are told all at once", "[import]") {
  const Attributes integers = {{"to", number(7)}};
  Graph graph = graph_of({node("Relu", {"x"}, {"r"}), node("BatchNormalization", {"r", "w", "w", "w", "r"}, {"b"}),
                          node("Cast", {"b"}, {"s"}, integers), node("Cast", {"s"}, {"t"}, integers),
                          node("GlobalAveragePool", {"t"}, {"g"}), node("Flatten", {"g"}, {"y"})},
                         {{"w", floats({3}, {1, 1, 1})}});
  const std::string message = refusal_of([&] { Network{graph}; }, ErrorCode::kUnsupportedOperator);
  CHECK_THAT(message, says("node 'the_BatchNormalization' (BatchNormalization) uses what is not supported: input 4 ('r')"));
  CHECK_THAT(message, says("; nor are these as they are used: Cast (2)"));
}

}  // namespace
}  // namespace smoothgrad
