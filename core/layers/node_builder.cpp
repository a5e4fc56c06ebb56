// Compiled for size.
#include "core/layers/node_builder.h"

#include <algorithm>

#include "core/layers/broadcast.h"
#include "core/layers/build_state.h"
#include "core/layers/rearrange.h"

namespace smoothgrad {
namespace {

// A constant among the values; the gradient that reaches it is dropped.
class ConstantValue final : public Layer {
 public:
  ConstantValue(Shape shape, std::vector<float> data) : Layer({}, shape), data_(std::move(data)) {}

  std::string_view kind() const override { return "constant"; }
  size_t weight_bytes() const override { return data_.size() * sizeof(float); }
  void forward(const ForwardPass& pass) const override {
    for (size_t b = 0; b < static_cast<size_t>(pass.batch); ++b) std::ranges::copy(data_, pass.output + b * data_.size());
  }
  void backward(const BackwardPass&) const override {}

 private:
  std::vector<float> data_;
};

}  // namespace

NodeBuilder::NodeBuilder(BuildState& state, const Node& node) : state_(state), node_(node), reader_(state.graph, node) {}

bool NodeBuilder::has_input(int i) const {
  asked_ = std::max(asked_, i + 1);
  return i < input_count() && !node_.inputs[static_cast<size_t>(i)].empty();
}

bool NodeBuilder::is_constant(int i) const {
  return has_input(i) && state_.graph.constants.contains(node_.inputs[static_cast<size_t>(i)]);
}

const Constant& NodeBuilder::constant(int i) const {
  if (!has_input(i)) bad({"input ", i, " is missing"});
  const std::string& name = node_.inputs[static_cast<size_t>(i)];
  const auto found = state_.graph.constants.find(name);
  if (found != state_.graph.constants.end()) return found->second;
  if (state_.values.contains(name)) unsupported({"input ", i, " ('", name, "') that is computed, not constant"});
  bad({"initialiser '", name, "' is not in the file"});
}

const Constant& NodeBuilder::float_constant(int i) const {
  const Constant& found = constant(i);
  if (found.integer) bad({"input ", i, " holds integers; floats are needed"});
  return found;
}

Constant NodeBuilder::take_constant(int i) {
  const Constant& found = constant(i);
  const std::string& name = node_.inputs[static_cast<size_t>(i)];
  if (state_.name_readers[name] > 1) return found;
  return std::move(state_.graph.constants.extract(name).mapped());
}

Value NodeBuilder::value(int i, const AxisOrder& constant_order, bool widen) {
  if (!has_input(i)) bad({"input ", i, " is missing"});
  const std::string& name = node_.inputs[static_cast<size_t>(i)];
  if (const auto found = state_.values.find(name); found != state_.values.end()) return found->second;
  const auto found = state_.graph.constants.find(name);
  if (found == state_.graph.constants.end()) {
    bad({"it reads '", name, "', which nothing before it makes: an initialiser is missing, or the nodes are out of order"});
  }
  const Constant& constant = found->second;
  if (constant.integer && !widen) unsupported({"integer arithmetic"});
  if (constant.size() == 0) bad({"a constant operand without elements"});
  const AxisOrder order = constant_order.empty() ? row_major(constant.dims.size()) : constant_order;
  const Value value = state_.add_value(laid_out(constant.dims, order));
  state_.steps.push_back(
      {name, std::make_unique<ConstantValue>(memory_shape(value.view), elements_in_order(constant, order)), {}});
  state_.name_value(name, value);
  return value;
}

Value NodeBuilder::dense(int i) { return dense(value(i)); }

Value NodeBuilder::ordered(const Value& value, const AxisOrder& order) { return state_.ordered(value, order, node_.name); }

Image NodeBuilder::image(int i) {
  const Value found = value(i);
  const Dims& dims = found.dims();
  if (dims.size() != 4 || dims[0] != 1) unsupported({"an input of ", show(dims), ", that is not [1, C, H, W]"});
  return {ordered(found, kChannelsLast), {static_cast<int>(dims[2]), static_cast<int>(dims[3]), static_cast<int>(dims[1])}};
}

Shape NodeBuilder::memory(const Value& value) const { return memory_shape(state_.made[static_cast<size_t>(value.id)]); }

bool NodeBuilder::is_read(size_t output) const {
  if (output >= node_.outputs.size() || node_.outputs[output].empty()) return false;
  const auto found = state_.name_readers.find(node_.outputs[output]);
  return found != state_.name_readers.end() && found->second > 0;
}

const Constant* NodeBuilder::attribute_tensor(const std::string& name) const {
  const auto found = node_.attributes.find(name);
  return found == node_.attributes.end() ? nullptr : &found->second.tensor;
}

std::vector<int64_t> NodeBuilder::ints_of_attribute_or_input(const char* name, int i) const {
  if (!has_input(i)) return attribute_ints(name, {});
  const Constant& values = constant(i);
  // An empty list may have lost its type.
  if (!values.integer && values.size() > 0) {
    bad({"input ", i, " (", name, ") must hold integers"});
  }
  return values.ints;
}

size_t NodeBuilder::axis(int64_t given, size_t rank) const {
  const std::optional<size_t> found = find_axis(given, rank);
  if (!found) bad({"axis ", given, " of a value of ", rank, " dimensions"});
  return *found;
}

Layer* NodeBuilder::absorber(int i) const {
  if (!has_input(i)) return nullptr;
  const auto found = state_.values.find(node_.inputs[static_cast<size_t>(i)]);
  if (found == state_.values.end()) return nullptr;
  const size_t id = static_cast<size_t>(found->second.id);
  if (id == 0 || state_.readers[id] != 1 || !is_dense(found->second.view, *element_count(state_.made[id].dims))) return nullptr;
  return state_.steps[id - 1].layer.get();
}

std::optional<NodeBuilder::Producer> NodeBuilder::producer(int i) const {
  const Layer* layer = absorber(i);
  if (!layer) return std::nullopt;
  const Value& value = state_.values.at(node_.inputs[static_cast<size_t>(i)]);
  const size_t id = static_cast<size_t>(value.id);
  if (state_.steps[id - 1].inputs.empty() || value.view != state_.made[id]) return std::nullopt;
  const int input = state_.steps[id - 1].inputs[0];
  return Producer{*layer, {input, state_.made[static_cast<size_t>(input)]}};
}

void NodeBuilder::emit(std::unique_ptr<Layer> layer, const std::vector<Value>& inputs, StridedView view) {
  alias(add_step(std::move(layer), inputs, std::move(view)));
}

void NodeBuilder::emit_image(std::unique_ptr<Layer> layer, const Value& input) {
  const Shape out = layer->output();
  emit(std::move(layer), {input}, laid_out({1, out.channels, out.height, out.width}, kChannelsLast));
}

Value NodeBuilder::rearranged(const Value& input, const Sources& sources, std::string_view kind, float outside) {
  const Dims dims = sources.dims();
  if (!element_count(dims)) bad({"its output would be of ", show(dims)});
  return add_step(make_rearrangement(memory(input), sources, kind, outside), {input}, laid_out(dims, sources.order));
}

Value NodeBuilder::add_step(std::unique_ptr<Layer> layer, const std::vector<Value>& inputs, StridedView view) {
  const Shape shape = layer->output();
  if (shape.height < 1 || shape.width < 1 || shape.channels < 1 || too_large(shape)) {
    bad({"its output would be of ", shape.channels, " x ", shape.height, " x ", shape.width, " elements"});
  }
  std::vector<int> ids;
  for (const Value& input : inputs) ids.push_back(input.id);
  const Value value = state_.add_value(std::move(view));
  state_.steps.push_back({node_.name, std::move(layer), std::move(ids)});
  ++state_.readers[static_cast<size_t>(value.id)];  // this node, until it names the value
  return value;
}

void NodeBuilder::alias(const Value& value, size_t output) {
  if (node_.outputs.empty()) bad({"it has no output"});
  if (output == 0) --state_.readers[static_cast<size_t>(value.id)];  // this node, which is gone
  if (!node_.outputs[output].empty()) state_.name_value(node_.outputs[output], value);
}

void NodeBuilder::define(Constant constant) {
  if (node_.outputs.empty()) bad({"it has no output"});
  state_.graph.constants[node_.outputs[0]] = std::move(constant);
}

void NodeBuilder::unsupported(std::initializer_list<MessagePart> what) const {
  refuse(ErrorCode::kUnsupportedOperator,
         {"node '", node_.name, "' (", node_.op, ") uses what is not supported: ", join(what)});
}

void NodeBuilder::bad(std::initializer_list<MessagePart> what) const {
  refuse(ErrorCode::kBadModel, {"node '", node_.name, "' (", node_.op, "): ", join(what)});
}

}  // namespace smoothgrad
