// What a layer's build function sees of the graph: one node, its constants and attributes, the values before it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/layers/layer.h"
#include "core/onnx/graph.h"

namespace smoothgrad {

// An activation: what a step yields for an image. In ONNX it has `rank` dimensions: 4 is [N, C, H, W], 2 is [N, C].
struct Value {
  int id = 0;
  Shape shape;
  int rank = 4;
};

// More elements than an activation may have: a few images of 256 MB, with what layers save of them, can still be counted where
// size_t has 32 bits. In double, which does not wrap.
inline bool too_large(Shape shape) {
  constexpr double kMostElements = 1 << 26;
  return static_cast<double>(shape.height) * shape.width * shape.channels > kMostElements;
}

struct BuildState;

class NodeBuilder {
 public:
  NodeBuilder(BuildState& state, const Node& node) : state_(state), node_(node) {}

  const Node& node() const { return node_; }
  int64_t opset() const;

  // Inputs. Each throws when the input is missing or of the other sort.
  int input_count() const { return static_cast<int>(node_.inputs.size()); }
  bool has_input(int i) const;
  bool is_constant(int i) const;
  const Constant& constant(int i) const;
  const Constant& float_constant(int i) const;  // throws also where it holds integers
  Constant take_constant(int i);                // moved out of the graph where nothing else reads it
  // A constant becomes a value by a step without inputs, of the rank given (0: 4 where it has more than 2 dimensions, else 2).
  // widen: also one of integers.
  Value value(int i, int constant_rank = 0, bool widen = false);
  Value image(int i);  // a value that must be [N, C, H, W]

  // Attributes, or what ONNX says of their absence.
  bool has_attribute(const std::string& name) const { return node_.attributes.contains(name); }
  int64_t attribute_int(const std::string& name, int64_t absent) const;
  float attribute_float(const std::string& name, float absent) const;
  std::string attribute_string(const std::string& name, const std::string& absent) const;
  std::vector<int64_t> attribute_ints(const std::string& name, const std::vector<int64_t>& absent) const;
  const Constant* attribute_tensor(const std::string& name) const;
  // Integers that moved from an attribute to input i in some opset; empty when absent.
  std::vector<int64_t> ints_of_attribute_or_input(const std::string& name, int i) const;

  // The layer that makes input i, if nothing else reads what it makes: it may absorb this node.
  Layer* absorber(int i) const;
  // That layer, to look at, and the first value it reads.
  struct Producer {
    const Layer& layer;
    Value input;
  };
  std::optional<Producer> producer(int i) const;

  // An axis of a value that is none of the batch, from the start: 1 to rank - 1.
  int64_t inner_axis(int64_t axis, int rank) const;

  // Results of the node.
  void emit(std::unique_ptr<Layer> layer, const std::vector<Value>& inputs, int rank);
  // The same, where the output is taken for another shape that has the same memory.
  void emit_as(std::unique_ptr<Layer> layer, const std::vector<Value>& inputs, Shape shape, int rank);
  void emit_part(std::unique_ptr<Layer> layer, const Value& input, int output);  // of several outputs, one
  bool is_read(size_t output) const;                                             // by a node, or as the graph's output
  void alias(Value value);                                                       // the output is that value
  void define(Constant constant);

  [[noreturn]] void unsupported(const std::string& what) const;  // Error that names node and operator
  [[noreturn]] void bad(const std::string& what) const;

 private:
  Value add_step(std::unique_ptr<Layer> layer, const std::vector<Value>& inputs, int rank);
  void name_output(const Value& value);

  BuildState& state_;
  const Node& node_;
};

}  // namespace smoothgrad
