// Constants made of others' elements, or of none: Gather and its kin, Concat, Tile, ConstantOfShape, Range, NonZero.
#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/onnx/passes/folds.h"
#include "core/onnx/passes/gathered.h"

namespace smoothgrad {
namespace {

Folded gather(const NodeReader& node) {
  const Constant* from = node.constant(0);
  const auto made = from ? gathered(node, from->dims) : std::nullopt;
  return made ? Folded(pick(*from, made->dims, made->positions)) : std::nullopt;
}

template <typename T>
void append_rows(const std::vector<T>& from, size_t row, size_t length, std::vector<T>& to) {
  const auto first = from.begin() + static_cast<std::ptrdiff_t>(row * length);
  to.insert(to.end(), first, first + static_cast<std::ptrdiff_t>(length));
}

Folded concat(const NodeReader& node) {
  const Constant* first = node.constant(0);
  const auto axis = first ? find_axis(node.integer("axis", 1), first->dims.size()) : std::nullopt;
  if (!axis) return std::nullopt;
  Constant made = zeros_like(*first, first->dims, 0);
  made.dims[*axis] = 0;
  size_t rows = 1;
  for (size_t i = 0; i < *axis; ++i) rows *= static_cast<size_t>(first->dims[i]);
  for (size_t k = 0; k < node.inputs(); ++k) {
    const Constant* part = node.constant(k);
    if (!part || part->integer != first->integer || part->dims.size() != first->dims.size()) return std::nullopt;
    Dims dims = part->dims;
    dims[*axis] = first->dims[*axis];
    if (dims != first->dims) return std::nullopt;
    made.dims[*axis] += part->dims[*axis];
  }
  if (!element_count(made.dims) || rows == 0) return std::nullopt;
  for (size_t row = 0; row < rows; ++row) {
    for (size_t k = 0; k < node.inputs(); ++k) {
      const Constant& part = *node.constant(k);
      append_rows(part.ints, row, part.ints.size() / rows, made.ints);
      append_rows(part.floats, row, part.floats.size() / rows, made.floats);
    }
  }
  return made;
}

// [a, b] tiled is [times_a, a, times_b, b] with strides of 0 at the times.
Folded tile(const NodeReader& node) {
  const Constant *from = node.constant(0), *times = node.constant(1);
  if (!from || !times || !times->integer || times->size() != from->dims.size()) return std::nullopt;
  const StridedView own = whole(from->dims);
  StridedView view;
  Dims dims;
  for (size_t i = 0; i < from->dims.size(); ++i) {
    const int64_t count = times->ints[i];
    if (count < 0 || count > 1 << 28) return std::nullopt;
    view.dims.insert(view.dims.end(), {count, from->dims[i]});
    view.strides.insert(view.strides.end(), {0, own.strides[i]});
    dims.push_back(count * from->dims[i]);
  }
  if (!element_count(view.dims)) return std::nullopt;
  Constant made = pick(*from, view);
  made.dims = dims;
  return made;
}

Folded constant_of_shape(const NodeReader& node) {
  const Constant* shape = node.constant(0);
  const auto count = shape && shape->integer ? element_count(shape->ints) : std::nullopt;
  if (!count) return std::nullopt;
  const auto value = node.node().attributes.find("value");
  Constant one;
  one.floats = {0};
  if (value != node.node().attributes.end()) one = value->second.tensor;
  if (!one.problem.empty() || one.size() != 1) return std::nullopt;
  // All are the one element: every stride is 0.
  return pick(one, StridedView{shape->ints, Dims(shape->ints.size(), 0)});
}

Folded range(const NodeReader& node) {
  const Constant* bounds[3] = {node.constant(0), node.constant(1), node.constant(2)};
  double numbers[3];
  for (int i = 0; i < 3; ++i) {
    if (!bounds[i] || bounds[i]->size() != 1 || bounds[i]->integer != bounds[0]->integer) return std::nullopt;
    numbers[i] = bounds[i]->integer ? static_cast<double>(bounds[i]->ints[0]) : static_cast<double>(bounds[i]->floats[0]);
  }
  const double count = std::max(0., std::ceil((numbers[1] - numbers[0]) / numbers[2]));
  if (!(count < 1 << 24)) return std::nullopt;
  Constant made = zeros_like(*bounds[0], {static_cast<int64_t>(count)}, static_cast<size_t>(count));
  for (size_t i = 0; i < made.size(); ++i) {
    if (made.integer)
      made.ints[i] =
          static_cast<int64_t>(static_cast<uint64_t>(bounds[0]->ints[0]) + i * static_cast<uint64_t>(bounds[2]->ints[0]));
    else
      made.floats[i] = bounds[0]->floats[0] + static_cast<float>(i) * bounds[2]->floats[0];
  }
  return made;
}

// The indices of what is not zero: [rank, count].
Folded non_zero(const NodeReader& node) {
  const Constant* from = node.constant(0);
  if (!from || from->dims.empty()) return std::nullopt;
  std::vector<size_t> found;
  for (size_t i = 0; i < from->size(); ++i) {
    if (from->integer ? from->ints[i] != 0 : from->floats[i] != 0) found.push_back(i);
  }
  const StridedView view = whole(from->dims);
  std::vector<int64_t> indices;
  for (size_t axis = 0; axis < view.dims.size(); ++axis) {
    for (size_t i : found) indices.push_back(static_cast<int64_t>(i) / view.strides[axis] % view.dims[axis]);
  }
  return integer_tensor({static_cast<int64_t>(view.dims.size()), static_cast<int64_t>(found.size())}, std::move(indices));
}

struct Row {
  std::string_view op;
  Folded (*fold)(const NodeReader&);
};

constexpr Row kRows[] = {{"Gather", gather},   {"GatherElements", gather},
                         {"GatherND", gather}, {"Concat", concat},
                         {"Tile", tile},       {"ConstantOfShape", constant_of_shape},
                         {"Range", range},     {"NonZero", non_zero}};

}  // namespace

Folded fold_gather(const NodeReader& node) {
  const auto* row = std::ranges::find(kRows, std::string_view(node.node().op), &Row::op);
  return row == std::end(kRows) ? std::nullopt : row->fold(node);
}

}  // namespace smoothgrad
