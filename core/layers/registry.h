// The operators of ONNX that the engine has, as one explicit table from name to build function.
#pragma once

#include <string>
#include <string_view>

#include "core/layers/node_builder.h"

namespace smoothgrad {

struct Operator {
  std::string_view name;
  void (*build)(NodeBuilder&);
  bool weighted = false;  // input 1 is what has been learned: a matrix of weights
};

const Operator* find_operator(std::string_view name);  // null when there is none
std::string supported_operators();                     // "Add, AveragePool, ..."

}  // namespace smoothgrad
