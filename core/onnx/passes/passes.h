// The passes over a graph, each of which leaves a graph that computes the same (or says, in a note, what is left out).
// `prepare_graph` runs them in this order.
#pragma once

#include <string>
#include <string_view>

#include "core/onnx/graph.h"
#include "core/onnx/passes/prepared.h"

namespace smoothgrad {

// Nodes that stand for a function of the model are replaced by its nodes. Throws where functions call each other in a ring, or
// are of another operator set than the model.
void inline_functions(Graph& graph);

// Throws where a name is of two values: of nodes, constants or the input.
void check_names(const Graph& graph);

// Puts nodes behind those whose results they read. Throws where there is a cycle, naming a node on it.
void sort_nodes(Graph& graph);

// Constants of nodes (Constant), of operators on constants, and of shapes; finds dimensions of values on the way.
void fold_constants(Graph& graph);

// An If with a constant condition is replaced by its branch; true where there was one, so that more can be folded.
bool inline_branches(Graph& graph);

// Products of integers behind DynamicQuantizeLinear (MatMulInteger, ConvInteger) become products of floats: weights less their
// zero point, activations as they were. True where there were some. Left as it is, and so refused, where anything else reads
// the integers.
bool pass_through_dynamic_quantisation(Graph& graph, Notes& notes);

// Rounding of activations (QuantizeLinear, DequantizeLinear) is passed through, with its clamp as a Clip.
void pass_through_quantisation(Graph& graph, Notes& notes);

// Keeps what the graph's outputs need: nodes, and the constants and inputs that these read.
void remove_dead_nodes(Graph& graph);

// Functions that are written out in several nodes (Swish, Gelu, HardSwish, Mish) become one node.
void merge_functions(Graph& graph);

// Convolutions and poolings along one axis become those along two, the first of one element.
void lift_windows(Graph& graph);

// What there are layers for.
struct Supported {
  bool (*has)(std::string_view op) = nullptr;  // null: not asked
  std::string (*all)() = nullptr;              // for people
};

// Throws for all operators that there are not in one message, with counts and the first by name; for constants that cannot be
// had, NaN or infinity in weights, and batch normalisation in training mode.
void check_graph(const Graph& graph, Supported supported);

}  // namespace smoothgrad
