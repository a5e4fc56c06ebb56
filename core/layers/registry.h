// The operators of ONNX that the engine has, as one explicit table from name to build function.
#pragma once

#include <string>
#include <string_view>

#include "core/layers/node_builder.h"

namespace smoothgrad {

using BuildFunction = void (*)(NodeBuilder&);

BuildFunction find_operator(std::string_view name);  // null when there is none
std::string supported_operators();                   // "Add, AveragePool, ..."

}  // namespace smoothgrad
