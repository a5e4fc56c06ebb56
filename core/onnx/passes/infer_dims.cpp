#include "core/onnx/passes/infer_dims.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/onnx/passes/folds.h"
#include "core/onnx/passes/view_of.h"

namespace smoothgrad {
namespace {

using Result = std::optional<Dims>;
constexpr int64_t kMost = 1 << 28;

bool fits(int64_t value, int64_t lowest) { return value >= lowest && value <= kMost; }

Result same(const NodeReader&, const Dims& dims) { return dims; }

Result spread_all(const NodeReader& node, const Dims& dims) {
  Result out = dims;
  for (size_t i = 1; out && i < node.inputs(); ++i) out = node.dims(i) ? spread_dims(*out, *node.dims(i)) : std::nullopt;
  return out;
}

// Output of a sliding window along each axis of space: weights or kernel_shape, strides, pads, dilations, auto_pad, ceil_mode.
Result window(const NodeReader& node, const Dims& dims) {
  if (dims.size() < 3) return std::nullopt;
  const size_t axes = dims.size() - 2;
  const bool convolves = node.node().op == "Conv";
  Dims kernel = node.integers("kernel_shape"), out = dims;
  if (convolves) {
    const Dims* weights = node.dims(1);
    if (!weights || weights->size() != dims.size()) return std::nullopt;
    kernel.assign(weights->begin() + 2, weights->end());
    out[1] = (*weights)[0];
  }
  const Dims ones(axes, 1), strides = node.integers("strides", ones), dilations = node.integers("dilations", ones);
  const Dims pads = node.integers("pads", Dims(2 * axes, 0));
  if (kernel.size() != axes || strides.size() != axes || dilations.size() != axes || pads.size() != 2 * axes)
    return std::nullopt;
  const std::string automatic = node.text("auto_pad", "NOTSET");
  for (size_t i = 0; i < axes; ++i) {
    int64_t& dim = out[i + 2];
    if (!fits(kernel[i], 1) || !fits(strides[i], 1) || !fits(dilations[i], 1) || !fits(pads[i], 0) || !fits(pads[axes + i], 0))
      return std::nullopt;
    const int64_t span = (kernel[i] - 1) * dilations[i] + 1, stride = strides[i];
    if (automatic == "SAME_UPPER" || automatic == "SAME_LOWER") {
      dim = (dim + stride - 1) / stride;
      continue;
    }
    const int64_t padded = automatic == "VALID" ? dim : dim + pads[i] + pads[axes + i];
    if (padded < span) return std::nullopt;
    const bool up = node.integer("ceil_mode", 0) != 0;
    const int64_t before = dim + (automatic == "VALID" ? 0 : pads[i]);
    dim = (padded - span + (up ? stride - 1 : 0)) / stride + 1;
    if (up && (dim - 1) * stride >= before) --dim;  // no window begins in the padding behind
  }
  return out;
}

Result global(const NodeReader&, const Dims& dims) {
  Dims out = dims;
  for (size_t i = 2; i < out.size(); ++i) out[i] = 1;
  return out;
}

Result gemm(const NodeReader& node, const Dims& dims) {
  const Dims* weights = node.dims(1);
  if (!weights || weights->size() != 2 || dims.size() != 2) return std::nullopt;
  return Dims{dims[node.integer("transA", 0) != 0 ? 1 : 0], (*weights)[node.integer("transB", 0) != 0 ? 0 : 1]};
}

Result mat_mul(const NodeReader& node, const Dims& dims) {
  const Dims* right = node.dims(1);
  if (!right || dims.size() < 2 || right->size() < 2) return std::nullopt;
  Result out = spread_dims(Dims(dims.begin(), dims.end() - 2), Dims(right->begin(), right->end() - 2));
  if (out) out->insert(out->end(), {dims[dims.size() - 2], right->back()});
  return out;
}

Result concat(const NodeReader& node, const Dims& dims) {
  const auto axis = find_axis(node.integer("axis", 1), dims.size());
  if (!axis) return std::nullopt;
  Dims out = dims;
  for (size_t i = 1; i < node.inputs(); ++i) {
    const Dims* part = node.dims(i);
    if (!part || part->size() != dims.size()) return std::nullopt;
    out[*axis] += (*part)[*axis];
  }
  return out;
}

Result reduce(const NodeReader& node, const Dims& dims) {
  const auto reduced = reduced_dims(node, dims);
  return reduced ? Result(reduced->dims) : std::nullopt;
}

Result arg_max(const NodeReader& node, const Dims& dims) {
  const auto axis = find_axis(node.integer("axis", 0), dims.size());
  if (!axis) return std::nullopt;
  Dims out = dims;
  const auto at = out.begin() + static_cast<std::ptrdiff_t>(*axis);
  if (node.integer("keepdims", 1) != 0)
    *at = 1;
  else
    out.erase(at);
  return out;
}

Result pad(const NodeReader& node, const Dims& dims) {
  const auto pads = node.integers("pads", 1);
  if (!pads || pads->size() != 2 * dims.size() || node.has(3)) return std::nullopt;
  Dims out = dims;
  for (size_t i = 0; i < dims.size(); ++i) {
    const int64_t before = (*pads)[i], behind = (*pads)[dims.size() + i];
    if (!fits(before, -kMost) || !fits(behind, -kMost)) return std::nullopt;
    out[i] += before + behind;
  }
  return out;
}

Result resize(const NodeReader& node, const Dims& dims) {
  if (node.has(3)) {
    const auto sizes = node.integers("sizes", 3);
    return sizes && sizes->size() == dims.size() ? sizes : std::nullopt;
  }
  const Constant* scales = node.constant(node.opset() < 11 ? 1 : 2);
  if (!scales || scales->floats.size() != dims.size()) return std::nullopt;
  Dims out = dims;
  for (size_t i = 0; i < dims.size(); ++i) {
    const double size = std::floor(static_cast<double>(dims[i]) * static_cast<double>(scales->floats[i]));
    if (!(size >= 0 && size <= kMost)) return std::nullopt;
    out[i] = static_cast<int64_t>(size);
  }
  return out;
}

Result gather(const NodeReader& node, const Dims& dims) {
  const Dims* indices = node.dims(1);
  const auto axis = find_axis(node.integer("axis", 0), dims.size());
  if (!indices || !axis) return std::nullopt;
  Dims out = dims;
  const auto at = out.erase(out.begin() + static_cast<std::ptrdiff_t>(*axis));
  out.insert(at, indices->begin(), indices->end());
  return out;
}

Result tile(const NodeReader& node, const Dims& dims) {
  const auto times = node.integers("repeats", 1);
  if (!times || times->size() != dims.size()) return std::nullopt;
  Dims out = dims;
  for (size_t i = 0; i < dims.size(); ++i) {
    if (!fits((*times)[i], 0)) return std::nullopt;
    out[i] *= (*times)[i];
  }
  return out;
}

Result depth_to_space(const NodeReader& node, const Dims& dims) {
  const int64_t block = node.integer("blocksize", 0);
  if (dims.size() != 4 || block < 1 || block > 1 << 12) return std::nullopt;
  if (node.node().op == "DepthToSpace") return Dims{dims[0], dims[1] / (block * block), dims[2] * block, dims[3] * block};
  return Dims{dims[0], dims[1] * block * block, dims[2] / block, dims[3] / block};
}

// [batch, heads, tokens, channels], or with the heads side by side.
Result attention(const NodeReader& node, const Dims& dims) {
  const Dims* values = node.dims(2);
  if (!values || values->size() != dims.size() || dims.size() < 3 || dims.size() > 4) return std::nullopt;
  Dims out = dims;
  const int64_t heads = node.integer("q_num_heads", 0), pairs = node.integer("kv_num_heads", 0);
  if (dims.size() == 3 && (!fits(heads, 1) || !fits(pairs, 1))) return std::nullopt;
  out.back() = dims.size() == 4 ? values->back() : values->back() / pairs * heads;
  return out;
}

Result grid_sample(const NodeReader& node, const Dims& dims) {
  const Dims* grid = node.dims(1);
  if (!grid || grid->size() != dims.size() || dims.size() < 3) return std::nullopt;
  Dims out = dims;
  std::copy(grid->begin() + 1, grid->end() - 1, out.begin() + 2);
  return out;
}

struct Row {
  std::string_view ops;  // with a blank around each
  Result (*dims)(const NodeReader&, const Dims&);
};

constexpr Row kRows[] = {
    {" Relu LeakyRelu PRelu Elu Selu Celu Softplus Softsign Mish Gelu HardSigmoid HardSwish Sigmoid Tanh Erf Exp Log Sqrt Neg "
     "Abs "
     "Sin Cos ThresholdedRelu Clip Reciprocal Softmax LogSoftmax BatchNormalization InstanceNormalization LayerNormalization "
     "GroupNormalization RMSNormalization LpNormalization LRN Cast Floor Ceil Round Sign Swish QuantizeLinear DequantizeLinear "
     "CastLike ",
     same},
    {" Add Sub Mul Div Pow Min Max Sum Mean Where Equal Greater Less And Or Mod ", spread_all},
    {" Conv MaxPool AveragePool LpPool ", window},
    {" GlobalAveragePool GlobalMaxPool GlobalLpPool ", global},
    {" ReduceMean ReduceSum ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2 ReduceLogSumExp ReduceSumSquare ", reduce},
    {" Gemm ", gemm},
    {" MatMul ", mat_mul},
    {" Concat ", concat},
    {" ArgMax ArgMin ", arg_max},
    {" Pad ", pad},
    {" Resize Upsample ", resize},
    {" Gather ", gather},
    {" Tile ", tile},
    {" DepthToSpace SpaceToDepth ", depth_to_space},
    {" Attention ", attention},
    {" GridSample ", grid_sample},
};

}  // namespace

Result infer_dims(const NodeReader& node, size_t output) {
  const Dims* dims = node.dims(0);
  if (!dims || !element_count(*dims) || !node.node().domain.empty()) return std::nullopt;
  if (const auto view = view_of(node, *dims, output)) return view->dims;
  if (output > 0) return std::nullopt;
  const std::string op = ' ' + node.node().op + ' ';
  const auto* row = std::ranges::find_if(kRows, [&op](const Row& one) { return one.ops.find(op) != std::string_view::npos; });
  const Result out = row == std::end(kRows) ? std::nullopt : row->dims(node, *dims);
  return out && element_count(*out) ? out : std::nullopt;
}

}  // namespace smoothgrad
