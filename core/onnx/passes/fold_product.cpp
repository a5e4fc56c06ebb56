// MatMul and Gemm of constants, such as the small networks that make a table of relative positions; summed in double.
#include <algorithm>

#include "core/onnx/passes/folds.h"

namespace smoothgrad {
namespace {

constexpr size_t kMostSteps = size_t{1} << 28;  // of multiplication: a second

void swap_last(StridedView& view) {
  std::swap(*view.dims.rbegin(), *(view.dims.rbegin() + 1));
  std::swap(*view.strides.rbegin(), *(view.strides.rbegin() + 1));
}

Dims outer(const Dims& dims) { return {dims.begin(), dims.end() - 2}; }

// Where each of the matrices begins that a view spreads to.
std::vector<size_t> firsts(const StridedView& view, const Dims& dims) {
  StridedView matrices = *spread(outer(view.dims), dims);
  // The strides are of matrices side by side; a matrix is as many elements.
  const int64_t size = *view.dims.rbegin() * *(view.dims.rbegin() + 1);
  for (int64_t& stride : matrices.strides) stride *= size;
  std::vector<size_t> found(*element_count(dims));
  Cursor cursor(matrices);
  for (size_t& first : found) first = cursor.next();
  return found;
}

// Of row-major tensors, seen through views that may swap the last two axes.
Folded multiply(const Constant& a, const Constant& b, const StridedView& left, const StridedView& right, float factor) {
  const size_t rank_a = left.dims.size(), rank_b = right.dims.size();
  const int64_t rows = left.dims[rank_a - 2], inner = left.dims[rank_a - 1], cols = right.dims[rank_b - 1];
  auto dims = spread_dims(outer(left.dims), outer(right.dims));
  if (right.dims[rank_b - 2] != inner || !dims || !element_count(*dims)) return std::nullopt;
  const std::vector<size_t> at_a = firsts(left, *dims), at_b = firsts(right, *dims);
  dims->insert(dims->end(), {rows, cols});
  const auto count = element_count(*dims);
  if (!count || *count * static_cast<size_t>(inner) > kMostSteps) return std::nullopt;
  Constant made = zeros_like(a, *dims, *count);
  float* to = made.floats.data();
  for (size_t k = 0; k < at_a.size(); ++k) {
    for (int64_t row = 0; row < rows; ++row) {
      for (int64_t col = 0; col < cols; ++col) {
        const float* x = a.floats.data() + at_a[k] + row * left.strides[rank_a - 2];
        const float* y = b.floats.data() + at_b[k] + col * right.strides[rank_b - 1];
        double sum = 0;
        for (int64_t i = 0; i < inner; ++i) {
          sum += static_cast<double>(x[i * left.strides[rank_a - 1]]) * static_cast<double>(y[i * right.strides[rank_b - 2]]);
        }
        *to++ = static_cast<float>(sum * static_cast<double>(factor));
      }
    }
  }
  return made;
}

Folded mat_mul(const Constant& a, const Constant& b) {
  Dims left = a.dims, right = b.dims;
  if (left.empty() || right.empty()) return std::nullopt;
  const bool row = left.size() == 1, column = right.size() == 1;
  if (row) left.insert(left.begin(), 1);
  if (column) right.push_back(1);
  Folded made = multiply(a, b, whole(left), whole(right), 1);
  if (made && row) made->dims.erase(made->dims.end() - (column ? 1 : 2));
  if (made && column) made->dims.pop_back();
  return made;
}

Folded gemm(const NodeReader& node, const Constant& a, const Constant& b) {
  if (a.dims.size() != 2 || b.dims.size() != 2) return std::nullopt;
  StridedView left = whole(a.dims), right = whole(b.dims);
  if (node.integer("transA", 0) != 0) swap_last(left);
  if (node.integer("transB", 0) != 0) swap_last(right);
  Folded made = multiply(a, b, left, right, node.real("alpha", 1));
  if (!made || !node.has(2)) return made;
  const Constant* bias = node.constant(2);
  const auto over = bias && !bias->integer ? spread(bias->dims, made->dims) : std::nullopt;
  if (!over) return std::nullopt;
  Cursor cursor(*over);
  for (float& value : made->floats) value += node.real("beta", 1) * bias->floats[cursor.next()];
  return made;
}

}  // namespace

Folded fold_product(const NodeReader& node) {
  const std::string& op = node.node().op;
  if (op != "MatMul" && op != "Gemm") return std::nullopt;
  const Constant *a = node.constant(0), *b = node.constant(1);
  if (!a || !b || a->integer || b->integer || a->size() == 0 || b->size() == 0) return std::nullopt;
  return op == "MatMul" ? mat_mul(*a, *b) : gemm(node, *a, *b);
}

}  // namespace smoothgrad
