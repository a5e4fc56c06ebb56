// Compiled for size.
#include "core/layers/build_state.h"

#include <algorithm>

#include "core/layers/rearrange.h"

namespace smoothgrad {

BuildState::BuildState(Graph& read, bool channels_last) : graph(read) {
  for (const Node& node : graph.nodes) {
    for (const std::string& name : node.inputs) ++name_readers[name];
  }
  for (const Graph::Port& port : graph.outputs) ++name_readers[port.name];
  const Graph::Port& port = graph.inputs[0];
  const bool moves = port.dims.size() == 4 && !channels_last;
  name_value(port.name, add_value(laid_out(port.dims, moves ? kChannelsLast : row_major(port.dims.size()))));
}

Value BuildState::ordered(const Value& value, const AxisOrder& order, const std::string& name) {
  const size_t id = static_cast<size_t>(value.id);
  if (is_dense(value.view, *element_count(made[id].dims)) && lies_in(value.view, order)) return value;
  const auto same = [&](const Copy& copy) {
    return copy.from.id == value.id && copy.from.view == value.view && copy.order == order;
  };
  auto found = std::ranges::find_if(copies, same);
  if (found == copies.end()) {
    const Value copy = add_value(laid_out(value.dims(), order));
    steps.push_back({name, make_rearrangement(memory_shape(made[id]), sources_of(value.view, order), "copy"), {value.id}});
    found = copies.insert(copies.end(), {value, copy, order});
  }
  ++readers[static_cast<size_t>(found->to.id)];  // the node that asks
  return found->to;
}

}  // namespace smoothgrad
