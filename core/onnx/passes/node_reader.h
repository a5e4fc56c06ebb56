// One node of a graph as the passes read it: its attributes, the constants among its inputs, what is known of dimensions.
#pragma once

#include "core/onnx/passes/tensor.h"

namespace smoothgrad {

// The dimensions of a constant or a value; null where they are not known.
const Dims* find_dims(const Graph& graph, const std::string& name);

class NodeReader {
 public:
  NodeReader(const Graph& graph, const Node& node) : graph_(graph), node_(node) {}

  const Node& node() const { return node_; }
  int64_t opset() const { return graph_.opset; }

  size_t inputs() const { return node_.inputs.size(); }
  bool has(size_t i) const { return i < inputs() && !node_.inputs[i].empty(); }
  const Constant* constant(size_t i) const;  // null where it is none, or one that cannot be had
  const Dims* dims(size_t i) const { return has(i) ? find_dims(graph_, node_.inputs[i]) : nullptr; }

  bool has_attribute(const char* name) const { return node_.attributes.contains(name); }
  int64_t integer(const char* name, int64_t absent) const;
  float real(const char* name, float absent) const;
  std::string text(const char* name, const char* absent) const;
  Dims integers(const char* name, const Dims& absent = {}) const;
  // Integers that moved from an attribute to input i in some operator set; nothing where they are computed.
  std::optional<Dims> integers(const char* name, size_t i, const Dims& absent = {}) const;
  // A BatchNormalization by the statistics of what it is given; before operator set 14 one with more outputs than one.
  bool in_training_mode() const;

 private:
  const Graph& graph_;
  const Node& node_;
};

}  // namespace smoothgrad
