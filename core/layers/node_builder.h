// What a layer's build function sees of the graph: one node, its constants and attributes, the values before it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/layers/layer.h"
#include "core/layers/value.h"
#include "core/onnx/graph.h"
#include "core/onnx/passes/node_reader.h"

namespace smoothgrad {

// More elements than an activation may have: a few images of 256 MB, with what layers save of them, can still be counted where
// size_t has 32 bits. In double, which does not wrap.
inline bool too_large(Shape shape) {
  constexpr double kMostElements = 1 << 26;
  return static_cast<double>(shape.height) * shape.width * shape.channels > kMostElements;
}

struct BuildState;
struct Sources;

// Where images of [N, C, H, W] are meant, layers work on channels last.
struct Image {
  Value value;
  Shape shape;
};

class NodeBuilder {
 public:
  NodeBuilder(BuildState& state, const Node& node);

  const Node& node() const { return node_; }
  const NodeReader& reader() const { return reader_; }  // as the passes see the node
  int64_t opset() const { return reader_.opset(); }

  // Inputs. Each throws when the input is missing or of the other sort.
  int input_count() const { return static_cast<int>(node_.inputs.size()); }
  bool has_input(int i) const;
  int asked_inputs() const { return asked_; }  // up to the last one that was asked for, by any of these
  bool is_constant(int i) const;
  const Constant& constant(int i) const;
  const Constant& float_constant(int i) const;  // throws also where it holds integers
  Constant take_constant(int i);                // moved out of the graph where nothing else reads it
  // Wherever it lies. A constant becomes a value by a step without inputs, its axes in the order given (empty: row-major).
  // widen: also one of integers.
  Value value(int i, const AxisOrder& constant_order = {}, bool widen = false);
  Value dense(int i);                                         // the same, all of a memory of its own
  Value ordered(const Value& value, const AxisOrder& order);  // dense, and its axes in that order
  Value dense(const Value& value) { return ordered(value, order_of(value.view)); }
  Image image(int i);  // a value that must be [N, C, H, W], of one image, channels last

  // Attributes, or what ONNX says of their absence.
  bool has_attribute(const std::string& name) const { return node_.attributes.contains(name); }
  int64_t attribute_int(const char* name, int64_t absent) const { return reader_.integer(name, absent); }
  float attribute_float(const char* name, float absent) const { return reader_.real(name, absent); }
  std::string attribute_string(const char* name, const char* absent) const { return reader_.text(name, absent); }
  std::vector<int64_t> attribute_ints(const char* name, const std::vector<int64_t>& absent) const {
    return reader_.integers(name, absent);
  }
  const Constant* attribute_tensor(const std::string& name) const;
  // Integers that moved from an attribute to input i in some opset; empty when absent.
  std::vector<int64_t> ints_of_attribute_or_input(const char* name, int i) const;

  // The layer that makes input i, if nothing else reads what it makes, and all of that: it may absorb this node.
  Layer* absorber(int i) const;
  // That layer, to look at, and the first value it reads, where the input is as the layer left it.
  struct Producer {
    const Layer& layer;
    Value input;
  };
  std::optional<Producer> producer(int i) const;

  // An axis of a value, from the start.
  size_t axis(int64_t given, size_t rank) const;

  // Results of the node: of a layer, as its memory is to be seen; like its (dense) input; an image; another view of a value.
  void emit(std::unique_ptr<Layer> layer, const std::vector<Value>& inputs, StridedView view);
  void emit_like(std::unique_ptr<Layer> layer, const Value& input) { emit(std::move(layer), {input}, input.view); }
  void emit_image(std::unique_ptr<Layer> layer, const Value& input);
  // For a builder that makes several layers: not yet the node's result.
  Value rearranged(const Value& input, const Sources& sources, std::string_view kind, float outside = 0);
  Value add_step(std::unique_ptr<Layer> layer, const std::vector<Value>& inputs, StridedView view);
  Shape memory(const Value& value) const;  // that the value is a view of
  bool is_read(size_t output) const;       // by a node, or as the graph's output
  void alias(const Value& value, size_t output = 0);
  void define(Constant constant);

  [[noreturn]] void unsupported(std::initializer_list<MessagePart> what) const;  // Error that names node and operator
  [[noreturn]] void bad(std::initializer_list<MessagePart> what) const;

 private:
  BuildState& state_;
  const Node& node_;
  NodeReader reader_;
  mutable int asked_ = 0;
};

// The value with other dimensions, as many elements in the same (row-major) order; copied where no view of it is that.
Value reshape(NodeBuilder& node, const Value& value, const Dims& dims);

}  // namespace smoothgrad
