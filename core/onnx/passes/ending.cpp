#include "core/onnx/passes/ending.h"

#include <algorithm>

#include "core/base/text.h"

namespace smoothgrad {
namespace {

// The classes are the only dimension with more than one element; where the shape is not known, axes 1 and -1 are theirs.
bool is_class_axis(const Dims* dims, int64_t axis) {
  if (!dims) return axis == 1 || axis == -1;
  const auto found = find_axis(axis, dims->size());
  const auto count = element_count(*dims);
  return found && count && static_cast<size_t>((*dims)[*found]) == *count;
}

// One constant number above 0; 0 where it is none.
float positive_number(const Constant* constant) {
  const bool one = constant && constant->floats.size() == 1;
  return one && constant->floats[0] > 0 ? constant->floats[0] : 0;
}

// exp(x) / sum(exp(x)), x maybe minus its maximum: the name of x.
std::string written_out_softmax(const Makers& makers, const Node& divide) {
  const Node *exponential = makers.of(divide, 0, "Exp"), *sum = makers.of(divide, 1, "ReduceSum");
  if (!exponential || !sum || exponential->inputs.empty() || sum->inputs.empty()) return {};
  if (sum->inputs[0] != divide.inputs[0]) return {};
  const NodeReader reader = makers.read(*sum);
  const auto axes = reader.integers("axes", 1);
  const bool of_classes = axes && axes->size() == 1 && is_class_axis(reader.dims(0), (*axes)[0]);
  if (!of_classes || reader.integer("keepdims", 1) == 0) return {};
  const Node *difference = makers.of(*exponential, 0, "Sub"),
             *most = difference ? makers.of(*difference, 1, "ReduceMax") : nullptr;
  const bool shifted = most && !most->inputs.empty() && most->inputs[0] == difference->inputs[0];
  return shifted ? difference->inputs[0] : exponential->inputs[0];
}

// What stands behind an ending and changes nothing about the order of classes.
bool is_transparent(const NodeReader& node) {
  constexpr std::string_view kMoves = " Identity Cast Reshape Flatten Squeeze Unsqueeze Dropout ";
  const std::string& op = node.node().op;
  if (kMoves.find(' ' + op + ' ') != std::string_view::npos) return true;
  return (op == "Mul" || op == "Div") && positive_number(node.constant(1)) > 0;
}

struct Cut {
  std::string before;
  Ending ending;
  bool picks;
};

// The value before an ending that this node is the last of.
std::optional<Cut> cut_at(const Makers& makers, const Node& node) {
  const NodeReader reader = makers.read(node);
  const Dims* dims = reader.dims(0);
  const int64_t last = makers.graph().opset >= 13 ? -1 : 1;
  if (node.op == "Softmax" || node.op == "LogSoftmax") {
    if (!is_class_axis(dims, reader.integer("axis", last))) return std::nullopt;
    return Cut{node.inputs[0], Ending::kSoftmax, false};
  }
  if (node.op == "Sigmoid" || node.op == "HardSigmoid") return Cut{node.inputs[0], Ending::kSigmoid, false};
  if (node.op == "ArgMax" && is_class_axis(dims, reader.integer("axis", 0))) return Cut{node.inputs[0], Ending::kNone, true};
  if (node.op == "Log") {
    const Node* inner = makers.of(node.inputs[0]);
    const auto cut = inner && inner->domain.empty() && !inner->inputs.empty() ? cut_at(makers, *inner) : std::nullopt;
    return cut && cut->ending == Ending::kSoftmax ? cut : std::nullopt;
  }
  if (node.op != "Div") return std::nullopt;
  const std::string before = written_out_softmax(makers, node);
  return before.empty() ? std::nullopt : std::optional(Cut{before, Ending::kSoftmax, false});
}

}  // namespace

Trace trace_ending(const Makers& makers, const std::string& output) {
  Trace trace{output, Ending::kNone, false, ""};
  std::string at = output, passed;
  // A probability has one ending; an ArgMax may stand behind it.
  while (const Node* node = makers.of(at)) {
    if (!node->domain.empty() || node->inputs.empty() || node->outputs[0] != at) break;
    const auto cut = trace.ending == Ending::kNone ? cut_at(makers, *node) : std::nullopt;
    if (cut) {
      trace.ending = cut->ending;
      trace.picks |= cut->picks;
      trace.logits = at = cut->before;
    } else if (is_transparent(makers.read(*node))) {
      at = node->inputs[0];
    } else {
      break;
    }
    const char* const what = cut && node->op == "Div" ? "Softmax (written out)" : node->op.c_str();
    passed = join({what, passed.empty() ? "" : ", ", passed});
    if (cut) trace.what = passed;
    if (trace.ending != Ending::kNone) break;
  }
  return trace;
}

}  // namespace smoothgrad
