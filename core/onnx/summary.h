// What a file says it is, before anything is made of it.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "core/onnx/graph.h"

namespace smoothgrad {

struct Summary {
  std::string producer;                  // name and version of what wrote it; empty where the file does not say
  int64_t opset = 0;                     // of ONNX's own operators
  std::map<std::string, int> operators;  // how often each is there, by its name
  size_t parameters = 0;                 // numbers in its weights: whole numbers of 32 and 64 bits are shapes and indices
};

Summary summarise(const Graph& graph);

}  // namespace smoothgrad
