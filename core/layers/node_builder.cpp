// Compiled for size.
#include "core/layers/node_builder.h"

#include <algorithm>

#include "core/layers/broadcast.h"
#include "core/layers/build_state.h"

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
  std::vector<float> data_;  // channels last
};

}  // namespace

int64_t NodeBuilder::opset() const { return state_.opset; }

bool NodeBuilder::has_input(int i) const { return i < input_count() && !node_.inputs[static_cast<size_t>(i)].empty(); }

bool NodeBuilder::is_constant(int i) const {
  return has_input(i) && state_.constants.contains(node_.inputs[static_cast<size_t>(i)]);
}

const Constant& NodeBuilder::constant(int i) const {
  if (!has_input(i)) bad("input " + std::to_string(i) + " is missing");
  const std::string& name = node_.inputs[static_cast<size_t>(i)];
  const auto found = state_.constants.find(name);
  if (found != state_.constants.end()) return found->second;
  if (state_.values.contains(name))
    unsupported("input " + std::to_string(i) + " ('" + name + "') that is computed, not constant");
  bad("initialiser '" + name + "' is not in the file");
}

const Constant& NodeBuilder::float_constant(int i) const {
  const Constant& found = constant(i);
  if (found.integer) bad("input " + std::to_string(i) + " holds integers; floats are needed");
  return found;
}

Constant NodeBuilder::take_constant(int i) {
  const Constant& found = constant(i);
  const std::string& name = node_.inputs[static_cast<size_t>(i)];
  if (state_.name_readers[name] > 1) return found;
  return std::move(state_.constants.extract(name).mapped());
}

Value NodeBuilder::value(int i, int constant_rank, bool widen) {
  if (!has_input(i)) bad("input " + std::to_string(i) + " is missing");
  const std::string& name = node_.inputs[static_cast<size_t>(i)];
  const bool constant_value = state_.constants.contains(name);
  if (const auto found = state_.values.find(name); found != state_.values.end()) {
    // A constant that has been made a value of another rank is made one again.
    if (!constant_value || constant_rank == 0 || found->second.rank == constant_rank) return found->second;
  }
  if (!constant_value) {
    bad("it reads '" + name + "', which nothing before it makes: an initialiser is missing, or the nodes are out of order");
  }
  const Constant& constant = state_.constants.at(name);
  if (constant.integer && !widen) unsupported("integer arithmetic");
  const int rank = constant_rank ? constant_rank : constant.dims.size() > 2 ? 4 : 2;
  const Shape shape = constant_shape(*this, constant, rank);
  const Value value = state_.add_value(shape, rank);
  std::vector<float> elements = channels_last(as_floats(constant).floats, shape);
  state_.steps.push_back({name, std::make_unique<ConstantValue>(shape, std::move(elements)), {}});
  state_.name_value(name, value);
  return value;
}

Value NodeBuilder::image(int i) {
  const Value found = value(i);
  if (found.rank != 4) unsupported("an input of " + std::to_string(found.rank) + " dimensions that is not [N, C, H, W]");
  return found;
}

bool NodeBuilder::is_read(size_t output) const {
  if (output >= node_.outputs.size() || node_.outputs[output].empty()) return false;
  const auto found = state_.name_readers.find(node_.outputs[output]);
  return found != state_.name_readers.end() && found->second > 0;
}

int64_t NodeBuilder::attribute_int(const std::string& name, int64_t absent) const {
  const auto found = node_.attributes.find(name);
  return found == node_.attributes.end() ? absent : found->second.i;
}

float NodeBuilder::attribute_float(const std::string& name, float absent) const {
  const auto found = node_.attributes.find(name);
  return found == node_.attributes.end() ? absent : found->second.f;
}

std::string NodeBuilder::attribute_string(const std::string& name, const std::string& absent) const {
  const auto found = node_.attributes.find(name);
  return found == node_.attributes.end() ? absent : found->second.s;
}

std::vector<int64_t> NodeBuilder::attribute_ints(const std::string& name, const std::vector<int64_t>& absent) const {
  const auto found = node_.attributes.find(name);
  return found == node_.attributes.end() ? absent : found->second.ints;
}

const Constant* NodeBuilder::attribute_tensor(const std::string& name) const {
  const auto found = node_.attributes.find(name);
  return found == node_.attributes.end() ? nullptr : &found->second.tensor;
}

std::vector<int64_t> NodeBuilder::ints_of_attribute_or_input(const std::string& name, int i) const {
  if (!has_input(i)) return attribute_ints(name, {});
  const Constant& values = constant(i);
  // An empty list may have lost its type.
  if (!values.integer && values.size() > 0) bad("input " + std::to_string(i) + " (" + name + ") must hold integers");
  return values.ints;
}

int64_t NodeBuilder::inner_axis(int64_t axis, int rank) const {
  if (axis < -rank || axis >= rank) {
    bad("axis " + std::to_string(axis) + " of a value of " + std::to_string(rank) + " dimensions");
  }
  const int64_t from_start = axis < 0 ? axis + rank : axis;
  if (from_start == 0) unsupported("axis " + std::to_string(axis) + ", the batch");
  return from_start;
}

Layer* NodeBuilder::absorber(int i) const {
  if (!has_input(i)) return nullptr;
  const auto found = state_.values.find(node_.inputs[static_cast<size_t>(i)]);
  if (found == state_.values.end()) return nullptr;
  const size_t id = static_cast<size_t>(found->second.id);
  return id == 0 || state_.readers[id] != 1 ? nullptr : state_.steps[id - 1].layer.get();
}

std::optional<NodeBuilder::Producer> NodeBuilder::producer(int i) const {
  const Layer* layer = absorber(i);
  if (!layer) return std::nullopt;
  const size_t id = static_cast<size_t>(state_.values.at(node_.inputs[static_cast<size_t>(i)]).id);
  if (state_.steps[id - 1].inputs.empty()) return std::nullopt;
  return Producer{*layer, state_.made[static_cast<size_t>(state_.steps[id - 1].inputs[0])]};
}

void NodeBuilder::emit(std::unique_ptr<Layer> layer, const std::vector<Value>& inputs, int rank) {
  name_output(add_step(std::move(layer), inputs, rank));
}

void NodeBuilder::emit_as(std::unique_ptr<Layer> layer, const std::vector<Value>& inputs, Shape shape, int rank) {
  name_output({add_step(std::move(layer), inputs, rank).id, shape, rank});
}

void NodeBuilder::emit_part(std::unique_ptr<Layer> layer, const Value& input, int output) {
  const Value value = add_step(std::move(layer), {input}, input.rank);
  const std::string& name = node_.outputs[static_cast<size_t>(output)];
  if (!name.empty()) state_.name_value(name, value);
}

Value NodeBuilder::add_step(std::unique_ptr<Layer> layer, const std::vector<Value>& inputs, int rank) {
  const Shape shape = layer->output();
  if (shape.height < 1 || shape.width < 1 || shape.channels < 1 || too_large(shape)) {
    bad("its output would be of " + std::to_string(shape.channels) + " x " + std::to_string(shape.height) + " x " +
        std::to_string(shape.width) + " elements");
  }
  std::vector<int> ids;
  for (const Value& input : inputs) ids.push_back(input.id);
  const Value value = state_.add_value(shape, rank);
  state_.steps.push_back({node_.name, std::move(layer), std::move(ids)});
  return value;
}

void NodeBuilder::alias(Value value) {
  --state_.readers[static_cast<size_t>(value.id)];  // this node, which is gone
  name_output(value);
}

void NodeBuilder::name_output(const Value& value) {
  if (node_.outputs.empty()) bad("it has no output");
  state_.name_value(node_.outputs[0], value);
}

void NodeBuilder::define(Constant constant) {
  if (node_.outputs.empty()) bad("it has no output");
  state_.constants[node_.outputs[0]] = std::move(constant);
}

void NodeBuilder::unsupported(const std::string& what) const {
  throw Error(ErrorCode::kUnsupportedOperator,
              "node '" + node_.name + "' (" + node_.op + ") uses what is not supported: " + what);
}

void NodeBuilder::bad(const std::string& what) const {
  throw Error(ErrorCode::kBadModel, "node '" + node_.name + "' (" + node_.op + "): " + what);
}

}  // namespace smoothgrad
