// Convolutions, poolings and what is around them against central differences; the rules of the ReLU family element by element;
// what is refused. Functions, operands, reductions and moves are in function_layers_test.cpp.
#include <algorithm>
#include <catch_amalgamated.hpp>
#include <numeric>

#include "core/base/error.h"
#include "core/network/workspace.h"
#include "tests/core/central_differences.h"

namespace smoothgrad {
namespace {

using namespace test;
using Attributes = std::map<std::string, Attribute>;

OneNode conv(std::vector<int64_t> input, std::vector<int64_t> weights, Attributes attributes) {
  return {"Conv",
          input,
          {"x", "w", "b"},
          attributes,
          {{"b", random_constant({weights[0]}, 2)}, {"w", random_constant(weights, 1)}}};
}

struct NamedNode {
  const char* name;
  OneNode node;
};

const std::vector<NamedNode>& nodes() {
  static const std::vector<NamedNode> all = {
      {"conv 1x1", conv({1, 3, 5, 7}, {9, 3, 1, 1}, {})},
      {"conv 1x1, stride 2", conv({1, 3, 5, 7}, {2, 3, 1, 1}, {{"strides", list({2, 2})}})},
      {"conv 3x3", conv({1, 3, 5, 7}, {4, 3, 3, 3}, {})},
      {"conv 3x3, stride 2, asymmetric padding",
       conv({1, 3, 6, 8}, {4, 3, 3, 3}, {{"strides", list({2, 2})}, {"pads", list({0, 0, 1, 1})}})},
      {"conv 3x2, strides 3 and 2",
       conv({1, 2, 7, 9}, {3, 2, 3, 2}, {{"strides", list({3, 2})}, {"pads", list({2, 0, 1, 1})}})},
      {"conv 2x2, stride 3 skips pixels", conv({1, 2, 8, 8}, {3, 2, 2, 2}, {{"strides", list({3, 3})}})},
      {"conv 3x3, dilation 2", conv({1, 2, 7, 6}, {3, 2, 3, 3}, {{"dilations", list({2, 2})}, {"pads", list({2, 2, 2, 2})}})},
      {"conv, SAME_UPPER", conv({1, 2, 5, 8}, {3, 2, 4, 4}, {{"auto_pad", text("SAME_UPPER")}, {"strides", list({2, 2})}})},
      {"conv, SAME_LOWER", conv({1, 2, 5, 8}, {3, 2, 4, 4}, {{"auto_pad", text("SAME_LOWER")}, {"strides", list({2, 2})}})},
      {"conv in 3 groups", conv({1, 6, 5, 4}, {9, 2, 3, 3}, {{"group", number(3)}, {"pads", list({1, 1, 1, 1})}})},
      {"conv 1x1 in 2 groups", conv({1, 6, 5, 4}, {10, 3, 1, 1}, {{"group", number(2)}})},
      {"depthwise 3x3", conv({1, 5, 6, 7}, {5, 1, 3, 3}, {{"group", number(5)}, {"pads", list({1, 1, 1, 1})}})},
      {"depthwise 5x5, stride 2",
       conv({1, 5, 8, 7}, {5, 1, 5, 5}, {{"group", number(5)}, {"pads", list({1, 2, 2, 2})}, {"strides", list({2, 2})}})},
      {"depthwise, two outputs a channel", conv({1, 3, 6, 5}, {6, 1, 3, 3}, {{"group", number(3)}})},
      {"gemm",
       {"Gemm",
        {1, 11},
        {"x", "w", "b"},
        {{"alpha", real(0.5f)}, {"beta", real(2)}},
        {{"w", random_constant({11, 6}, 1)}, {"b", random_constant({6}, 2)}}}},
      {"gemm, transposed", {"Gemm", {1, 11}, {"x", "w"}, {{"transB", number(1)}}, {{"w", random_constant({6, 11}, 1)}}}},
      {"matrix product", {"MatMul", {1, 11}, {"x", "w"}, {}, {{"w", random_constant({11, 6}, 1)}}}},
      {"batch normalisation",
       {"BatchNormalization",
        {1, 3, 4, 5},
        {"x", "s", "b", "m", "v"},
        {{"epsilon", real(1e-3f)}},
        {{"s", random_constant({3}, 1)},
         {"b", random_constant({3}, 2)},
         {"m", random_constant({3}, 3)},
         {"v", random_constant({3}, 4, 0.5f, 2)}}}},
      {"relu", {"Relu"}},
      {"clip", {"Clip", {1, 3, 5, 7}, {"x", "lo", "hi"}, {}, {{"lo", floats({}, {-1})}, {"hi", floats({}, {1})}}}},
      {"clip of opset 6", {"Clip", {1, 3, 5, 7}, {"x"}, {{"min", real(0)}, {"max", real(6)}}, {}, 6}},
      {"leaky relu", {"LeakyRelu", {1, 3, 5, 7}, {"x"}, {{"alpha", real(0.2f)}}}},
      {"prelu", {"PRelu", {1, 3, 5, 7}, {"x", "a"}, {}, {{"a", random_constant({3, 1, 1}, 1)}}}},
      {"sigmoid", {"Sigmoid"}},
      {"tanh", {"Tanh"}},
      {"softmax", {"Softmax", {1, 9}}},
      {"softmax over channels", {"Softmax", {1, 4, 3, 5}, {"x"}, {{"axis", number(1)}}}},
      {"add itself", {"Add", {1, 3, 5, 7}, {"x", "x"}}},
      {"add a constant image", {"Add", {1, 3, 5, 7}, {"x", "c"}, {}, {{"c", random_constant({1, 3, 5, 7}, 1)}}}},
      {"add a constant a channel", {"Add", {1, 3, 5, 7}, {"x", "c"}, {}, {{"c", random_constant({3, 1, 1}, 1)}}}},
      {"multiply by itself", {"Mul", {1, 3, 5, 7}, {"x", "x"}}},
      {"multiply by a constant row", {"Mul", {1, 3, 5, 7}, {"c", "x"}, {}, {{"c", random_constant({1, 1, 1, 7}, 1)}}}},
      {"multiply by a constant a channel", {"Mul", {1, 3, 5, 7}, {"x", "c"}, {}, {{"c", random_constant({1, 3, 1, 1}, 1)}}}},
      {"multiply, spread over the larger", {"Mul", {1, 1, 5, 1}, {"x", "c"}, {}, {{"c", random_constant({1, 4, 1, 3}, 1)}}}},
      {"concat channels",
       {"Concat", {1, 3, 5, 7}, {"x", "c", "x"}, {{"axis", number(1)}}, {{"c", random_constant({1, 2, 5, 7}, 1)}}}},
      {"concat rows", {"Concat", {1, 3, 5, 7}, {"x", "x"}, {{"axis", number(2)}}}},
      {"concat columns", {"Concat", {1, 3, 5, 7}, {"x", "x"}, {{"axis", number(-1)}}}},
      {"max pool", {"MaxPool", {1, 3, 6, 8}, {"x"}, {{"kernel_shape", list({2, 2})}, {"strides", list({2, 2})}}}},
      {"max pool, overlapping and padded",
       {"MaxPool",
        {1, 3, 5, 7},
        {"x"},
        {{"kernel_shape", list({3, 3})}, {"strides", list({2, 2})}, {"pads", list({1, 1, 1, 1})}}}},
      {"max pool, rounded up",
       {"MaxPool", {1, 2, 6, 6}, {"x"}, {{"kernel_shape", list({3, 3})}, {"strides", list({2, 2})}, {"ceil_mode", number(1)}}}},
      {"max pool, dilated", {"MaxPool", {1, 2, 7, 7}, {"x"}, {{"kernel_shape", list({2, 2})}, {"dilations", list({2, 2})}}}},
      {"average pool",
       {"AveragePool",
        {1, 3, 5, 7},
        {"x"},
        {{"kernel_shape", list({3, 3})}, {"strides", list({2, 2})}, {"pads", list({1, 1, 1, 1})}}}},
      {"average pool, padding counted",
       {"AveragePool",
        {1, 3, 5, 7},
        {"x"},
        {{"kernel_shape", list({3, 2})}, {"pads", list({1, 0, 0, 1})}, {"count_include_pad", number(1)}}}},
      {"global average pool", {"GlobalAveragePool"}},
      {"mean over space", {"ReduceMean", {1, 3, 5, 7}, {"x"}, {{"axes", list({-1, 2})}, {"keepdims", number(0)}}, {}, 13}},
      {"mean over space of opset 18", {"ReduceMean", {1, 3, 5, 7}, {"x", "a"}, {}, {{"a", integers({2, 3})}}, 18}},
      {"flatten", {"Flatten"}},
      {"reshape", {"Reshape", {1, 3, 5, 7}, {"x", "s"}, {}, {{"s", integers({0, -1})}}}},
      {"pad",
       {"Pad", {1, 3, 5, 7}, {"x", "p", "v"}, {}, {{"p", integers({0, 0, 1, 2, 0, 0, 0, 3})}, {"v", floats({}, {0.5f})}}}},
      {"identity", {"Identity"}},
  };
  return all;
}

TEST_CASE("every layer's gradient agrees with central differences", "[layers]") {
  const size_t i = GENERATE(range(size_t{0}, nodes().size()));
  INFO(nodes()[i].name);
  check_central_differences(nodes()[i].node);
}

std::vector<float> backward_of(const OneNode& one, const std::vector<float>& input, const std::vector<float>& seed, Rule rule) {
  Workspace workspace(one_node_network(one));
  std::ranges::copy(input, workspace.input().begin());
  workspace.forward();
  const auto gradient = workspace.backward(seed, rule);
  return {gradient.begin(), gradient.end()};
}

TEST_CASE("the ReLU family passes gradients by the rule, and nothing at a kink", "[layers]") {
  const OneNode relu6{"Clip", {1, 7}, {"x", "lo", "hi"}, {}, {{"lo", floats({}, {0})}, {"hi", floats({}, {6})}}};
  const std::vector<float> input = {-1, 0, 2, 2, 6, 7, -1}, seed = {1, 1, 1, -1, 1, 1, -1};
  CHECK(backward_of(relu6, input, seed, Rule::kGradient) == std::vector<float>{0, 0, 1, -1, 0, 0, 0});
  CHECK(backward_of(relu6, input, seed, Rule::kGuided) == std::vector<float>{0, 0, 1, 0, 0, 0, 0});
  CHECK(backward_of(relu6, input, seed, Rule::kDeconvnet) == std::vector<float>{1, 1, 1, 0, 1, 1, 0});
  const OneNode leaky{"LeakyRelu", {1, 4}, {"x"}, {{"alpha", real(0.5f)}}};
  const std::vector<float> both = {-1, -1, 2, 2}, signs = {1, -1, 1, -1};
  CHECK(backward_of(leaky, both, signs, Rule::kGradient) == std::vector<float>{0.5f, -0.5f, 1, -1});
  CHECK(backward_of(leaky, both, signs, Rule::kGuided) == std::vector<float>{0.5f, 0, 1, 0});
  CHECK(backward_of(leaky, both, signs, Rule::kDeconvnet) == std::vector<float>{1, 0, 1, 0});
  const OneNode thresholded{"ThresholdedRelu", {1, 4}, {"x"}, {{"alpha", real(1.5f)}}};
  const std::vector<float> around = {1, 2, 2, 1};
  CHECK(backward_of(thresholded, around, signs, Rule::kGradient) == std::vector<float>{0, -1, 1, 0});
  CHECK(backward_of(thresholded, around, signs, Rule::kGuided) == std::vector<float>{0, 0, 1, 0});
  CHECK(backward_of(thresholded, around, signs, Rule::kDeconvnet) == std::vector<float>{1, 0, 1, 0});
  // What has no gate passes every gradient by every rule.
  CHECK(backward_of({"Elu", {1, 2}}, {1, 1}, {1, -1}, Rule::kGuided) == std::vector<float>{1, -1});
  CHECK(backward_of({"Softplus", {1, 2}}, {0, 0}, {1, -1}, Rule::kDeconvnet) == std::vector<float>{0.5f, -0.5f});
}

TEST_CASE("max pooling gives the gradient to the first maximum, also of negative windows", "[layers]") {
  const OneNode pool{"MaxPool", {1, 1, 2, 4}, {"x"}, {{"kernel_shape", list({2, 2})}, {"strides", list({2, 2})}}};
  const std::vector<float> input = {-3, -2, 5, 5, -2, -4, 5, 1};  // rows of 4
  CHECK(backward_of(pool, input, {1, 10}, Rule::kGradient) == std::vector<float>{0, 1, 10, 0, 0, 0, 0, 0});
  // Padding is no zero: a negative window at the border keeps its own maximum.
  const OneNode padded{"MaxPool", {1, 1, 1, 2}, {"x"}, {{"kernel_shape", list({3, 3})}, {"pads", list({1, 1, 1, 1})}}};
  Workspace workspace(one_node_network(padded));
  std::ranges::copy(std::vector<float>{-5, -7}, workspace.input().begin());
  const auto scores = workspace.forward();
  CHECK(std::vector<float>(scores.begin(), scores.end()) == std::vector<float>{-5, -5});
}

TEST_CASE("what a layer cannot do is refused by node and operator", "[layers]") {
  struct Refusal {
    OneNode node;
    ErrorCode code;
    const char* part;
  };
  const std::vector<Refusal> refusals = {
      {{"LSTM"}, ErrorCode::kUnsupportedOperator, "operator LSTM is not supported; supported are Abs, "},
      {conv({1, 3, 5, 7}, {4, 2, 3, 3}, {}), ErrorCode::kBadModel, "'tested' (Conv)"},
      {conv({1, 3, 5, 7}, {4, 3, 9, 3}, {}), ErrorCode::kBadModel, "does not fit"},
      {conv({1, 3, 5, 7}, {4, 3, 3, 3}, {{"strides", list({0, 1})}}), ErrorCode::kBadModel, "strides"},
      {conv({1, 3, 5, 7}, {4, 3, 3, 3}, {{"pads", list({-1, 0, 0, 0})}}), ErrorCode::kBadModel, "pads"},
      {{"Relu", {1, 3, 5, 7}, {"x", "x"}}, ErrorCode::kUnsupportedOperator, "input 1 ('x')"},
      {{"Transpose", {1, 3, 5, 7}, {"x", "x"}}, ErrorCode::kUnsupportedOperator, "input 1 ('x')"},
      {{"Relu", {1, 3, 5, 7}, {"missing"}}, ErrorCode::kBadModel, "'missing'"},
      {{"Softmax", {1, 3, 5, 7}, {"x"}, {{"axis", number(4)}}}, ErrorCode::kBadModel, "axis 4"},
      {{"Reshape", {1, 3, 5, 7}, {"x", "s"}, {}, {{"s", integers({1, 7})}}}, ErrorCode::kBadModel, "shape [1, 7] does not fit"},
      {{"Relu", {1, 3, -1, 7}}, ErrorCode::kBadModel, "height and width open"},
  };
  for (const Refusal& refusal : refusals) {
    INFO(refusal.part);
    try {
      one_node_network(refusal.node);
      FAIL("accepted");
    } catch (const Error& error) {
      CHECK(error.code() == refusal.code);
      CHECK_THAT(error.what(), Catch::Matchers::ContainsSubstring(refusal.part));
    }
  }
}

TEST_CASE("a scale and shift takes over the clamp behind it", "[layers]") {
  Graph graph;
  graph.opset = 17;
  graph.nodes = {{"scale", "Mul", {"x", "s"}, {"scaled"}, {}},
                 {"relu", "Relu", {"scaled"}, {"y"}, {}},
                 {"flatten", "Flatten", {"y"}, {"scores"}, {}}};
  graph.constants["s"] = floats({3, 1, 1}, {2, -1, 0.5f});
  graph.inputs = {{"x", {1, 3, 3, 1}}};
  graph.outputs = {{"scores", {}}};
  const auto network = std::make_shared<const Network>(std::move(graph));
  CHECK(network->steps()[0].layer->kind() == "scale-shift");
  CHECK(std::ranges::count_if(network->steps(), [](const auto& step) { return step.layer->kind() == "clamp"; }) == 0);
  check_central_differences(network);
  Workspace workspace(network);
  const auto forward = [&] {
    std::ranges::copy(std::vector<float>{1, 1, 1, -1, -1, -1, 2, -3, 4}, workspace.input().begin());
    return workspace.forward();
  };
  const auto scores = forward();
  // By channels: three scores each.
  CHECK(std::vector<float>(scores.begin(), scores.end()) == std::vector<float>{2, 0, 4, 0, 1, 3, 0.5f, 0, 2});
  const auto gradient = [&](Rule rule) {
    forward();
    const auto of = workspace.backward(std::vector<float>{1, 1, -1, 1, 1, -1, 1, 1, -1}, rule);
    return std::vector<float>(of.begin(), of.end());
  };
  CHECK(gradient(Rule::kGradient) == std::vector<float>{2, 0, 0.5f, 0, -1, 0, -2, 1, -0.5f});
  CHECK(gradient(Rule::kGuided) == std::vector<float>{2, 0, 0.5f, 0, -1, 0, 0, 0, 0});
  CHECK(gradient(Rule::kDeconvnet) == std::vector<float>{2, -1, 0.5f, 2, -1, 0.5f, 0, 0, 0});
}

}  // namespace
}  // namespace smoothgrad
