// The operators of ONNX that the engine has, as one explicit table from name to build function.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/layers/node_builder.h"

namespace smoothgrad {

struct Operator {
  std::string_view name;
  void (*make)(NodeBuilder&);
  // The attributes that it honours, or may ignore for a reason that its file gives, with a space between two.
  std::string_view attributes = {};
  bool weighted = false;  // input 1 is what has been learned: a matrix of weights

  // Throws Error(kUnsupportedOperator) where the node has an attribute, an input, or an output that is read, which is not of
  // the above.
  void build(NodeBuilder& node) const;
};

std::span<const Operator> operators();                 // by name
const Operator* find_operator(std::string_view name);  // null when there is none
std::string supported_operators();                     // "Add, AveragePool, ..."

}  // namespace smoothgrad
