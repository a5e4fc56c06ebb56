// Passes that change which nodes there are: functions, branches, order, dead nodes, quantised activations.
#include "core/network/network.h"
#include "tests/core/import_graph.h"

namespace smoothgrad {
namespace {

using namespace test;

TEST_CASE("nodes out of order are sorted, others keep their order", "[import]") {
  Graph graph = graph_of({node("Relu", {"b"}, {"y"}), node("Abs", {"x"}, {"a"}), node("Neg", {"a"}, {"b"})});
  sort_nodes(graph);
  CHECK(operators(graph) == Strings{"Abs", "Neg", "Relu"});
  sort_nodes(graph);
  CHECK(operators(graph) == Strings{"Abs", "Neg", "Relu"});
}

TEST_CASE("a cycle is refused by a node on it", "[import]") {
  Graph graph = graph_of({node("Relu", {"x"}, {"r"}), node("Add", {"r", "b"}, {"a"}), node("Neg", {"a"}, {"b"})});
  CHECK_THAT(refusal_of([&] { sort_nodes(graph); }, ErrorCode::kBadModel), says("'the_Neg' (Neg) is on a cycle: it reads 'a'"));
}

TEST_CASE("a name of two values is refused", "[import]") {
  const std::string twice = "makes 'a', which is there already";
  Graph two_nodes = graph_of({node("Relu", {"x"}, {"a"}), node("Abs", {"x"}, {"a"}), node("Neg", {"a"}, {"y"})});
  CHECK_THAT(refusal_of([&] { simplify_graph(two_nodes); }, ErrorCode::kBadModel), says(twice));
  Graph one_node = graph_of({node("Split", {"x"}, {"a", "a"}), node("Neg", {"a"}, {"y"})});
  CHECK_THAT(refusal_of([&] { simplify_graph(one_node); }, ErrorCode::kBadModel), says(twice));
  Graph constant =
      graph_of({node("Relu", {"x"}, {"a"}), node("Add", {"x", "a"}, {"y"})}, {{"a", floats({5}, {1, 2, 3, 4, 5})}});
  CHECK_THAT(refusal_of([&] { simplify_graph(constant); }, ErrorCode::kBadModel), says(twice));
  Graph input = graph_of({node("Relu", {"x"}, {"x"}), node("Neg", {"x"}, {"y"})});
  CHECK_THAT(refusal_of([&] { simplify_graph(input); }, ErrorCode::kBadModel), says("makes 'x', which is there already"));
}

TEST_CASE("a very long chain is sorted without recursion", "[import]") {
  std::vector<Node> nodes;
  for (int i = 200'000; i > 0; --i) nodes.push_back(node("Relu", {i == 1 ? "x" : std::to_string(i - 1)}, {std::to_string(i)}));
  Graph graph = graph_of(std::move(nodes), {}, {"200000"});
  sort_nodes(graph);
  CHECK(graph.nodes.front().inputs[0] == "x");
}

Function scaled_relu() {
  Function function;
  function.name = "ScaledRelu";
  function.domain = "local";
  function.inputs = {"in"};
  function.outputs = {"out"};
  Attribute slope;
  slope.reference = "slope";
  function.nodes = {node("LeakyRelu", {"in"}, {"t"}, {{"alpha", slope}}), node("Relu", {"t"}, {"out"})};
  return function;
}

TEST_CASE("functions of the model are inlined, attributes by reference too", "[import]") {
  Graph graph = graph_of(
      {node("ScaledRelu", {"x"}, {"a"}, {{"slope", real(0.25f)}}, "local"), node("ScaledRelu", {"a"}, {"y"}, {}, "local")});
  graph.functions = {scaled_relu()};
  inline_functions(graph);
  CHECK(operators(graph) == Strings{"LeakyRelu", "Relu", "LeakyRelu", "Relu"});
  CHECK(graph.nodes[0].inputs[0] == "x");
  CHECK(graph.nodes[0].attributes.at("alpha").f == 0.25f);
  CHECK(graph.nodes[0].outputs[0] != graph.nodes[2].outputs[0]);
  CHECK(graph.nodes[2].inputs[0] == "a");
  CHECK(graph.nodes[2].attributes.empty());  // no value and no default: as if it were not there
  CHECK(graph.nodes[3].outputs[0] == "y");
}

TEST_CASE("a function's defaults, functions in functions, and inputs that are outputs", "[import]") {
  Function inner = scaled_relu(), outer;
  inner.defaults["slope"] = real(0.5f);
  outer.name = "Outer";
  outer.domain = "local";
  outer.inputs = {"p"};
  outer.outputs = {"q", "p"};
  outer.nodes = {node("ScaledRelu", {"p"}, {"q"}, {}, "local")};
  Graph graph = graph_of({node("Outer", {"x"}, {"y", "same"}, {}, "local")});
  graph.functions = {outer, inner};
  inline_functions(graph);
  CHECK(operators(graph) == Strings{"LeakyRelu", "Relu", "Identity"});
  CHECK(graph.nodes[0].attributes.at("alpha").f == 0.5f);
  CHECK(graph.nodes[2].inputs[0] == "x");
  CHECK(graph.nodes[2].outputs[0] == "same");
}

TEST_CASE("a function goes before an operator of ONNX's own name", "[import]") {
  Function relu;
  relu.name = "Relu";
  relu.inputs = {"a"};
  relu.outputs = {"b"};
  relu.nodes = {node("Abs", {"a"}, {"b"})};
  Graph graph = graph_of({node("Relu", {"x"}, {"y"})});
  graph.functions = {relu};
  inline_functions(graph);
  CHECK(operators(graph) == Strings{"Abs"});
}

TEST_CASE("functions that cannot be inlined are refused by name", "[import]") {
  Function ring;
  ring.name = "Ring";
  ring.domain = "local";
  ring.inputs = {"a"};
  ring.outputs = {"b"};
  ring.nodes = {node("Ring", {"a"}, {"b"}, {}, "local")};
  Graph graph = graph_of({node("Ring", {"x"}, {"y"}, {}, "local")});
  graph.functions = {ring};
  CHECK_THAT(refusal_of([&] { inline_functions(graph); }), says("function local.Ring calls itself"));
  Graph old = graph_of({node("ScaledRelu", {"x"}, {"y"}, {}, "local")});
  old.functions = {scaled_relu()};
  old.functions[0].opset = 9;
  CHECK_THAT(refusal_of([&] { inline_functions(old); }), says("written for operator set 9, the model for 17"));
}

// then: Relu(x) + c; else: Abs(x). Both name their values alike, as the graph around does.
Node branching(const std::string& condition) {
  auto yes = std::make_shared<Graph>(), no = std::make_shared<Graph>();
  yes->nodes = {node("Relu", {"x"}, {"t"}), node("Add", {"t", "c"}, {"u"})};
  yes->constants = {{"c", floats({1}, {1})}};
  yes->outputs = {{"u", {}}};
  no->nodes = {node("Abs", {"x"}, {"t"})};
  no->outputs = {{"t", {}}};
  Attribute then_branch, else_branch;
  then_branch.graph = yes;
  else_branch.graph = no;
  return node("If", {condition}, {"y"}, {{"then_branch", then_branch}, {"else_branch", else_branch}});
}

TEST_CASE("an If with a constant condition becomes its branch", "[import]") {
  Graph graph = graph_of({node("Equal", {"a", "a"}, {"always"}), branching("always")}, {{"a", integers({3})}});
  prepare_graph(graph, {});
  CHECK(operators(graph) == Strings{"Relu", "Add", "Identity"});
  CHECK(graph.constants.size() == 1);
  Graph other = graph_of({node("Less", {"a", "a"}, {"never"}), branching("never")}, {{"a", integers({3})}});
  prepare_graph(other, {});
  CHECK(operators(other) == Strings{"Abs", "Identity"});
  Graph open = graph_of({node("ReduceMax", {"x"}, {"m"}), branching("m")});
  prepare_graph(open, {});
  CHECK(operators(open) == Strings{"ReduceMax", "If"});
}

TEST_CASE("dead nodes, constants and inputs go", "[import]") {
  Graph graph = graph_of({node("Relu", {"x"}, {"y"}), node("Gone", {"x", "w", "z"}, {"dead"})}, {{"w", floats({1}, {1})}});
  graph.inputs.push_back({"z", {1, 3}});
  remove_dead_nodes(graph);
  CHECK(operators(graph) == Strings{"Relu"});
  CHECK(graph.constants.empty());
  CHECK(graph.inputs.size() == 1);
}

Graph quantised(float second_scale, int64_t opset = 17) {
  return graph_of(
      {node("QuantizeLinear", {"x", "s", "z"}, {"q"}), node("MaxPool", {"q"}, {"p"}, {{"kernel_shape", list({2, 2})}}),
       node("DequantizeLinear", {"p", "s2", "z"}, {"y"})},
      {{"s", floats({}, {0.5f})}, {"s2", floats({}, {second_scale})}, {"z", ints({}, {10}, kUint8)}}, {"y"}, {1, 3, 4, 5},
      opset);
}

TEST_CASE("rounding of activations is passed through, its clamp stays", "[import]") {
  Graph graph = quantised(0.5f);
  Notes notes;
  pass_through_quantisation(graph, notes);
  CHECK(operators(graph) == Strings{"Clip", "MaxPool", "Identity"});
  CHECK(graph.constants.at(graph.nodes[0].inputs[1]).floats == std::vector<float>{-5});
  CHECK(graph.constants.at(graph.nodes[0].inputs[2]).floats == std::vector<float>{122.5f});
  REQUIRE(notes.size() == 1);
  CHECK_THAT(notes[0], says("the rounding of activations at 1 place"));
  Graph old = quantised(0.5f, 10);
  pass_through_quantisation(old, notes);
  CHECK(old.nodes[0].attributes.at("max").f == 122.5f);
}

TEST_CASE("rounding to another scale is left, and so refused", "[import]") {
  Graph graph = quantised(0.25f);
  Notes notes;
  pass_through_quantisation(graph, notes);
  CHECK(operators(graph) == Strings{"QuantizeLinear", "MaxPool", "DequantizeLinear"});
  CHECK(notes.empty());
}

// Weights in int8 with a scale a row, activations in uint8: the network computes with the weights' own values.
TEST_CASE("a quantised model runs as the floats that it stands for", "[import]") {
  const Constant levels = ints({2, 3}, {-4, 2, 6, 1, 0, -8}, kInt8);
  Graph graph =
      graph_of({node("QuantizeLinear", {"x", "s", "z"}, {"q"}), node("DequantizeLinear", {"q", "s", "z"}, {"d"}),
                node("DequantizeLinear", {"w", "ws"}, {"wf"}, {{"axis", number(0)}}),
                node("Gemm", {"d", "wf"}, {"y"}, {{"transB", number(1)}})},
               {{"s", floats({}, {0.25f})}, {"z", ints({}, {0}, kInt8)}, {"w", levels}, {"ws", floats({2}, {0.5f, 0.25f})}},
               {"y"}, {1, 3});
  const auto network = std::make_shared<const Network>(graph);
  CHECK(network->classes() == 2);
  CHECK(network->notes().size() == 1);
  CHECK(network->steps().size() == 2);  // clip and product
}

}  // namespace
}  // namespace smoothgrad
