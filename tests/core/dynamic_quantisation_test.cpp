// Networks whose activations are quantised as they come: products of integers become products of floats, or are left and
// refused.
#include "core/network/network.h"
#include "core/network/workspace.h"
#include "tests/core/import_graph.h"

namespace smoothgrad {
namespace {

using namespace test;

Constant weights() { return ints({3, 2}, {-4, 2, 6, 1, 0, -8}, kInt8); }

// y = x w, as onnxruntime's quantiser writes it: w is of int8 with a scale a column, and so is its zero point.
std::vector<Node> product() {
  return {node("DynamicQuantizeLinear", {"x"}, {"q", "s", "z"}), node("MatMulInteger", {"q", "w", "z", "wz"}, {"i"}),
          node("Cast", {"i"}, {"f"}, {{"to", number(kFloat)}}), node("Mul", {"s", "ws"}, {"scales"}),
          node("Mul", {"f", "scales"}, {"y"})};
}

std::map<std::string, Constant> constants() {
  return {{"w", weights()}, {"wz", ints({2}, {1, -2}, kInt8)}, {"ws", floats({2}, {0.5f, 0.25f})}};
}

TEST_CASE("products of activations that are quantised as they come are those of floats", "[import]") {
  Graph graph = graph_of(product(), constants(), {"y"}, {1, 3});
  Notes notes;
  CHECK(pass_through_dynamic_quantisation(graph, notes));
  CHECK(operators(graph) == Strings{"Identity", "MatMul", "Cast", "Mul", "Mul"});
  CHECK(graph.constants.at(graph.nodes[1].inputs[1]).floats == std::vector<float>{-5, 4, 5, 3, -1, -6});
  REQUIRE(notes.size() == 1);
  CHECK_THAT(notes[0], says("the rounding of 1 of its activations is passed through"));

  const auto network = std::make_shared<const Network>(graph_of(product(), constants(), {"y"}, {1, 3}));
  CHECK(network->steps().size() == 1);
  Workspace workspace(network);
  std::ranges::copy(std::vector<float>{0.3f, -1.7f, 2.9f}, workspace.input().begin());
  const auto logits = workspace.forward();
  CHECK(logits[0] == Catch::Approx(0.5 * (0.3 * -5 - 1.7 * 5 - 2.9)));
  CHECK(logits[1] == Catch::Approx(0.25 * (0.3 * 4 - 1.7 * 3 - 2.9 * 6)));
  const auto gradient = workspace.backward(std::vector<float>{0, 1}, Rule::kGradient);
  CHECK(gradient[1] == Catch::Approx(0.25 * 3));
}

TEST_CASE("what moves the integers may stand in between, and they may become floats again", "[import]") {
  std::vector<Node> nodes = product();
  nodes[1].inputs[0] = "moved";
  nodes.insert(nodes.begin() + 1, node("Reshape", {"q", "shape"}, {"moved"}));
  nodes.back().outputs[0] = "p";
  nodes.push_back(node("DequantizeLinear", {"moved", "s", "z"}, {"d"}));
  nodes.push_back(node("Concat", {"p", "d"}, {"y"}, {{"axis", number(1)}}));
  std::map<std::string, Constant> all = constants();
  all["shape"] = ints({2}, {1, 3});
  const auto network = std::make_shared<const Network>(graph_of(nodes, all, {"y"}, {1, 3, 1, 1}));
  CHECK(network->classes() == 5);
  CHECK(network->notes().size() == 1);
}

TEST_CASE("products of other integers stay as they are beside those of quantised activations, and are refused", "[import]") {
  const auto refused = [](Node more) {
    std::vector<Node> nodes = product();
    nodes.back().outputs[0] = "p";
    nodes.push_back(std::move(more));
    nodes.push_back(node("Add", {"p", "j"}, {"y"}));
    return refusal_of([&] { Network(graph_of(nodes, constants(), {"y"}, {1, 3})); }, ErrorCode::kUnsupportedOperator);
  };
  CHECK_THAT(refused(node("MatMulInteger", {"x", "w"}, {"j"})), says("operator MatMulInteger is not supported"));
  Graph graph = graph_of(product(), constants(), {"y"}, {1, 3});
  for (const char* op : {"MatMulInteger", "ConvInteger"}) graph.nodes.push_back(node(op, {"x", "w"}, {}));
  Notes notes;
  CHECK(pass_through_dynamic_quantisation(graph, notes));
  CHECK(operators(graph) == Strings{"Identity", "MatMul", "Cast", "Mul", "Mul", "MatMulInteger", "ConvInteger"});
}

// A network in which something else is done with integers, scale or zero point.
TEST_CASE("what quantisers do not write is left, and so refused by name", "[import]") {
  const auto refused = [](auto change, std::map<std::string, Constant> more = {}) {
    std::vector<Node> nodes = product();
    change(nodes);
    more.merge(constants());
    return refusal_of([&] { Network(graph_of(nodes, more, {"y"}, {1, 3})); }, ErrorCode::kUnsupportedOperator);
  };
  const std::string both = "missing are DynamicQuantizeLinear (1), MatMulInteger (1)";
  CHECK(refused([](auto&) {}) == "");
  CHECK_THAT(refused([](auto& nodes) { nodes[1].inputs[2] = "other"; }, {{"other", ints({}, {3}, kUint8)}}), says(both));
  CHECK_THAT(refused([](auto& nodes) { nodes[1].inputs.resize(2); }), says(both));
  CHECK_THAT(refused([](auto& nodes) { nodes[0].inputs.push_back("x"); }), says(both));
  CHECK_THAT(refused([](auto& nodes) { nodes[4].inputs[1] = "ws"; }), says(both));
  CHECK_THAT(refused([](auto& nodes) { nodes[4].inputs[1] = "s2"; }, {{"s2", floats({}, {1})}}), says(both));
  CHECK_THAT(refused([](auto& nodes) { nodes[1].inputs[3] = "z"; }), says(both));
  CHECK_THAT(refused([](auto& nodes) { nodes[3] = node("Add", {"s", "ws"}, {"scales"}); }), says(both));
  CHECK_THAT(refused([](auto& nodes) { nodes[1].inputs[3] = "wz3"; }, {{"wz3", ints({3}, {1, 2, 3}, kInt8)}}), says(both));
  CHECK_THAT(refused([](auto& nodes) {
               nodes[4].outputs[0] = "p";
               nodes.push_back(node("Add", {"p", "s"}, {"y"}));
             }),
             says(both));
}

TEST_CASE("convolutions of integers have one zero point a filter", "[import]") {
  Graph graph = graph_of({node("DynamicQuantizeLinear", {"x"}, {"q", "s", "z"}),
                          node("ConvInteger", {"q", "w", "z", "wz"}, {"i"}, {{"pads", list({1, 1, 1, 1})}}),
                          node("Cast", {"i"}, {"f"}, {{"to", number(kFloat)}}), node("Mul", {"f", "s"}, {"y"})},
                         {{"w", ints({2, 3, 1, 1}, {1, 2, 3, 4, 5, 6}, kUint8)}, {"wz", ints({2}, {2, 5}, kUint8)}});
  Notes notes;
  CHECK(pass_through_dynamic_quantisation(graph, notes));
  CHECK(graph.nodes[1].op == "Conv");
  CHECK(graph.constants.at(graph.nodes[1].inputs[1]).floats == std::vector<float>{-1, 0, 1, -1, 0, 1});
  CHECK(graph.nodes[1].attributes.contains("pads"));
}

}  // namespace
}  // namespace smoothgrad
