// MatMul and Gemm of constants, such as the small networks that make a table of relative positions; summed in double.
#include <algorithm>

#include "core/onnx/passes/folds.h"

namespace smoothgrad {
namespace {

constexpr size_t kMostSteps = size_t{1} << 28;  // of multiplication: a second

// The last two axes of a view.
struct Matrices {
  size_t rows, cols, row_step, col_step;

  explicit Matrices(const StridedView& view)
      : rows(static_cast<size_t>(*(view.dims.end() - 2))),
        cols(static_cast<size_t>(view.dims.back())),
        row_step(static_cast<size_t>(*(view.strides.end() - 2))),
        col_step(static_cast<size_t>(view.strides.back())) {}
};

// Where each of the matrices begins that a view spreads to.
std::vector<size_t> firsts(const StridedView& view, const Dims& dims) {
  std::vector<size_t> found(*element_count(dims));
  Cursor cursor(*spread(without_last(view, 2), dims));
  for (size_t& first : found) first = cursor.next();
  return found;
}

// Of row-major tensors, seen through views that may swap the last two axes.
Folded multiply(const Constant& a, const Constant& b, const StridedView& left, const StridedView& right, float factor) {
  const Matrices x(left), y(right);
  auto dims = spread_dims(without_last(left, 2).dims, without_last(right, 2).dims);
  if (y.rows != x.cols || !dims || !element_count(*dims)) return std::nullopt;
  const std::vector<size_t> at_a = firsts(left, *dims), at_b = firsts(right, *dims);
  dims->insert(dims->end(), {static_cast<int64_t>(x.rows), static_cast<int64_t>(y.cols)});
  const auto count = element_count(*dims);
  if (!count || *count > kMostSteps / x.cols) return std::nullopt;
  Constant made = zeros_like(a, *dims, *count);
  float* to = made.floats.data();
  for (size_t k = 0; k < at_a.size(); ++k) {
    for (size_t row = 0; row < x.rows; ++row) {
      for (size_t col = 0; col < y.cols; ++col) {
        const float* one = a.floats.data() + at_a[k] + row * x.row_step;
        const float* other = b.floats.data() + at_b[k] + col * y.col_step;
        double sum = 0;
        for (size_t i = 0; i < x.cols; ++i) {
          sum += static_cast<double>(one[i * x.col_step]) * static_cast<double>(other[i * y.row_step]);
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
  if (node.integer("transA", 0) != 0) left = swapped(left, 0, 1);
  if (node.integer("transB", 0) != 0) right = swapped(right, 0, 1);
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
