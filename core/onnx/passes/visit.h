// Names that nodes read, also from within their subgraphs; and other names for all that a list of nodes makes.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/function_ref.h"
#include "core/onnx/graph.h"

namespace smoothgrad {

// Inputs of the node, and what its subgraphs read that they do not make.
std::vector<std::string> names_read(const Node& node);

// Nodes under other names: `rename` is asked for every name of a value, in subgraphs too.
void rename_values(std::vector<Node>& nodes, FunctionRef<std::string(const std::string&)> rename);

}  // namespace smoothgrad
