// Quantised numbers (ONNX QuantizeLinear, DequantizeLinear): x = (q - zero point) * scale, of a tensor or along one axis.
// Weights are made floats; what rounds activations is taken out by quantised_activations.cpp.
#include <algorithm>
#include <cmath>

#include "core/onnx/passes/folds.h"

namespace smoothgrad {
namespace {

// Scale and zero point at every element of `dims`.
struct Scheme {
  Cursor at;
  const Constant& scale;
  const Constant* zero;
};

std::optional<Scheme> find_scheme(const NodeReader& node, const Dims& dims) {
  const Constant *scale = node.constant(1), *zero = node.constant(2);
  if (!scale || scale->integer || node.integer("block_size", 0) != 0 || !element_count(dims)) return std::nullopt;
  if (node.has(2) && (!zero || !zero->integer || zero->size() != scale->size())) return std::nullopt;
  StridedView view{dims, Dims(dims.size(), 0)};
  if (scale->size() != 1) {
    const auto axis = find_axis(node.integer("axis", 1), dims.size());
    if (!axis || scale->dims != Dims{dims[*axis]}) return std::nullopt;
    view.strides[*axis] = 1;
  }
  return Scheme{Cursor(view), *scale, zero};
}

Folded dequantize(const NodeReader& node, const Constant& from) {
  auto scheme = from.integer ? find_scheme(node, from.dims) : std::nullopt;
  if (!scheme) return std::nullopt;
  Constant made;
  made.dims = from.dims;
  made.floats.resize(from.size());
  for (size_t i = 0; i < from.size(); ++i) {
    const size_t at = scheme->at.next();
    const double zero = scheme->zero ? static_cast<double>(scheme->zero->ints[at]) : 0;
    made.floats[i] = static_cast<float>(static_cast<double>(from.ints[i]) - zero) * scheme->scale.floats[at];
  }
  return made;
}

// To the nearest, ties to even, as far as the type of the zero point (uint8 where there is none) reaches.
Folded quantize(const NodeReader& node, const Constant& from) {
  auto scheme = from.integer ? std::nullopt : find_scheme(node, from.dims);
  if (!scheme) return std::nullopt;
  const int type = scheme->zero && scheme->zero->type != kUnknownType ? scheme->zero->type : kUint8;
  const auto [lowest, highest] = integer_range(type);
  Constant made = integer_tensor(from.dims, std::vector<int64_t>(from.size()), type);
  for (size_t i = 0; i < from.size(); ++i) {
    const size_t at = scheme->at.next();
    const double zero = scheme->zero ? static_cast<double>(scheme->zero->ints[at]) : 0;
    const double level = std::nearbyint(from.floats[i] / scheme->scale.floats[at]) + zero;
    if (!(std::abs(level) < 0x1p53)) return std::nullopt;
    made.ints[i] = std::clamp(static_cast<int64_t>(level), lowest, highest);
  }
  return made;
}

}  // namespace

Folded fold_quantised(const NodeReader& node) {
  const Constant* from = node.constant(0);
  if (!from) return std::nullopt;
  if (node.node().op == "DequantizeLinear") return dequantize(node, *from);
  return node.node().op == "QuantizeLinear" ? quantize(node, *from) : std::nullopt;
}

}  // namespace smoothgrad
