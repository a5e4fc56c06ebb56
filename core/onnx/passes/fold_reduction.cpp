// Reductions of constants over any axes, in double: exact for integers below 2^53.
#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/onnx/passes/folds.h"

namespace smoothgrad {
namespace {

struct Reduction {
  std::string_view op;
  double first;
  double (*join)(double, double);
};

constexpr double kEver = HUGE_VAL;

constexpr Reduction kReductions[] = {
    {"ReduceSum", 0, [](double a, double b) { return a + b; }},
    {"ReduceMean", 0, [](double a, double b) { return a + b; }},
    {"ReduceProd", 1, [](double a, double b) { return a * b; }},
    {"ReduceMin", kEver, [](double a, double b) { return std::min(a, b); }},
    {"ReduceMax", -kEver, [](double a, double b) { return std::max(a, b); }},
    {"ReduceSumSquare", 0, [](double a, double b) { return a + b * b; }},
    {"ReduceL1", 0, [](double a, double b) { return a + std::abs(b); }},
    {"ReduceL2", 0, [](double a, double b) { return a + b * b; }},
};

}  // namespace

std::optional<Reduced> reduced_dims(const NodeReader& node, const Dims& dims) {
  const auto axes = node.integers("axes", 1);
  if (!axes || !element_count(dims)) return std::nullopt;
  const bool all = axes->empty() && node.integer("noop_with_empty_axes", 0) == 0;
  std::vector<bool> gone(dims.size(), all);
  for (int64_t given : *axes) {
    const auto axis = find_axis(given, dims.size());
    if (!axis) return std::nullopt;
    gone[*axis] = true;
  }
  Reduced result;
  for (size_t i = 0; i < dims.size(); ++i) {
    result.kept.push_back(gone[i] ? 1 : dims[i]);
    if (!gone[i] || node.integer("keepdims", 1) != 0) result.dims.push_back(result.kept.back());
  }
  return result;
}

namespace {

// Indices of the largest or smallest along an axis; the first of equals, or the last.
Folded arg_extreme(const NodeReader& node, const Constant& from, bool largest) {
  const auto axis = find_axis(node.integer("axis", 0), from.dims.size());
  if (!axis) return std::nullopt;
  const size_t length = static_cast<size_t>(from.dims[*axis]), step = static_cast<size_t>(whole(from.dims).strides[*axis]);
  const bool last = node.integer("select_last_index", 0) != 0;
  const auto better = [&](auto a, auto b) { return (largest ? a > b : a < b) || (last && a == b); };
  std::vector<int64_t> found;
  for (size_t i = 0; i < from.size(); ++i) {
    if (i / step % length != 0) continue;
    size_t best = 0;
    for (size_t k = 1; k < length; ++k) {
      const size_t at = i + k * step, now = i + best * step;
      if (from.integer ? better(from.ints[at], from.ints[now]) : better(from.floats[at], from.floats[now])) best = k;
    }
    found.push_back(static_cast<int64_t>(best));
  }
  Dims dims = from.dims;
  if (node.integer("keepdims", 1) != 0)
    dims[*axis] = 1;
  else
    dims.erase(dims.begin() + static_cast<std::ptrdiff_t>(*axis));
  return integer_tensor(std::move(dims), std::move(found));
}

}  // namespace

Folded fold_reduction(const NodeReader& node) {
  const auto* row = std::ranges::find(kReductions, std::string_view(node.node().op), &Reduction::op);
  const Constant* from = node.constant(0);
  if (!from || from->size() == 0) return std::nullopt;
  if (node.node().op == "ArgMax" || node.node().op == "ArgMin") return arg_extreme(node, *from, node.node().op == "ArgMax");
  if (row == std::end(kReductions)) return std::nullopt;
  const auto reduced = reduced_dims(node, from->dims);
  if (!reduced) return std::nullopt;
  Cursor to(*spread(reduced->kept, from->dims));
  std::vector<double> results(*element_count(reduced->kept), row->first);
  for (size_t i = 0; i < from->size(); ++i) {
    const double value = from->integer ? static_cast<double>(from->ints[i]) : static_cast<double>(from->floats[i]);
    double& result = results[to.next()];
    result = row->join(result, value);
  }
  const double each = static_cast<double>(from->size()) / static_cast<double>(results.size());
  Constant made = zeros_like(*from, reduced->dims, results.size());
  for (size_t i = 0; i < results.size(); ++i) {
    const double value = row->op == "ReduceMean" ? results[i] / each
                         : row->op == "ReduceL2" ? std::sqrt(results[i])
                                                 : results[i];
    if (made.integer)
      made.ints[i] = static_cast<int64_t>(std::clamp(value, -0x1p62, 0x1p62));
    else
      made.floats[i] = static_cast<float>(value);
  }
  return made;
}

}  // namespace smoothgrad
