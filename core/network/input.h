// What the graph's one input is: its size, its layout, its numbers.
#pragma once

#include <string>
#include <vector>

#include "core/base/tensor.h"
#include "core/onnx/graph.h"

namespace smoothgrad {

struct InputForm {
  Shape shape;
  bool levels = false;             // of an integer type: the network scales inside, so levels 0 to 255 go in
  bool channels_last = false;      // the graph reads [N, H, W, C], as images lie in memory; else [N, C, H, W]
  double scale = 1;                // of the shorter side, to that of the file
  std::string type;                // "float32", "uint8", ..., as people call it
  std::vector<std::string> notes;  // what was done to take it, for people
};

// Height and width where the file leaves them open, or other ones than it is for; 0: as the file has it, and where that leaves
// them open as its metadata's smoothgrad.size says, else smoothgrad.resize.
struct InputSize {
  int height = 0, width = 0;
};

// Reads it and makes it of fixed size, in the graph too: the batch becomes 1, open height and width are as `size` says. Throws
// Error(kBadModel), Error(kUnsupportedOperator), or Error(kBadOption) where `size` does not fit the file.
InputForm read_input(Graph& graph, InputSize size = {});

}  // namespace smoothgrad
