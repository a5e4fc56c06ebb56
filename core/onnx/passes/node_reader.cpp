#include "core/onnx/passes/node_reader.h"

#include <algorithm>

namespace smoothgrad {

const Dims* find_dims(const Graph& graph, const std::string& name) {
  if (const auto constant = graph.constants.find(name); constant != graph.constants.end()) return &constant->second.dims;
  const auto value = graph.dims.find(name);
  return value == graph.dims.end() ? nullptr : &value->second;
}

const Constant* NodeReader::constant(size_t i) const {
  if (!has(i)) return nullptr;
  const auto found = graph_.constants.find(node_.inputs[i]);
  return found == graph_.constants.end() || !found->second.problem.empty() ? nullptr : &found->second;
}

int64_t NodeReader::integer(const char* name, int64_t absent) const {
  const auto found = node_.attributes.find(name);
  return found == node_.attributes.end() ? absent : found->second.i;
}

float NodeReader::real(const char* name, float absent) const {
  const auto found = node_.attributes.find(name);
  return found == node_.attributes.end() ? absent : found->second.f;
}

std::string NodeReader::text(const char* name, const char* absent) const {
  const auto found = node_.attributes.find(name);
  return found == node_.attributes.end() ? absent : found->second.s;
}

Dims NodeReader::integers(const char* name, const Dims& absent) const {
  const auto found = node_.attributes.find(name);
  return found == node_.attributes.end() ? absent : found->second.ints;
}

std::optional<Dims> NodeReader::integers(const char* name, size_t i, const Dims& absent) const {
  if (!has(i)) return integers(name, absent);
  const Constant* values = constant(i);
  return values && values->integer ? std::optional(values->ints) : std::nullopt;
}

bool NodeReader::in_training_mode() const {
  const auto named = [](const std::string& name) { return !name.empty(); };
  return integer("training_mode", 0) != 0 || (opset() < 14 && std::ranges::count_if(node_.outputs, named) > 1);
}

}  // namespace smoothgrad
