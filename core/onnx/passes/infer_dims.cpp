#include "core/onnx/passes/infer_dims.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include "core/onnx/passes/equation.h"
#include "core/onnx/passes/folds.h"
#include "core/onnx/passes/view_of.h"
#include "core/onnx/passes/window_dims.h"

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

// An operand of one dimension is a row, or a column, that the product does not have.
Result mat_mul(const NodeReader& node, const Dims& dims) {
  if (!node.dims(1)) return std::nullopt;
  Dims left = dims, right = *node.dims(1);
  if (left.empty() || right.empty()) return std::nullopt;
  const bool row = left.size() == 1, column = right.size() == 1;
  if (row) left.insert(left.begin(), 1);
  if (column) right.push_back(1);
  Result out = spread_dims(Dims(left.begin(), left.end() - 2), Dims(right.begin(), right.end() - 2));
  if (out && !row) out->push_back(left[left.size() - 2]);
  if (out && !column) out->push_back(right.back());
  return out;
}

Result einsum(const NodeReader& node, const Dims&) {
  const Equation equation = read_equation(node.text("equation", ""));
  if (equation.text.find('.') != std::string::npos || equation.terms.size() != node.inputs()) return std::nullopt;
  std::map<char, int64_t> sizes;
  for (size_t i = 0; i < node.inputs(); ++i) {
    const Dims* dims = node.dims(i);
    if (!dims || dims->size() != equation.terms[i].size()) return std::nullopt;
    for (size_t axis = 0; axis < dims->size(); ++axis) {
      int64_t& size = sizes[equation.terms[i][axis]];
      size = std::max(size, (*dims)[axis]);
    }
  }
  Dims out;
  for (char letter : equation.out) out.push_back(sizes[letter]);
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

// The axes that a node names (all without), from the start; nothing where there is one that the input does not have.
std::optional<std::vector<size_t>> named_axes(const std::optional<Dims>& given, size_t rank) {
  std::vector<size_t> axes;
  if (!given) return std::nullopt;
  for (int64_t one : *given) {
    const auto axis = find_axis(one, rank);
    if (!axis) return std::nullopt;
    axes.push_back(*axis);
  }
  return axes;
}

Dims all_axes(size_t rank) {
  Dims axes;
  for (size_t i = 0; i < rank; ++i) axes.push_back(static_cast<int64_t>(i));
  return axes;
}

Result pad(const NodeReader& node, const Dims& dims) {
  const auto pads = node.integers("pads", 1);
  const auto axes = named_axes(node.integers("axes", 3, all_axes(dims.size())), dims.size());
  if (!pads || !axes || pads->size() != 2 * axes->size()) return std::nullopt;
  Dims out = dims;
  for (size_t i = 0; i < axes->size(); ++i) {
    const int64_t before = (*pads)[i], behind = (*pads)[axes->size() + i];
    if (!fits(before, -kMost) || !fits(behind, -kMost)) return std::nullopt;
    out[(*axes)[i]] += before + behind;
  }
  return out;
}

// Not where the proportions are kept, which the layer refuses.
Result resize(const NodeReader& node, const Dims& dims) {
  const auto axes = named_axes(node.integers("axes", all_axes(dims.size())), dims.size());
  if (!axes || node.text("keep_aspect_ratio_policy", "stretch") != "stretch") return std::nullopt;
  Dims out = dims;
  const Constant* given = node.constant(3);
  const bool sized = given && given->size() > 0;
  if (!sized) given = node.constant(node.opset() < 11 ? 1 : 2);
  if (!given || given->integer != sized || given->size() != axes->size()) return std::nullopt;
  for (size_t k = 0; k < axes->size(); ++k) {
    int64_t& dim = out[(*axes)[k]];
    const double size = sized ? static_cast<double>(given->ints[k])
                              : std::floor(static_cast<double>(dim) * static_cast<double>(given->floats[k]));
    if (!(size >= 0 && size <= kMost)) return std::nullopt;
    dim = static_cast<int64_t>(size);
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

Result gather_elements(const NodeReader& node, const Dims&) { return node.dims(1) ? Result(*node.dims(1)) : std::nullopt; }

Result gather_nd(const NodeReader& node, const Dims& dims) {
  const Dims* indices = node.dims(1);
  const int64_t shared = node.integer("batch_dims", 0);
  if (!indices || indices->empty() || !fits(shared, 0) || !fits(indices->back(), 1)) return std::nullopt;
  const size_t named = static_cast<size_t>(shared + indices->back());
  if (named > dims.size()) return std::nullopt;
  Dims out(indices->begin(), indices->end() - 1);
  out.insert(out.end(), dims.begin() + static_cast<std::ptrdiff_t>(named), dims.end());
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
     "CastLike Not IsNaN IsInf CumSum ScatterElements ScatterND Trilu ",
     same},
    {" Add Sub Mul Div Pow Min Max Sum Mean Where Equal Greater GreaterOrEqual Less LessOrEqual And Or "
     "Xor Mod ",
     spread_all},
    {" Conv MaxPool AveragePool LpPool ", window_dims},
    {" ConvTranspose ", transposed_window_dims},
    {" GlobalAveragePool GlobalMaxPool GlobalLpPool ", global},
    {" ReduceMean ReduceSum ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2 ReduceLogSumExp ReduceSumSquare ", reduce},
    {" Gemm ", gemm},
    {" MatMul ", mat_mul},
    {" Einsum ", einsum},
    {" Concat ", concat},
    {" ArgMax ArgMin ", arg_max},
    {" Pad ", pad},
    {" Resize Upsample ", resize},
    {" Gather ", gather},
    {" GatherElements ", gather_elements},
    {" GatherND ", gather_nd},
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
