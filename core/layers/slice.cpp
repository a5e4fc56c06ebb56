// Slice and Split along channels, height and width by constants: elements that are taken as they are (see rearrange.h).
// Compiled for size.
#include <algorithm>
#include <numeric>

#include "core/layers/builders.h"
#include "core/layers/node_builder.h"
#include "core/layers/rearrange.h"

namespace smoothgrad {
namespace {

// Integers of an attribute before opset 10, else of input i.
std::vector<int64_t> ints_of(const NodeBuilder& node, const char* name, int i, const std::vector<int64_t>& absent) {
  const bool given = node.has_input(i) || node.has_attribute(name);
  return given ? node.ints_of_attribute_or_input(name, i) : absent;
}

// What start:end:step leaves of the elements, as numpy has it.
std::vector<int32_t> sliced(const std::vector<int32_t>& from, int64_t start, int64_t end, int64_t step) {
  const int64_t size = static_cast<int64_t>(from.size());
  const int64_t lowest = step > 0 ? 0 : -1, highest = step > 0 ? size : size - 1;
  const auto place = [&](int64_t at) { return std::clamp(at < 0 ? at + size : at, lowest, highest); };
  std::vector<int32_t> left;
  const int64_t last = place(end);
  for (int64_t i = place(start); step > 0 ? i < last : i > last; i += std::clamp(step, -size, size)) {
    left.push_back(from[static_cast<size_t>(i)]);
  }
  return left;
}

}  // namespace

void build_slice(NodeBuilder& node) {
  const Value input = node.value(0);
  const std::vector<int64_t> starts = ints_of(node, "starts", 1, {}), ends = ints_of(node, "ends", 2, {});
  std::vector<int64_t> all(starts.size());
  std::iota(all.begin(), all.end(), 0);
  const std::vector<int64_t> axes = ints_of(node, "axes", 3, all);
  const std::vector<int64_t> steps = ints_of(node, "steps", 4, std::vector<int64_t>(starts.size(), 1));
  if (starts.size() != ends.size() || axes.size() != starts.size() || steps.size() != starts.size()) {
    node.bad("starts, ends, axes and steps must be as many");
  }
  const Sources whole = same_places(input.shape);
  Sources sources = whole;
  for (size_t k = 0; k < axes.size(); ++k) {
    if (steps[k] == 0) node.bad("a step of 0");
    const bool everything = starts[k] == 0 && steps[k] == 1 && ends[k] >= INT32_MAX;
    if (everything && (axes[k] == 0 || axes[k] == -input.rank)) continue;  // of the batch too
    std::vector<int32_t>& along = sources.along(node.inner_axis(axes[k], input.rank));
    along = sliced(along, starts[k], ends[k], steps[k]);
    if (along.empty()) node.bad("a slice without elements");
  }
  if (sources.rows == whole.rows && sources.cols == whole.cols && sources.channels == whole.channels) return node.alias(input);
  node.emit(std::make_unique<Rearrangement>(input.shape, std::move(sources), "slice"), {input}, input.rank);
}

void build_split(NodeBuilder& node) {
  const Value input = node.value(0);
  const int64_t axis = node.inner_axis(node.attribute_int("axis", 0), input.rank);
  const Sources whole = same_places(input.shape);
  const std::vector<int32_t> along = Sources(whole).along(axis);
  const int64_t size = static_cast<int64_t>(along.size()), count = static_cast<int64_t>(node.node().outputs.size());
  std::vector<int64_t> sizes = node.ints_of_attribute_or_input("split", 1);
  if (count == 0 || node.attribute_int("num_outputs", count) != count) node.bad("num_outputs is not the number of outputs");
  if (sizes.empty()) {
    // Equal parts; from opset 18 on the last may be smaller.
    const int64_t part = (size + count - 1) / count;
    if (size % count != 0 && !node.has_attribute("num_outputs")) node.bad("its parts would not be equal");
    sizes.assign(static_cast<size_t>(count), part);
    sizes.back() = size - part * (count - 1);
  }
  const bool positive = std::ranges::all_of(sizes, [&](int64_t part) { return part > 0 && part <= size; });
  if (!positive || static_cast<int64_t>(sizes.size()) != count || std::reduce(sizes.begin(), sizes.end()) != size) {
    node.bad("its parts must be of one element or more, one an output, and together the " + std::to_string(size) +
             " of the axis");
  }
  if (count == 1) return node.alias(input);
  auto first = along.begin();
  for (size_t k = 0; k < sizes.size(); ++k) {
    Sources sources = whole;
    sources.along(axis).assign(first, first + static_cast<ptrdiff_t>(sizes[k]));
    first += static_cast<ptrdiff_t>(sizes[k]);
    if (node.is_read(k)) {
      node.emit_part(std::make_unique<Rearrangement>(input.shape, std::move(sources), "split"), input, static_cast<int>(k));
    }
  }
}

}  // namespace smoothgrad
