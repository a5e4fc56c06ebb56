// Functions of one operand and of several, reductions, normalisations and moves against central differences.
#include "tests/core/central_differences.h"

namespace smoothgrad {
namespace {

using namespace test;
using Attributes = std::map<std::string, Attribute>;

struct NamedNode {
  std::string name;
  OneNode node;
  float offset = 0;  // of every value
};

const std::vector<int64_t> kImage = {1, 3, 5, 7};

// Positive, and on the grid between the values of the input, so that Min and Max have no kink near.
Constant operand(std::vector<int64_t> shape) {
  Constant constant = random_constant(std::move(shape), 1, 0.5f, 6);
  for (float& value : constant.floats) value = std::round(value * 32) / 32;
  return constant;
}

OneNode with_constant(const char* op, std::vector<int64_t> shape, bool first = false) {
  const Constant constant = operand(std::move(shape));
  return {op, kImage, first ? std::vector<std::string>{"c", "x"} : std::vector<std::string>{"x", "c"}, {}, {{"c", constant}}};
}

OneNode reduction(const char* op, std::vector<int64_t> axes, int64_t keep) {
  return {op, kImage, {"x", "axes"}, {{"keepdims", number(keep)}}, {{"axes", integers(std::move(axes))}}, 18};
}

std::vector<NamedNode> all_nodes() {
  std::vector<NamedNode> nodes;
  // 441 elements: they reach from -6.9 to 6.9, beyond every bend.
  const std::vector<int64_t> wide = {1, 9, 7, 7};
  for (const char* op : {"Abs", "Celu", "Cos", "Elu", "Erf", "Exp", "Gelu", "HardSigmoid", "HardSwish", "Mish", "Neg", "Selu",
                         "Sigmoid", "Sin", "Softplus", "Softsign", "Swish", "Tanh", "ThresholdedRelu"}) {
    nodes.push_back({op, {op, wide}});
  }
  for (const char* op : {"Log", "Sqrt", "Reciprocal"}) nodes.push_back({op, {op, kImage}, 4});
  nodes.push_back({"Gelu by tanh", {"Gelu", wide, {"x"}, {{"approximate", text("tanh")}}}});
  nodes.push_back({"HardSigmoid, steep", {"HardSigmoid", wide, {"x"}, {{"alpha", real(0.5f)}}}});
  nodes.push_back({"PRelu, an element", {"PRelu", kImage, {"x", "a"}, {}, {{"a", random_constant({3, 5, 7}, 1)}}}});

  for (const char* op : {"Sub", "Div", "Pow", "Max", "Min", "Sum", "Mean"}) {
    for (const std::vector<int64_t>& shape : {std::vector<int64_t>{}, {3, 1, 1}, {5, 1}, {1, 3, 5, 7}}) {
      for (bool first : {false, true}) {
        const std::string name = std::string(op) + (first ? " of a constant of " : " by a constant of ");
        nodes.push_back({name + std::to_string(shape.size()), with_constant(op, shape, first), 4});
      }
    }
    nodes.push_back(
        {std::string(op) + " of a smaller value", {op, {1, 1, 5, 1}, {"x", "c"}, {}, {{"c", operand({1, 4, 1, 3})}}}, 4});
  }
  for (const char* op : {"Sum", "Mul", "Pow"}) nodes.push_back({std::string(op) + " with itself", {op, kImage, {"x", "x"}}, 4});
  nodes.push_back(
      {"Where",
       {"Where", kImage, {"where", "x", "c"}, {}, {{"where", integers({1, 0, 0, 1, 1, 0, 1})}, {"c", floats({}, {2})}}}});

  for (const char* op :
       {"ReduceL1", "ReduceL2", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceSum", "ReduceSumSquare"}) {
    nodes.push_back({std::string(op) + " of pixels", reduction(op, {2, 3}, 0)});
    nodes.push_back({std::string(op) + " of channels", reduction(op, {1}, 1)});
    nodes.push_back({std::string(op) + " of rows", reduction(op, {-2}, 1)});
    nodes.push_back({std::string(op) + " leaving rows", reduction(op, {1, -1}, 0)});
  }
  nodes.push_back({"global max pool", {"GlobalMaxPool"}});
  for (int64_t p : {1, 2, 3}) nodes.push_back({"global lp pool", {"GlobalLpPool", kImage, {"x"}, {{"p", number(p)}}}});
  for (int64_t axis : {1, 2, 3}) {
    const Attributes along = {{"axis", number(axis)}};
    nodes.push_back({"softmax", {"Softmax", kImage, {"x"}, along}});
    nodes.push_back({"log softmax", {"LogSoftmax", kImage, {"x"}, along}});
    for (int64_t p : {1, 2}) {
      nodes.push_back({"lp normalisation", {"LpNormalization", kImage, {"x"}, {{"axis", number(axis)}, {"p", number(p)}}}});
    }
  }
  for (int64_t size : {1, 4, 5}) {
    nodes.push_back({"lrn", {"LRN", {1, 7, 3, 2}, {"x"}, {{"size", number(size)}, {"alpha", real(0.5f)}, {"bias", real(2)}}}});
  }
  nodes.push_back({"instance normalisation",
                   {"InstanceNormalization",
                    kImage,
                    {"x", "s", "b"},
                    {},
                    {{"s", random_constant({3}, 1)}, {"b", random_constant({3}, 2)}}}});

  nodes.push_back({"slice",
                   {"Slice",
                    kImage,
                    {"x", "s", "e", "a", "d"},
                    {},
                    {{"s", integers({-1, 1})}, {"e", integers({-9, 7})}, {"a", integers({1, 3})}, {"d", integers({-1, 2})}}}});
  nodes.push_back({"split", {"Split", kImage, {"x", "s"}, {{"axis", number(3)}}, {{"s", integers({7})}}}});
  for (const char* mode : {"reflect", "edge", "wrap"}) {
    nodes.push_back({std::string("pad, ") + mode,
                     {"Pad", kImage, {"x", "p"}, {{"mode", text(mode)}}, {{"p", integers({0, 1, 2, 1, 0, 0, 1, 3})}}}});
  }
  nodes.push_back({"pad, cropping", {"Pad", kImage, {"x", "p"}, {}, {{"p", integers({0, 1, -2, 1, 0, 2, 1, -3})}}}});
  nodes.push_back({"depth to space", {"DepthToSpace", {1, 8, 3, 2}, {"x"}, {{"blocksize", number(2)}}}});
  nodes.push_back(
      {"depth to space, crd", {"DepthToSpace", {1, 8, 3, 2}, {"x"}, {{"blocksize", number(2)}, {"mode", text("CRD")}}}});
  nodes.push_back({"space to depth", {"SpaceToDepth", {1, 3, 4, 6}, {"x"}, {{"blocksize", number(2)}}}});
  nodes.push_back(
      {"space to depth, crd", {"SpaceToDepth", {1, 3, 4, 6}, {"x"}, {{"blocksize", number(2)}, {"mode", text("CRD")}}}});
  nodes.push_back({"transpose", {"Transpose", kImage, {"x"}, {{"perm", list({0, 3, 1, 2})}}}});
  for (const char* mode : {"nearest", "linear", "cubic"}) {
    nodes.push_back({std::string("resize, ") + mode,
                     {"Resize", kImage, {"x", "", "s"}, {{"mode", text(mode)}}, {{"s", floats({4}, {1, 1, 1.6f, 2})}}}});
  }
  nodes.push_back({"transposed convolution",
                   {"ConvTranspose",
                    {1, 3, 4, 5},
                    {"x", "w", "b"},
                    {{"strides", list({2, 3})}, {"pads", list({1, 0, 0, 1})}, {"output_padding", list({1, 2})}},
                    {{"w", random_constant({3, 2, 3, 2}, 1)}, {"b", random_constant({2}, 2)}}}});
  const Attributes window = {{"kernel_shape", list({3, 2})}, {"strides", list({2, 1})}, {"pads", list({1, 0, 1, 1})}};
  nodes.push_back({"lp pool", {"LpPool", kImage, {"x"}, window}});
  return nodes;
}

TEST_CASE("every function's gradient agrees with central differences", "[layers]") {
  for (const NamedNode& node : all_nodes()) {
    INFO(node.name);
    check_central_differences(node.node, node.offset);
  }
}

TEST_CASE("the first of equal maxima has the gradient", "[layers]") {
  const auto gradient = [](const OneNode& one, const std::vector<float>& input) {
    Workspace workspace(one_node_network(one));
    std::ranges::copy(input, workspace.input().begin());
    workspace.forward();
    const auto found =
        workspace.backward(std::vector<float>(static_cast<size_t>(workspace.network().classes()), 1), Rule::kGradient);
    return std::vector<float>(found.begin(), found.end());
  };
  const OneNode largest{"ReduceMax", {1, 4}, {"x"}, {{"axes", list({1})}}, {}, 17};
  CHECK(gradient(largest, {1, 3, 3, 2}) == std::vector<float>{0, 1, 0, 0});
  const OneNode smallest{"ReduceMin", {1, 4}, {"x"}, {{"axes", list({1})}}, {}, 17};
  CHECK(gradient(smallest, {1, 1, 3, 2}) == std::vector<float>{1, 0, 0, 0});
  const OneNode against{"Max", {1, 2}, {"x", "c"}, {}, {{"c", floats({}, {1})}}};
  CHECK(gradient(against, {1, 0}) == std::vector<float>{1, 0});
}

// Sqrt at 0 has an infinite derivative, of which nothing may pass where an element does not count.
TEST_CASE("what does not count has no gradient, be what follows infinite", "[layers]") {
  const auto before_root = [](const char* op, std::map<std::string, Attribute> attributes,
                              std::map<std::string, Constant> constants = {}) {
    Graph graph;
    graph.opset = 17;
    std::vector<std::string> reads = {"x"};
    for (const auto& [name, constant] : constants) reads.push_back(name);
    graph.nodes = {{"gate", op, reads, {"gated"}, std::move(attributes)}, {"root", "Sqrt", {"gated"}, {"y"}, {}}};
    graph.constants = std::move(constants);
    graph.inputs = {{"x", {1, 9}}};
    graph.outputs = {{"y", {}}};
    Workspace workspace(std::make_shared<const Network>(std::move(graph)));
    std::ranges::fill(workspace.input(), -4.f);
    workspace.forward();
    const auto found = workspace.backward(std::vector<float>(9, 1), Rule::kGradient);
    return std::vector<float>(found.begin(), found.end());
  };
  const std::vector<float> nothing(9, 0.f);
  CHECK(before_root("Relu", {}) == nothing);
  CHECK(before_root("Clip", {}, {{"low", floats({}, {0})}}) == nothing);
  CHECK(before_root("LeakyRelu", {{"alpha", real(0)}}) == nothing);
  CHECK(before_root("ThresholdedRelu", {}) == nothing);
  CHECK(before_root("PRelu", {}, {{"slope", floats({}, {0})}}) == nothing);
  CHECK(before_root("HardSigmoid", {}) == nothing);
  CHECK(before_root("HardSwish", {}) == nothing);
}

// Of opset 28, which onnxruntime does not run yet: so there is no reference case.
TEST_CASE("SpaceToDepth keeps the channels outermost in mode CRD", "[layers]") {
  Workspace workspace(
      one_node_network({"SpaceToDepth", {1, 3, 2, 2}, {"x"}, {{"blocksize", number(2)}, {"mode", text("CRD")}}}));
  for (size_t i = 0; i < 12; ++i) workspace.input()[i] = static_cast<float>(i);  // channels last
  const auto moved = workspace.forward();
  CHECK(std::vector<float>(moved.begin(), moved.end()) == std::vector<float>{0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11});
}

TEST_CASE("functions do not overflow where their value does not", "[layers]") {
  const auto at = [](const char* op, float x) {
    Workspace workspace(one_node_network({op, {1, 1}}));
    workspace.input()[0] = x;
    const float value = workspace.forward()[0];
    return std::pair(value, workspace.backward(std::vector<float>{1}, Rule::kGradient)[0]);
  };
  CHECK(at("Softplus", 200) == std::pair(200.f, 1.f));
  CHECK(at("Softplus", -200) == std::pair(0.f, 0.f));
  CHECK(at("Mish", 200) == std::pair(200.f, 1.f));
  CHECK(at("Elu", 200) == std::pair(200.f, 1.f));
  CHECK(at("Sigmoid", -200) == std::pair(0.f, 0.f));
  CHECK(at("Gelu", -200) == std::pair(-0.f, 0.f));
  Workspace apart(one_node_network({"LogSoftmax", {1, 2}}));
  apart.input()[0] = 10000.25f;
  apart.input()[1] = 10000;
  CHECK(apart.forward()[1] == Catch::Approx(-std::log(std::exp(0.25) + 1)));
  const OneNode sum{"ReduceLogSumExp", {1, 2}, {"x", "a"}, {}, {{"a", integers({1})}}, 18};
  Workspace workspace(one_node_network(sum));
  std::ranges::fill(workspace.input(), 300.f);
  CHECK(workspace.forward()[0] == Catch::Approx(300 + std::log(2.)));
}

}  // namespace
}  // namespace smoothgrad
