// Compiled for size.
#include "core/layers/build_state.h"

#include <algorithm>

#include "core/layers/rearrange.h"

namespace smoothgrad {

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
