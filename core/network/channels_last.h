// Graphs whose input has its channels last ([N, H, W, C], as Keras writes them).
#pragma once

#include "core/onnx/graph.h"

namespace smoothgrad {

// Whether the one input is read channels last: all that reads it ends in Transpose(0, 3, 1, 2). Then the graph is made to read
// it channels first. Throws Error(kUnsupportedOperator) where it must be channels last by its dimensions, but is not read so.
bool put_channels_first(Graph& graph);

}  // namespace smoothgrad
