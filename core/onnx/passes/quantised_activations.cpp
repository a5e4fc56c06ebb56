// x -> QuantizeLinear -> DequantizeLinear is x, rounded and cut off at the ends of the integers' range: a Clip is left of it.
// What moves elements or takes maxima may stand between the two; scale and zero point must be the same.
#include <algorithm>

#include "core/base/text.h"
#include "core/onnx/passes/makers.h"
#include "core/onnx/passes/passes.h"
#include "core/onnx/passes/quantised.h"

namespace smoothgrad {
namespace {

bool same(const Constant& a, const Constant& b) { return a.floats == b.floats && a.ints == b.ints && a.type == b.type; }

// One scale and zero point for the whole tensor, which both nodes share.
bool same_scheme(const NodeReader& quantize, const NodeReader& dequantize) {
  const Constant* scale = quantize.constant(1);
  const Constant* other = dequantize.constant(1);
  if (!scale || !other || scale->floats.size() != 1 || !same(*scale, *other) || !(scale->floats[0] > 0)) return false;
  if (quantize.has(2) != dequantize.has(2)) return false;
  if (!quantize.has(2)) return true;
  const Constant *zero = quantize.constant(2), *its_zero = dequantize.constant(2);
  return zero && its_zero && zero->ints.size() == 1 && same(*zero, *its_zero);
}

const Node* find_quantize(const Makers& makers, const Node& dequantize) {
  const Node* node = makers.of(dequantize.inputs.empty() ? std::string() : dequantize.inputs[0]);
  while (node && node->domain.empty() && moves_levels(node->op) && !node->inputs.empty()) node = makers.of(node->inputs[0]);
  const bool found = node && node->op == "QuantizeLinear" && node->domain.empty();
  return found && same_scheme(makers.read(*node), makers.read(dequantize)) ? node : nullptr;
}

// The values that integers of the zero point's type stand for.
Node clip_of(Graph& graph, const Node& quantize) {
  const NodeReader reader(graph, quantize);
  const Constant* zero = reader.constant(2);
  const IntegerRange range = integer_range(zero && zero->type != kUnknownType ? zero->type : int{kUint8});
  const double scale = static_cast<double>(reader.constant(1)->floats[0]),
               offset = zero ? static_cast<double>(zero->ints[0]) : 0;
  const auto bound = [&](int64_t level) { return static_cast<float>((static_cast<double>(level) - offset) * scale); };
  const float lowest = bound(range.lowest), highest = bound(range.highest);
  Node clip{quantize.name, "Clip", {quantize.inputs[0]}, {quantize.outputs[0]}, {}};
  if (graph.opset < 11) {
    clip.attributes["min"].f = lowest;
    clip.attributes["max"].f = highest;
    return clip;
  }
  const auto add = [&](const char* what, float value) {
    const std::string name = join({quantize.outputs[0], "/", what});
    graph.constants[name].floats = {value};
    clip.inputs.push_back(name);
  };
  add("lowest", lowest);
  add("highest", highest);
  return clip;
}

}  // namespace

void pass_through_quantisation(Graph& graph, Notes& notes) {
  const Makers makers(graph);
  std::vector<const Node*> matched;
  for (const Node& node : graph.nodes) {
    if (node.op != "DequantizeLinear" || !node.domain.empty() || node.outputs.empty()) continue;
    const Node* quantize = find_quantize(makers, node);
    if (!quantize) return;
    matched.insert(matched.end(), {&node, quantize});
  }
  if (matched.empty()) return;
  size_t rounded = 0;
  for (Node& node : graph.nodes) {
    if (std::ranges::find(matched, &node) == matched.end()) continue;
    if (node.op == "QuantizeLinear") {
      node = clip_of(graph, node);
      ++rounded;
    } else {
      node = Node{node.name, "Identity", {node.inputs[0]}, {node.outputs[0]}, {}};
    }
  }
  notes.push_back(
      join({"quantised: the rounding of activations at ", rounded, " places is passed through, their clamp is kept"}));
}

}  // namespace smoothgrad
