// q, s, z = DynamicQuantizeLinear(x) chooses scale and zero point by what it is given, so that nothing is cut off: (q - z) s is
// x, rounded. Products of q - z with integer weights, times s later on, are therefore products with x: s becomes 1, z becomes
// 0. That holds where what is made of q, s and z is what quantisers write, which is followed from node to node.
#include <algorithm>

#include "core/base/text.h"
#include "core/onnx/passes/folds.h"
#include "core/onnx/passes/passes.h"
#include "core/onnx/passes/quantised.h"
#include "core/onnx/passes/visit.h"

namespace smoothgrad {
namespace {

bool is_product(const Node& node) { return node.op == "MatMulInteger" || node.op == "ConvInteger"; }

// How the zero point of an integer weight lies along it: one number, or one for each row (of what stands on the left), column
// or filter. Nothing where input i is no such weight.
std::optional<StridedView> zeros_along(const NodeReader& node, size_t i) {
  const Constant *levels = node.constant(i), *zero = node.constant(i + 2);
  if (!levels || !levels->integer || (node.has(i + 2) && (!zero || !zero->integer))) return std::nullopt;
  const size_t rank = levels->dims.size();
  StridedView view{levels->dims, Dims(rank, 0)};
  if (!zero || zero->size() == 1) return view;
  const size_t axis = node.node().op == "ConvInteger" ? 0 : rank - (i == 0 ? 2 : 1);
  if (rank < 2 || zero->dims != Dims{levels->dims[axis]}) return std::nullopt;
  view.strides[axis] = 1;
  return view;
}

Constant less_zero(const Constant& levels, const Constant* zero, const StridedView& along) {
  Constant made;
  made.dims = levels.dims;
  made.floats.reserve(levels.size());
  Cursor cursor(along);
  for (const int64_t level : levels.ints)
    made.floats.push_back(static_cast<float>(level - (zero ? zero->ints[cursor.next()] : 0)));
  return made;
}

// What a value is of a DynamicQuantizeLinear: the integers, scale and zero point, and products of the integers.
enum class Part { kNone, kLevels, kScale, kZero, kProduct };

struct Traced {
  Part part = Part::kNone;
  const Node* of = nullptr;

  bool operator==(const Traced&) const = default;
};

class Trace {
 public:
  explicit Trace(const Graph& graph) : graph_(graph) {}

  // False where a node does with one of these values what is not known.
  bool follow() {
    for (const Node& node : graph_.nodes) {
      const Traced first = input(node, 0), second = input(node, 1);
      const bool clean =
          std::ranges::none_of(names_read(node), [this](const std::string& name) { return values_.contains(name); });
      if (node.op == "DynamicQuantizeLinear" && node.domain.empty() && clean) {
        if (node.inputs.size() != 1 || node.outputs.empty()) return false;
        begin(node);
      } else if (!clean && !(node.domain.empty() && known(node, first, second))) {
        return false;
      }
    }
    return std::ranges::none_of(graph_.outputs, [this](const Graph::Port& port) { return values_.contains(port.name); });
  }

  // Whether the node makes floats of the integers, without a product.
  bool dequantises(const Node& node) const { return std::ranges::count(dequantised_, &node) > 0; }
  // Whether it multiplies them. Products of other integers stay as they are.
  bool multiplies(const Node& node) const { return std::ranges::count(products_, &node) > 0; }

 private:
  Traced input(const Node& node, size_t i) const {
    const auto found = i < node.inputs.size() ? values_.find(node.inputs[i]) : values_.end();
    return found == values_.end() ? Traced{} : found->second;
  }

  void begin(const Node& node) {
    constexpr Part kParts[] = {Part::kLevels, Part::kScale, Part::kZero};
    for (size_t i = 0; i < std::min(node.outputs.size(), std::size(kParts)); ++i) {
      if (!node.outputs[i].empty()) values_[node.outputs[i]] = {kParts[i], &node};
    }
  }

  bool make(const Node& node, Traced value) {
    values_[node.outputs[0]] = value;
    return true;
  }

  bool known(const Node& node, Traced first, Traced second) {
    if (node.outputs.size() != 1) return false;
    const auto part = [&node, this](size_t i, Part wanted, const Node* of) { return input(node, i) == Traced{wanted, of}; };
    if (is_product(node)) {
      const size_t side = first.part == Part::kLevels ? 0 : 1;
      const Node* of = input(node, side).of;
      const bool fits = part(side, Part::kLevels, of) && part(side + 2, Part::kZero, of) &&
                        (side == 0 || node.op == "MatMulInteger") && zeros_along({graph_, node}, 1 - side);
      if (fits) products_.push_back(&node);
      return fits && make(node, {Part::kProduct, of});
    }
    if (node.op == "DequantizeLinear") {
      dequantised_.push_back(&node);
      return first.part == Part::kLevels && part(1, Part::kScale, first.of) && part(2, Part::kZero, first.of);
    }
    if (node.op == "Cast") {
      const int to = static_cast<int>(NodeReader(graph_, node).integer("to", 0));
      return first.part == Part::kProduct && is_floating(to) && make(node, first);
    }
    if (node.op == "Mul") {
      if (first.part == Part::kScale) std::swap(first, second);
      if (second.part != Part::kScale) return false;
      if (first.part == Part::kProduct) return first.of == second.of;
      const NodeReader reader(graph_, node);
      return first.part == Part::kNone && (reader.constant(0) || reader.constant(1)) && make(node, second);
    }
    return first.part == Part::kLevels && moves_levels(node.op) && second.part == Part::kNone && make(node, first);
  }

  const Graph& graph_;
  std::map<std::string, Traced> values_;
  std::vector<const Node*> dequantised_, products_;
};

// Its result without the other outputs, which become constants.
void keep_as_it_is(Graph& graph, Node& node) {
  node.op = "Identity";
  for (size_t i = 1; i < node.outputs.size(); ++i) {
    if (node.outputs[i].empty()) continue;
    Constant& constant = graph.constants[node.outputs[i]];
    if (i == 1)
      constant.floats = {1};
    else
      constant = integer_tensor({}, {0}, kUint8);
  }
  node.inputs.resize(1);
  node.outputs.resize(1);
}

// MatMul or Conv.
void with_floats(Graph& graph, Node& node) {
  for (size_t i = 0; i < 2; ++i) {
    const NodeReader reader(graph, node);
    const auto along = zeros_along(reader, i);
    if (!along) continue;
    const std::string name = join({node.outputs[0], "/", node.inputs[i]});
    graph.constants[name] = less_zero(*reader.constant(i), reader.constant(i + 2), *along);
    node.inputs[i] = name;
  }
  node.inputs.resize(2);
  node.op.resize(node.op.size() - std::string_view("Integer").size());
}

}  // namespace

bool pass_through_dynamic_quantisation(Graph& graph, Notes& notes) {
  const auto is_dynamic = [](const Node& node) { return node.op == "DynamicQuantizeLinear" && node.domain.empty(); };
  const auto places = std::ranges::count_if(graph.nodes, is_dynamic);
  Trace trace(graph);
  if (places == 0 || !trace.follow()) return false;
  for (Node& node : graph.nodes) {
    if (is_dynamic(node) || trace.dequantises(node))
      keep_as_it_is(graph, node);
    else if (trace.multiplies(node))
      with_floats(graph, node);
  }
  notes.push_back(join({"quantised as it runs: the rounding of ", places, " of its activations is passed through"}));
  return true;
}

}  // namespace smoothgrad
