// Graphs for the tests of the import stage, made node by node.
#pragma once

#include <catch_amalgamated.hpp>
#include <optional>

#include "core/base/error.h"
#include "core/onnx/passes/passes.h"
#include "core/onnx/passes/prepare.h"
#include "tests/core/one_node.h"

namespace smoothgrad::test {

using Attributes = std::map<std::string, Attribute>;
using Strings = std::vector<std::string>;

inline Node node(std::string op, Strings inputs, Strings outputs, Attributes attributes = {}, std::string domain = {}) {
  const std::string name = "the_" + op;
  return {name, std::move(op), std::move(inputs), std::move(outputs), std::move(attributes), std::move(domain)};
}

// x [1, 3, 4, 5] -> nodes -> outputs.
inline Graph graph_of(std::vector<Node> nodes, std::map<std::string, Constant> constants = {}, const Strings& outputs = {"y"},
                      std::vector<int64_t> input = {1, 3, 4, 5}, int64_t opset = 17) {
  Graph graph;
  graph.opset = opset;
  graph.nodes = std::move(nodes);
  graph.constants = std::move(constants);
  graph.inputs = {{"x", std::move(input)}};
  for (const std::string& name : outputs) graph.outputs.push_back({name, {}});
  return graph;
}

// One node on constants c0, c1, ...; nothing where it is not folded.
inline std::optional<Constant> fold_one(const std::string& op, const std::vector<Constant>& inputs, Attributes attributes = {},
                                        int64_t opset = 17) {
  std::map<std::string, Constant> constants;
  Strings names;
  for (size_t i = 0; i < inputs.size(); ++i) {
    names.push_back("c" + std::to_string(i));
    constants[names.back()] = inputs[i];
  }
  Graph graph = graph_of({node(op, names, {"y"}, std::move(attributes))}, std::move(constants), {"y"}, {1, 3, 4, 5}, opset);
  fold_constants(graph);
  const auto found = graph.constants.find("y");
  return found == graph.constants.end() ? std::nullopt : std::optional(found->second);
}

inline Constant ints(std::vector<int64_t> dims, std::vector<int64_t> values, int type = kInt64) {
  Constant constant;
  constant.integer = true;
  constant.dims = std::move(dims);
  constant.ints = std::move(values);
  constant.type = type;
  return constant;
}

inline std::vector<std::string> operators(const Graph& graph) {
  std::vector<std::string> names;
  for (const Node& each : graph.nodes) names.push_back(each.op);
  return names;
}

// The message of the Error that `work` throws; "" where it throws none.
template <typename Work>
std::string refusal_of(Work work, std::optional<ErrorCode> code = std::nullopt) {
  try {
    work();
  } catch (const Error& error) {
    if (code) CHECK(std::string(error_code_name(error.code())) == error_code_name(*code));
    return error.what();
  }
  return "";
}

inline auto says(const std::string& part) { return Catch::Matchers::ContainsSubstring(part); }

}  // namespace smoothgrad::test
