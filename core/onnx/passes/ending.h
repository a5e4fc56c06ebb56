// How a classifier ends: what turns logits into what the file calls its output. Recognised on the graph, so that the logits can
// be explained: Softmax and LogSoftmax over the classes, the same written out, Sigmoid, HardSigmoid, ArgMax; also where these
// stand behind what only changes the shape or scales by a positive number.
#pragma once

#include "core/onnx/passes/makers.h"
#include "core/onnx/passes/prepared.h"

namespace smoothgrad {

struct Trace {
  std::string logits;             // the value before the ending; the output itself where there is none
  Ending ending = Ending::kNone;  // what would make probabilities of it
  bool picks = false;             // an ArgMax was on the way
  std::string what;               // the operators that are cut, "Softmax, Identity": for a note
};

Trace trace_ending(const Makers& makers, const std::string& output);

}  // namespace smoothgrad
