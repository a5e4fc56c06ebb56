// y = f a b, da = f g b^T, db = f a^T g, for each of a batch of matrices; MatMul and Gemm of two values. Saves both operands,
// and reads them as they lie: a view of a slice, such as one head's keys, is not copied.
// Compiled for size.
#include "core/layers/matrix_product.h"

#include <algorithm>

#include "core/kernels/value_product.h"
#include "core/layers/broadcast.h"
#include "core/layers/builders.h"
#include "core/layers/linear.h"
#include "core/layers/sum.h"

namespace smoothgrad {
namespace {

struct Operand {
  Shape memory;
  size_t rows, cols, row_step, col_step;
  std::vector<size_t> firsts;  // first element of each matrix

  ConstMatrix matrix(const float* data, size_t k) const { return {data + firsts[k], rows, cols, row_step, col_step}; }
};

class ValueProduct final : public Layer {
 public:
  ValueProduct(Operand a, Operand b, Shape output, float factor)
      : Layer({a.memory, b.memory}, output), a_(std::move(a)), b_(std::move(b)), factor_(factor) {}

  std::string_view kind() const override { return "product"; }
  Role role() const override { return Role::kProduct; }
  int64_t multiply_adds() const override { return static_cast<int64_t>(output().size() * a_.cols); }
  size_t saved_bytes(int batch) const override {
    return static_cast<size_t>(batch) * (a_.memory.size() + b_.memory.size()) * sizeof(float);
  }
  size_t scratch_bytes(int) const override {
    const size_t m = a_.rows, k = a_.cols, n = b_.cols;
    const size_t most = std::max(
        {value_product_scratch(m, k, n), m * k + value_product_scratch(m, n, k), k * n + value_product_scratch(k, m, n)});
    return most * sizeof(float);
  }

  void forward(const ForwardPass& pass) const override {
    const size_t batch = static_cast<size_t>(pass.batch);
    float* const saved = reinterpret_cast<float*>(pass.saved);
    std::copy_n(pass.inputs[1], batch * b_.memory.size(), std::copy_n(pass.inputs[0], batch * a_.memory.size(), saved));
    float* y = pass.output;
    for (size_t image = 0; image < batch; ++image) {
      for (size_t k = 0; k < a_.firsts.size(); ++k, y += a_.rows * b_.cols) {
        value_product(a_.matrix(pass.inputs[0] + image * a_.memory.size(), k),
                      b_.matrix(pass.inputs[1] + image * b_.memory.size(), k), reinterpret_cast<float*>(pass.scratch), y);
      }
    }
    for (size_t i = 0; factor_ != 1 && i < batch * output().size(); ++i) pass.output[i] *= factor_;
  }

  void backward(const BackwardPass& pass) const override {
    const size_t batch = static_cast<size_t>(pass.batch);
    const float* const a = reinterpret_cast<const float*>(pass.saved);
    const float* const b = a + batch * a_.memory.size();
    std::fill_n(pass.grad_inputs[0], batch * a_.memory.size(), 0.f);
    std::fill_n(pass.grad_inputs[1], batch * b_.memory.size(), 0.f);
    float* const made = reinterpret_cast<float*>(pass.scratch);
    const float* data = pass.grad_output;
    for (size_t image = 0; image < batch; ++image) {
      for (size_t k = 0; k < a_.firsts.size(); ++k, data += a_.rows * b_.cols) {
        const ConstMatrix g{data, a_.rows, b_.cols, b_.cols, 1};
        value_product(g, b_.matrix(b + image * b_.memory.size(), k).transposed(), made + a_.rows * a_.cols, made);
        add(a_, made, k, pass.grad_inputs[0] + image * a_.memory.size());
        value_product(a_.matrix(a + image * a_.memory.size(), k).transposed(), g, made + b_.rows * b_.cols, made);
        add(b_, made, k, pass.grad_inputs[1] + image * b_.memory.size());
      }
    }
  }

 private:
  void add(const Operand& operand, const float* matrix, size_t k, float* to) const {
    to += operand.firsts[k];
    for (size_t r = 0; r < operand.rows; ++r) {
      for (size_t c = 0; c < operand.cols; ++c) {
        to[r * operand.row_step + c * operand.col_step] += factor_ * matrix[r * operand.cols + c];
      }
    }
  }

  Operand a_, b_;
  float factor_;
};

Operand operand(const NodeBuilder& node, const Value& value) {
  const StridedView& view = value.view;
  const size_t rank = view.dims.size();
  return {node.memory(value),
          static_cast<size_t>(view.dims[rank - 2]),
          static_cast<size_t>(view.dims[rank - 1]),
          static_cast<size_t>(view.strides[rank - 2]),
          static_cast<size_t>(view.strides[rank - 1]),
          {}};
}

// A vector as a matrix of one row (or column).
Value as_matrix(Value value, bool row) {
  if (value.rank() != 1) return value;
  const auto at = row ? 0 : 1;
  value.view.dims.insert(value.view.dims.begin() + at, 1);
  value.view.strides.insert(value.view.strides.begin() + at, 0);
  return value;
}

}  // namespace

Value with_last_swapped(const Value& value) { return {value.id, swapped(value.view, value.rank() - 2, value.rank() - 1)}; }

Value product_of(NodeBuilder& node, const Value& a, const Value& b, float factor) {
  Operand left = operand(node, a), right = operand(node, b);
  if (left.cols != right.rows) {
    node.bad({"matrices of ", show(a.dims()), " and ", show(b.dims()), " cannot be multiplied"});
  }
  const StridedView over_a = without_last(a.view, 2), over_b = without_last(b.view, 2);
  Dims dims = broadcast_dims(node, over_a.dims, over_b.dims);
  if (!element_count(dims)) node.bad({"its output would be of ", show(dims), " matrices"});
  Walk(dims, row_major(dims.size()), over_a, over_b)
      .for_each_run([&](size_t length, size_t, size_t i, size_t a_step, size_t j, size_t b_step) {
        for (size_t k = 0; k < length; ++k) {
          left.firsts.push_back(static_cast<size_t>(a.view.offset) + i + k * a_step);
          right.firsts.push_back(static_cast<size_t>(b.view.offset) + j + k * b_step);
        }
      });
  dims.push_back(static_cast<int64_t>(left.rows));
  dims.push_back(static_cast<int64_t>(right.cols));
  if (!element_count(dims)) node.bad({"its output would be of ", show(dims)});
  const StridedView view = whole(dims);
  auto layer = std::make_unique<ValueProduct>(std::move(left), std::move(right), memory_shape(view), factor);
  return node.add_step(std::move(layer), {a, b}, view);
}

void build_product_of_matrices(NodeBuilder& node) {
  const Value a = node.value(0), b = node.value(1);
  if (a.rank() == 0 || b.rank() == 0) node.bad({"an input without dimensions"});
  const Value product = product_of(node, as_matrix(a, true), as_matrix(b, false));
  Dims dims = product.dims();
  if (a.rank() == 1) dims.erase(dims.end() - 2);
  if (b.rank() == 1) dims.pop_back();
  node.alias(reshape(node, product, dims));
}

void build_gemm_of_values(NodeBuilder& node) {
  Value a = node.value(0), b = node.value(1);
  if (a.rank() != 2 || b.rank() != 2)
    node.bad({"inputs of ", show(a.dims()), " and ", show(b.dims()), ", which are no matrices"});
  if (node.attribute_int("transA", 0) != 0) a = with_last_swapped(a);
  if (node.attribute_int("transB", 0) != 0) b = with_last_swapped(b);
  const Value product = product_of(node, a, b, node.attribute_float("alpha", 1));
  if (!node.has_input(2)) return node.alias(product);
  const Value bias = node.value(2);
  if (broadcast_dims(node, product.dims(), bias.dims()) != product.dims()) node.bad({"a bias larger than the product"});
  node.alias(sum_of(node, {product, bias}, {1, node.attribute_float("beta", 1)}));
}

}  // namespace smoothgrad
