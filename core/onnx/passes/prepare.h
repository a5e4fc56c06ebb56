// The import stage between a file and layers: passes over plain data (passes.h), after which a graph has one output, only
// operators that compute, and constants that are numbers.
#pragma once

#include <string>

#include "core/onnx/graph.h"
#include "core/onnx/passes/passes.h"
#include "core/onnx/passes/prepared.h"

namespace smoothgrad {

struct PrepareOptions {
  std::string output = {};   // name or index; empty: the one that is class scores
  bool keep_ending = false;  // the output as the file has it, behind Softmax and the like
  bool merge = true;         // functions that are written out in several nodes become one
  Supported supported = {};
};

// The passes that need no choice: functions, order, constants, branches. Finds dimensions too; what changes the graph's input
// may call it before and after.
void simplify_graph(Graph& graph);

// All passes. Throws Error(kBadModel), Error(kUnsupportedOperator), Error(kBadOption) for `output`.
Prepared prepare_graph(Graph& graph, const PrepareOptions& options);

}  // namespace smoothgrad
