// Which of a model's outputs is scores, one a class: by its shape, by what makes it, by its name.
#pragma once

#include "core/onnx/passes/ending.h"
#include "core/onnx/passes/passes.h"

namespace smoothgrad {

struct ChosenOutput {
  std::string name;
  Trace trace;
};

// `wanted`: a name, an index, or nothing. Throws Error(kBadOption) that lists the names where there is none such.
ChosenOutput choose_output(const Graph& graph, const std::string& wanted, Notes& notes);

}  // namespace smoothgrad
