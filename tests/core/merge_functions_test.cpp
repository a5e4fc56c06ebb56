// Functions written out in several nodes, as exporters do it, and what only looks like them.
#include <cmath>

#include "core/network/workspace.h"
#include "tests/core/import_graph.h"

namespace smoothgrad::test {
namespace {

Constant scalar(float value) { return floats({}, {value}); }

struct Written {
  const char* what;
  std::vector<Node> nodes;
  std::map<std::string, Constant> constants;
  const char* op;  // what it becomes; empty: it stays
};

std::vector<Written> written() {
  const Attributes sixth = {{"alpha", real(1 / 6.f)}, {"beta", real(0.5f)}};
  return {
      {"swish", {node("Sigmoid", {"x"}, {"s"}), node("Mul", {"x", "s"}, {"y"})}, {}, "Swish"},
      {"swish, gate first, of 1.702 x",
       {node("Mul", {"c", "x"}, {"m"}), node("Sigmoid", {"m"}, {"s"}), node("Mul", {"s", "x"}, {"y"})},
       {{"c", scalar(1.702f)}},
       "Swish"},
      {"hard swish by HardSigmoid",
       {node("HardSigmoid", {"x"}, {"s"}, sixth), node("Mul", {"x", "s"}, {"y"})},
       {},
       "HardSwish"},
      {"hard swish written out",
       {node("Add", {"x", "three"}, {"a"}), node("Clip", {"a", "zero", "six"}, {"c"}), node("Mul", {"x", "c"}, {"m"}),
        node("Div", {"m", "six"}, {"y"})},
       {{"three", scalar(3)}, {"zero", scalar(0)}, {"six", scalar(6)}},
       "HardSwish"},
      {"hard swish, divided before",
       {node("Add", {"x", "three"}, {"a"}), node("Clip", {"a", "zero", "six"}, {"c"}), node("Div", {"c", "six"}, {"d"}),
        node("Mul", {"x", "d"}, {"y"})},
       {{"three", scalar(3)}, {"zero", scalar(0)}, {"six", scalar(6)}},
       "HardSwish"},
      {"gelu as the TorchScript exporter has it",
       {node("Div", {"x", "root"}, {"d"}), node("Erf", {"d"}, {"e"}), node("Add", {"e", "one"}, {"a"}),
        node("Mul", {"x", "a"}, {"m"}), node("Mul", {"m", "half"}, {"y"})},
       {{"root", scalar(1.41421356f)}, {"one", scalar(1)}, {"half", scalar(0.5f)}},
       "Gelu"},
      {"gelu, halved before",
       {node("Mul", {"half", "x"}, {"h"}), node("Mul", {"x", "root"}, {"d"}), node("Erf", {"d"}, {"e"}),
        node("Add", {"one", "e"}, {"a"}), node("Mul", {"h", "a"}, {"y"})},
       {{"root", scalar(0.70710678f)}, {"one", scalar(1)}, {"half", scalar(0.5f)}},
       "Gelu"},
      {"gelu by tanh",
       {node("Pow", {"x", "three"}, {"p"}), node("Mul", {"p", "cubic"}, {"c"}), node("Add", {"x", "c"}, {"s"}),
        node("Mul", {"s", "scale"}, {"k"}), node("Tanh", {"k"}, {"t"}), node("Add", {"t", "one"}, {"a"}),
        node("Mul", {"x", "a"}, {"m"}), node("Mul", {"m", "half"}, {"y"})},
       {{"three", scalar(3)},
        {"cubic", scalar(0.044715f)},
        {"scale", scalar(0.79788456f)},
        {"one", scalar(1)},
        {"half", scalar(0.5f)}},
       "Gelu"},
      {"mish", {node("Softplus", {"x"}, {"p"}), node("Tanh", {"p"}, {"t"}), node("Mul", {"x", "t"}, {"y"})}, {}, "Mish"},
      {"another half",
       {node("Div", {"x", "root"}, {"d"}), node("Erf", {"d"}, {"e"}), node("Add", {"e", "one"}, {"a"}),
        node("Mul", {"x", "a"}, {"m"}), node("Mul", {"m", "half"}, {"y"})},
       {{"root", scalar(1.41421356f)}, {"one", scalar(1)}, {"half", scalar(0.4f)}},
       ""},
      {"the gate of another value",
       {node("Tanh", {"x"}, {"o"}), node("Sigmoid", {"o"}, {"s"}), node("Mul", {"x", "s"}, {"y"})},
       {},
       ""},
      {"twice the swish",
       {node("Sigmoid", {"x"}, {"s"}), node("Mul", {"x", "s"}, {"m"}), node("Mul", {"m", "two"}, {"y"})},
       {{"two", scalar(2)}},
       ""},
      {"a shape of its own",
       {node("Sigmoid", {"x"}, {"s"}), node("Mul", {"x", "s"}, {"m"}), node("Mul", {"m", "ones"}, {"y"})},
       {{"ones", floats({1, 1, 1, 1, 1}, {1})}},
       ""},
  };
}

std::vector<float> run(const Graph& graph, bool merged, bool gradient) {
  NetworkOptions options;
  options.fuse = merged;
  const auto network = std::make_shared<const Network>(graph, options);
  CHECK((network->steps().size() == 2) == merged);
  Workspace workspace(network);
  std::ranges::copy(random_floats(network->input_shape().size(), 3, -4, 4), workspace.input().begin());
  const auto scores = workspace.forward();
  if (!gradient) return {scores.begin(), scores.end()};
  const std::vector<float> seed(scores.size(), 1);
  const auto slopes = workspace.backward(seed, Rule::kGradient);
  return {slopes.begin(), slopes.end()};
}

TEST_CASE("functions that are written out become one node, and compute the same", "[import]") {
  for (const Written& c : written()) {
    INFO(c.what);
    Graph graph = graph_of(c.nodes, c.constants);
    merge_functions(graph);
    const std::string last = graph.nodes.back().op;
    CHECK((*c.op ? last == c.op && graph.nodes.back().inputs == Strings{"x"} : last == "Mul"));
    if (!*c.op) continue;
    Graph whole = graph_of(c.nodes, c.constants, {"g"});
    whole.nodes.push_back(node("GlobalAveragePool", {"y"}, {"g"}));
    for (const bool gradient : {false, true}) {
      const std::vector<float> merged = run(whole, true, gradient), apart = run(whole, false, gradient);
      for (size_t i = 0; i < merged.size(); ++i) CHECK(merged[i] == Catch::Approx(apart[i]).margin(1e-5));
    }
  }
}

}  // namespace
}  // namespace smoothgrad::test
