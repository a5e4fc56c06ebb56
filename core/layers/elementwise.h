// The smooth functions of one operand: a row each with f and f', in one table. Rules do not concern them: Guided BackProp and
// DeconvNet are of units with a gate (leaky.cpp, clamp.cpp), as captum hooks nn.ReLU and not nn.ELU or nn.GELU.
#pragma once

#include <string_view>

#include "core/kernels/smooth.h"
#include "core/layers/node_builder.h"

namespace smoothgrad {

struct ValueAndSlope {
  float value, slope;
};

struct ElementwiseFunction {
  std::string_view op, kind;                              // ONNX's name; for people
  ValueAndSlope (*at)(float x, const float* parameters);  // null where it is fast:
  // Attributes that are its parameters, null where there are fewer, and what ONNX says of their absence.
  const char* attributes[2] = {nullptr, nullptr};
  float absent[2] = {0, 0};
  SmoothFunction fast = nullptr;
};

// Null when there is none. "Gelu" is the one by erf, "Gelu/tanh" its approximation.
const ElementwiseFunction* find_elementwise(std::string_view op);

// One that has no parameters; not yet the node's result.
Value applied(NodeBuilder& node, std::string_view op, const Value& value);

}  // namespace smoothgrad
