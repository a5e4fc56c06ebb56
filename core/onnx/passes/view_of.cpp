#include "core/onnx/passes/view_of.h"

#include <algorithm>
#include <string_view>

namespace smoothgrad {
namespace {

using Labels = std::optional<Dims>;
using Result = std::optional<StridedView>;

Labels same(const NodeReader&, const Dims& dims) { return dims; }

// 0 copies a dimension (unless allowzero), one -1 is what is left over.
Labels reshape(const NodeReader& node, const Dims& dims) {
  std::optional<Dims> target = node.integers("shape", 1);
  const auto count = element_count(dims);
  if (!target || !count) return std::nullopt;
  int64_t* open = nullptr;
  int64_t known = 1;
  for (size_t i = 0; i < target->size(); ++i) {
    int64_t& dim = (*target)[i];
    if (dim == 0 && node.integer("allowzero", 0) == 0) {
      if (i >= dims.size()) return std::nullopt;
      dim = dims[i];
    }
    if (dim < -1 || dim > 1 << 28 || known > 1 << 28) return std::nullopt;
    if (dim != -1) {
      known *= dim;
    } else {
      if (open) return std::nullopt;
      open = &dim;
    }
  }
  const int64_t size = static_cast<int64_t>(*count);
  if (open) *open = known > 0 && size % known == 0 ? size / known : -1;
  if (element_count(*target) != count) return std::nullopt;
  return target;
}

Labels flatten(const NodeReader& node, const Dims& dims) {
  const int64_t rank = static_cast<int64_t>(dims.size()), given = node.integer("axis", 1);
  const int64_t axis = given < 0 ? given + rank : given;
  if (axis < 0 || axis > rank) return std::nullopt;
  Dims flat = {1, 1};
  for (size_t i = 0; i < dims.size(); ++i) flat[i < static_cast<size_t>(axis) ? 0 : 1] *= dims[i];
  return flat;
}

Labels squeeze(const NodeReader& node, const Dims& dims) {
  const std::optional<Dims> axes = node.integers("axes", 1);
  if (!axes) return std::nullopt;
  std::vector<bool> gone(dims.size(), false);
  for (int64_t given : *axes) {
    const auto axis = find_axis(given, dims.size());
    if (!axis || dims[*axis] != 1) return std::nullopt;
    gone[*axis] = true;
  }
  Dims left;
  for (size_t i = 0; i < dims.size(); ++i) {
    if (axes->empty() ? dims[i] != 1 : !gone[i]) left.push_back(dims[i]);
  }
  return left;
}

Labels unsqueeze(const NodeReader& node, const Dims& dims) {
  const std::optional<Dims> axes = node.integers("axes", 1);
  if (!axes) return std::nullopt;
  std::vector<bool> added(dims.size() + axes->size(), false);
  for (int64_t given : *axes) {
    const auto axis = find_axis(given, added.size());
    if (!axis || added[*axis]) return std::nullopt;
    added[*axis] = true;
  }
  Dims more;
  size_t next = 0;
  for (bool one : added) more.push_back(one ? 1 : dims[next++]);
  return more;
}

Result transpose(const NodeReader& node, const StridedView& from, size_t) {
  const size_t rank = from.dims.size();
  Dims order = node.integers("perm");
  if (order.empty()) {
    for (size_t i = rank; i-- > 0;) order.push_back(static_cast<int64_t>(i));
  }
  std::vector<size_t> axes;
  std::vector<bool> seen(rank, false);
  for (int64_t given : order) {
    const auto axis = find_axis(given, rank);
    if (!axis || seen[*axis]) return std::nullopt;
    seen[*axis] = true;
    axes.push_back(*axis);
  }
  return axes.size() == rank ? Result(permuted(from, axes)) : std::nullopt;
}

// Starts and ends are clamped to the dimension, as in Python.
Result slice(const NodeReader& node, const StridedView& from, size_t) {
  const auto starts = node.integers("starts", 1), ends = node.integers("ends", 2);
  Dims every, ones;
  if (!starts || !ends || starts->size() != ends->size()) return std::nullopt;
  for (size_t i = 0; i < starts->size(); ++i) every.push_back(static_cast<int64_t>(i)), ones.push_back(1);
  const auto axes = node.integers("axes", 3, every), steps = node.has(4) ? node.integers("steps", 4) : std::optional(ones);
  if (!axes || !steps || axes->size() != starts->size() || steps->size() != starts->size()) return std::nullopt;
  StridedView view = from;
  std::vector<bool> seen(from.dims.size(), false);
  for (size_t i = 0; i < starts->size(); ++i) {
    const auto axis = find_axis((*axes)[i], from.dims.size());
    const int64_t step = (*steps)[i];
    if (!axis || seen[*axis] || step == 0 || step > INT32_MAX || step < -INT32_MAX) return std::nullopt;
    seen[*axis] = true;
    const int64_t dim = from.dims[*axis], first = step > 0 ? 0 : -1, last = step > 0 ? dim : dim - 1;
    const auto clamped = [&](int64_t at) { return std::clamp(at < 0 ? at + dim : at, first, last); };
    const int64_t start = clamped((*starts)[i]), end = clamped((*ends)[i]);
    view.offset += start * view.strides[*axis];
    view.dims[*axis] = std::max<int64_t>(0, step > 0 ? (end - start + step - 1) / step : (start - end - step - 1) / -step);
    view.strides[*axis] *= step;
  }
  return view;
}

Result expand(const NodeReader& node, const StridedView& from, size_t) {
  const auto wanted = node.integers("shape", 1);
  if (!wanted) return std::nullopt;
  const auto to = spread_dims(from.dims, *wanted);
  return to && element_count(*to) ? spread(from, *to) : std::nullopt;
}

// Sizes given, or equal ones; from opset 18 on the last may be smaller.
Result split(const NodeReader& node, const StridedView& from, size_t output) {
  const auto axis = find_axis(node.integer("axis", 0), from.dims.size());
  auto sizes = node.integers("split", 1);
  const int64_t parts = static_cast<int64_t>(node.node().outputs.size());
  if (!axis || !sizes || parts == 0 || node.integer("num_outputs", parts) != parts) return std::nullopt;
  const int64_t dim = from.dims[*axis];
  if (sizes->empty()) {
    if (dim % parts != 0 && !node.has_attribute("num_outputs")) return std::nullopt;
    const int64_t each = (dim + parts - 1) / parts;
    sizes->assign(static_cast<size_t>(parts), each);
    sizes->back() = dim - each * (parts - 1);
  }
  int64_t before = 0, total = 0;
  for (size_t k = 0; k < sizes->size(); ++k) {
    const int64_t size = (*sizes)[k];
    if (size < 0 || size > dim) return std::nullopt;
    if (k < output) before += size;
    total += size;
  }
  if (static_cast<int64_t>(sizes->size()) != parts || total != dim) return std::nullopt;
  StridedView view = from;
  view.dims[*axis] = (*sizes)[output];
  view.offset += before * view.strides[*axis];
  return view;
}

struct Relabelling {
  std::string_view op;
  Labels (*dims)(const NodeReader&, const Dims&);
};

struct Movement {
  std::string_view op;
  Result (*view)(const NodeReader&, const StridedView&, size_t);
};

constexpr Relabelling kRelabellings[] = {{"Identity", same},   {"Dropout", same},    {"Reshape", reshape},
                                         {"Flatten", flatten}, {"Squeeze", squeeze}, {"Unsqueeze", unsqueeze}};

constexpr Movement kMovements[] = {{"Transpose", transpose}, {"Slice", slice}, {"Expand", expand}, {"Split", split}};

template <typename Row, size_t kCount>
const Row* find_row(const Row (&rows)[kCount], const NodeReader& node) {
  const Row* const found = std::ranges::find(rows, std::string_view(node.node().op), &Row::op);
  return found == std::end(rows) || !node.node().domain.empty() ? nullptr : found;
}

}  // namespace

Labels relabelled(const NodeReader& node, const Dims& dims) {
  const Relabelling* const found = element_count(dims) ? find_row(kRelabellings, node) : nullptr;
  return found ? found->dims(node, dims) : std::nullopt;
}

Result moved(const NodeReader& node, const StridedView& from, size_t output) {
  const Movement* const found = element_count(from.dims) ? find_row(kMovements, node) : nullptr;
  const Result view = found ? found->view(node, from, output) : std::nullopt;
  // A view of nothing may begin beyond the end.
  return view && element_count(view->dims) ? view : std::nullopt;
}

Result view_of(const NodeReader& node, const Dims& dims, size_t output) {
  if (const Labels labels = relabelled(node, dims)) return element_count(*labels) ? Result(whole(*labels)) : std::nullopt;
  return moved(node, whole(dims), output);
}

}  // namespace smoothgrad
