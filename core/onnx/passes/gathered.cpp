#include "core/onnx/passes/gathered.h"

#include <algorithm>
#include <string_view>

namespace smoothgrad {
namespace {

using Result = std::optional<Gathered>;

// An index counted from the end made one from the start; nothing where there is no such element.
std::optional<size_t> place(int64_t index, int64_t size) {
  if (index < -size || index >= size) return std::nullopt;
  return static_cast<size_t>(index < 0 ? index + size : index);
}

// [before.., axis, after..] -> [before.., indices.., after..]
Result gather(const NodeReader& node, const Dims& dims, const Constant& indices) {
  const auto axis = find_axis(node.integer("axis", 0), dims.size());
  if (!axis) return std::nullopt;
  const auto at = dims.begin() + static_cast<std::ptrdiff_t>(*axis);
  Gathered made{Dims(dims.begin(), at), {}};
  made.dims.insert(made.dims.end(), indices.dims.begin(), indices.dims.end());
  made.dims.insert(made.dims.end(), at + 1, dims.end());
  if (!element_count(made.dims)) return std::nullopt;
  const size_t before = *element_count(Dims(dims.begin(), at)), after = *element_count(Dims(at + 1, dims.end()));
  for (size_t b = 0; b < before; ++b) {
    for (int64_t index : indices.ints) {
      const auto found = place(index, *at);
      if (!found) return std::nullopt;
      const size_t first = (b * static_cast<size_t>(*at) + *found) * after;
      for (size_t a = 0; a < after; ++a) made.positions.push_back(first + a);
    }
  }
  return made;
}

// Element [i, j, ..] is that of the input, with the index at [i, j, ..] for its place along the axis.
Result gather_elements(const NodeReader& node, const Dims& dims, const Constant& indices) {
  const auto axis = find_axis(node.integer("axis", 0), dims.size());
  if (!axis || indices.dims.size() != dims.size()) return std::nullopt;
  StridedView others = whole(dims);
  const int64_t stride = others.strides[*axis];
  others.strides[*axis] = 0;
  others.dims = indices.dims;
  for (size_t i = 0; i < dims.size(); ++i) {
    if (i != *axis && indices.dims[i] > dims[i]) return std::nullopt;
  }
  Gathered made{indices.dims, {}};
  Cursor cursor(others);
  for (int64_t index : indices.ints) {
    const auto found = place(index, dims[*axis]);
    if (!found) return std::nullopt;
    made.positions.push_back(cursor.next() + *found * static_cast<size_t>(stride));
  }
  return made;
}

// The last axis of the indices names places along as many axes of the input, behind the first `batch_dims`, which both share.
Result gather_nd(const NodeReader& node, const Dims& dims, const Constant& indices) {
  const int64_t shared = node.integer("batch_dims", 0);
  if (shared < 0 || shared >= static_cast<int64_t>(indices.dims.size())) return std::nullopt;
  const size_t batch = static_cast<size_t>(shared), named = static_cast<size_t>(indices.dims.back());
  if (batch > dims.size()) return std::nullopt;
  const auto behind = dims.begin() + static_cast<std::ptrdiff_t>(batch);
  if (named == 0 || batch + named > dims.size() || !std::equal(dims.begin(), behind, indices.dims.begin())) return std::nullopt;
  const StridedView own = whole(dims);
  const Dims rest(dims.begin() + static_cast<std::ptrdiff_t>(batch + named), dims.end());
  Gathered made{Dims(indices.dims.begin(), indices.dims.end() - 1), {}};
  const size_t rows = *element_count(made.dims), length = *element_count(rest);
  const size_t batches = *element_count(Dims(dims.begin(), behind));
  const size_t apart = *element_count(dims) / batches;  // elements from one of the batch to the next
  made.dims.insert(made.dims.end(), rest.begin(), rest.end());
  if (!element_count(made.dims)) return std::nullopt;
  for (size_t row = 0; row < rows; ++row) {
    size_t first = row / (rows / batches) * apart;
    for (size_t k = 0; k < named; ++k) {
      const auto found = place(indices.ints[row * named + k], dims[batch + k]);
      if (!found) return std::nullopt;
      first += *found * static_cast<size_t>(own.strides[batch + k]);
    }
    for (size_t i = 0; i < length; ++i) made.positions.push_back(first + i);
  }
  return made;
}

struct Row {
  std::string_view op;
  Result (*find)(const NodeReader&, const Dims&, const Constant&);
};

constexpr Row kRows[] = {{"Gather", gather},
                         {"GatherElements", gather_elements},
                         {"GatherND", gather_nd},
                         {"ScatterElements", gather_elements},
                         {"ScatterND", gather_nd}};

}  // namespace

Result gathered(const NodeReader& node, const Dims& dims) {
  const auto* row = std::ranges::find(kRows, std::string_view(node.node().op), &Row::op);
  if (row == std::end(kRows)) return std::nullopt;
  const Constant* indices = node.constant(1);
  if (!indices || !indices->integer || element_count(dims).value_or(0) == 0) return std::nullopt;
  return row->find(node, dims, *indices);
}

}  // namespace smoothgrad
