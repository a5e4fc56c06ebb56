// Shape and Size become constants where the dimensions of what they are asked of are known.
#include <algorithm>

#include "core/onnx/passes/folds.h"

namespace smoothgrad {

Folded fold_shape(const NodeReader& node) {
  const bool shape = node.node().op == "Shape";
  const Dims* dims = shape || node.node().op == "Size" ? node.dims(0) : nullptr;
  if (!dims) return std::nullopt;
  if (!shape) {
    const auto count = element_count(*dims);
    return count ? Folded(integer_tensor({}, {static_cast<int64_t>(*count)})) : std::nullopt;
  }
  // From operator set 15 on it may be a part, by Python's rules.
  const int64_t rank = static_cast<int64_t>(dims->size());
  const auto clamped = [rank](int64_t at) { return std::clamp<int64_t>(at < 0 ? at + rank : at, 0, rank); };
  const int64_t start = clamped(node.integer("start", 0)), end = std::max(start, clamped(node.integer("end", rank)));
  std::vector<int64_t> part;
  for (int64_t i = start; i < end; ++i) part.push_back((*dims)[static_cast<size_t>(i)]);
  return integer_tensor({end - start}, std::move(part));
}

}  // namespace smoothgrad
