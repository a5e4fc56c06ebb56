// Networks of one ONNX node, made in memory: input -> node -> Flatten -> scores.
#pragma once

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "core/network/network.h"

namespace smoothgrad::test {

inline std::vector<float> random_floats(size_t size, unsigned seed, float lowest = -1, float highest = 1) {
  std::mt19937 generator(seed);
  std::uniform_real_distribution<float> distribution(lowest, highest);
  std::vector<float> values(size);
  for (float& value : values) value = distribution(generator);
  return values;
}

inline Constant floats(std::vector<int64_t> dims, std::vector<float> values) {
  Constant constant;
  constant.dims = std::move(dims);
  constant.floats = std::move(values);
  return constant;
}

inline Constant random_constant(std::vector<int64_t> dims, unsigned seed, float lowest = -1, float highest = 1) {
  size_t size = 1;
  for (int64_t dim : dims) size *= static_cast<size_t>(dim);
  return floats(std::move(dims), random_floats(size, seed, lowest, highest));
}

inline Constant integers(std::vector<int64_t> values) {
  Constant constant;
  constant.integer = true;
  constant.dims = {static_cast<int64_t>(values.size())};
  constant.ints = std::move(values);
  return constant;
}

inline Attribute number(int64_t value) {
  Attribute attribute;
  attribute.i = value;
  return attribute;
}

inline Attribute real(float value) {
  Attribute attribute;
  attribute.f = value;
  return attribute;
}

inline Attribute list(std::vector<int64_t> values) {
  Attribute attribute;
  attribute.ints = std::move(values);
  return attribute;
}

inline Attribute text(std::string value) {
  Attribute attribute;
  attribute.s = std::move(value);
  return attribute;
}

struct OneNode {
  std::string op;
  std::vector<int64_t> input = {1, 3, 5, 7};  // the dimensions of x
  std::vector<std::string> reads = {"x"};     // names of inputs: x, or constants
  std::map<std::string, Attribute> attributes = {};
  std::map<std::string, Constant> constants = {};
  int64_t opset = 17;
};

inline Graph one_node_graph(const OneNode& one) {
  Graph graph;
  graph.opset = one.opset;
  graph.nodes.push_back({"tested", one.op, one.reads, {"y"}, one.attributes});
  graph.nodes.push_back({"flatten", "Flatten", {"y"}, {"scores"}, {}});
  graph.constants = one.constants;
  graph.inputs.push_back({"x", one.input});
  graph.outputs.push_back({"scores", {}});
  return graph;
}

inline std::shared_ptr<const Network> one_node_network(const OneNode& one) {
  return std::make_shared<const Network>(one_node_graph(one), NetworkOptions{.keep_softmax = true});
}

}  // namespace smoothgrad::test
