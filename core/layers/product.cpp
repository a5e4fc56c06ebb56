// Mul, Div and Pow of two operands, y = f(a, b), the smaller one spread: a row each with f and both derivatives, in one table.
// Saves both operands. da is summed where a was spread, and so is db.
// Compiled for speed.
#include <algorithm>
#include <cmath>

#include "core/layers/broadcast.h"
#include "core/layers/builders.h"
#include "core/layers/scale_shift.h"

namespace smoothgrad {
namespace {

// A stretch of an operand: element i is values[i * step], step 0 where it is spread.
struct Stretch {
  const float* values;
  size_t step;
};

struct Product {
  std::string_view op, kind;
  void (*value)(size_t size, Stretch a, Stretch b, float* y);
  // Adds what the gradient g is with respect to a and to b.
  void (*slopes)(size_t size, const float* g, Stretch a, Stretch b, float* da, float* db);
};

struct Multiply {
  static float value(float a, float b) { return a * b; }
  static float by_a(float, float b) { return b; }
  static float by_b(float a, float) { return a; }
};
struct Divide {
  static float value(float a, float b) { return a / b; }
  static float by_a(float, float b) { return 1 / b; }
  static float by_b(float a, float b) { return -a / (b * b); }
};
struct Power {
  static float value(float a, float b) { return b == 2 ? a * a : std::pow(a, b); }
  static float by_a(float a, float b) { return b == 0 ? 0 : b == 2 ? 2 * a : b * std::pow(a, b - 1); }
  // Of a constant exponent nobody asks; of a negative base there is none.
  static float by_b(float a, float b) { return a > 0 ? std::pow(a, b) * std::log(a) : 0; }
};

template <typename Function>
void value_of(size_t size, Stretch a, Stretch b, float* y) {
  if (a.step == 1 && b.step == 1) {
    for (size_t i = 0; i < size; ++i) y[i] = Function::value(a.values[i], b.values[i]);
  } else {
    for (size_t i = 0; i < size; ++i) y[i] = Function::value(a.values[i * a.step], b.values[i * b.step]);
  }
}

template <typename Function>
void slopes_of(size_t size, const float* __restrict g, Stretch a, Stretch b, float* __restrict da, float* __restrict db) {
  if (a.step == 1 && b.step == 1) {
    for (size_t i = 0; i < size; ++i) {
      da[i] += g[i] * Function::by_a(a.values[i], b.values[i]);
      db[i] += g[i] * Function::by_b(a.values[i], b.values[i]);
    }
    return;
  }
  for (size_t i = 0; i < size; ++i) {
    const float left = a.values[i * a.step], right = b.values[i * b.step];
    da[i * a.step] += g[i] * Function::by_a(left, right);
    db[i * b.step] += g[i] * Function::by_b(left, right);
  }
}

template <typename Function>
constexpr Product row(std::string_view op, std::string_view kind) {
  return {op, kind, value_of<Function>, slopes_of<Function>};
}

constexpr Product kProducts[] = {row<Divide>("Div", "div"), row<Multiply>("Mul", "mul"), row<Power>("Pow", "pow")};

class ProductLayer final : public Layer {
 public:
  ProductLayer(const Product& product, const Operands& operands)
      : Layer(operands.shapes(), memory_shape(operands.view())),
        product_(product),
        walk_(operands.dims, operands.order, operands.values[0].view, operands.values[1].view) {}

  std::string_view kind() const override { return product_.kind; }
  Role role() const override {
    const auto by_channel = [this](size_t image) {
      return walk_.follows(image) && walk_.repeats(static_cast<size_t>(inputs()[image].channels), 1 - image);
    };
    return product_.op == "Mul" && (by_channel(0) || by_channel(1)) ? Role::kGate : Role::kOther;
  }
  size_t saved_bytes(int batch) const override {
    return static_cast<size_t>(batch) * (inputs()[0].size() + inputs()[1].size()) * sizeof(float);
  }

  void forward(const ForwardPass& pass) const override {
    float* saved = reinterpret_cast<float*>(pass.saved);
    for (size_t k = 0; k < 2; ++k) {
      saved = std::copy_n(pass.inputs[k], static_cast<size_t>(pass.batch) * inputs()[k].size(), saved);
    }
    for_each_stretch(pass.batch, [&](size_t size, size_t out, size_t i, size_t a_step, size_t j, size_t b_step) {
      product_.value(size, {pass.inputs[0] + i, a_step}, {pass.inputs[1] + j, b_step}, pass.output + out);
    });
  }

  void backward(const BackwardPass& pass) const override {
    const size_t batch = static_cast<size_t>(pass.batch);
    const float* a = reinterpret_cast<const float*>(pass.saved);
    const float* b = a + batch * inputs()[0].size();
    for (size_t k = 0; k < 2; ++k) std::fill_n(pass.grad_inputs[k], batch * inputs()[k].size(), 0.f);
    for_each_stretch(pass.batch, [&](size_t size, size_t out, size_t i, size_t a_step, size_t j, size_t b_step) {
      product_.slopes(size, pass.grad_output + out, {a + i, a_step}, {b + j, b_step}, pass.grad_inputs[0] + i,
                      pass.grad_inputs[1] + j);
    });
  }

 private:
  // visit(size, first element of the output, of a, step of a, of b, step of b)
  template <typename Visit>
  void for_each_stretch(int batch, Visit visit) const {
    const size_t out = output().size(), a = inputs()[0].size(), b = inputs()[1].size();
    for (size_t n = 0; n < static_cast<size_t>(batch); ++n) {
      walk_.for_each_run([&](size_t size, size_t i, size_t at_a, size_t a_step, size_t at_b, size_t b_step) {
        visit(size, n * out + i, n * a + at_a, a_step, n * b + at_b, b_step);
      });
    }
  }

  const Product& product_;
  Walk walk_;
};

// x * c and x / c by a constant that differs only by channel are a ScaleShift.
bool build_with_channel_constant(NodeBuilder& node, int k, bool divide) {
  if (!node.is_constant(k) || (divide && k == 0)) return false;
  const Value value = node.dense(1 - k);
  auto numbers = per_channel(node.constant(k), value);
  if (!numbers) return false;
  for (double& number : *numbers) number = divide ? 1 / number : number;
  build_scale_shift(node, 1 - k, value, *numbers, std::vector<double>(numbers->size(), 0.));
  return true;
}

}  // namespace

void build_product(NodeBuilder& node) {
  if (node.input_count() != 2) node.bad({"it must have two inputs"});
  const Product& product = *std::ranges::find(kProducts, node.node().op, &Product::op);
  if (product.op != "Pow" && build_with_channel_constant(node, node.is_constant(0) ? 0 : 1, product.op == "Div")) return;
  const Operands operands = read_operands(node, 0, product.op == "Pow");  // ONNX lets an exponent be of integers
  node.emit(std::make_unique<ProductLayer>(product, operands), operands.values, operands.view());
}

}  // namespace smoothgrad
