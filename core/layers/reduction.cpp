// ReduceMean, -Sum, -SumSquare, -L1, -L2, -LogSumExp, -Max, -Min over any axes; GlobalAveragePool, -MaxPool and -LpPool, which
// are such reductions: y = result(sum term(x)), or an extreme, of which the first in the order of memory wins. Mean and
// Sum save nothing, the others dy/dx, four bytes an element of x. Formulas: ONNX's operator specification.
// Compiled for speed.
#include "core/layers/reduction.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/layers/broadcast.h"
#include "core/layers/builders.h"
#include "core/layers/node_builder.h"

namespace smoothgrad {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

class LinearReduction final : public Layer {
 public:
  LinearReduction(Shape input, Shape output, Walk walk, float factor)
      : Layer({input}, output), walk_(std::move(walk)), factor_(factor) {}

  std::string_view kind() const override { return factor_ == 1 ? "sum" : "mean"; }
  Role role() const override {
    const Shape in = inputs()[0];
    const bool mean = factor_ == 1.f / static_cast<float>(in.pixels());
    return mean && walk_.repeats(static_cast<size_t>(in.channels)) ? Role::kMean : Role::kOther;
  }

  void forward(const ForwardPass& pass) const override {
    std::fill_n(pass.output, static_cast<size_t>(pass.batch) * output().size(), 0.f);
    for (size_t b = 0; b < static_cast<size_t>(pass.batch); ++b) {
      const float* in = pass.inputs[0] + b * inputs()[0].size();
      float* out = pass.output + b * output().size();
      walk_.for_each([&](size_t i, size_t j) { out[j] += factor_ * in[i]; });
    }
  }

  void backward(const BackwardPass& pass) const override {
    for (size_t b = 0; b < static_cast<size_t>(pass.batch); ++b) {
      const float* grad = pass.grad_output + b * output().size();
      float* out = pass.grad_inputs[0] + b * inputs()[0].size();
      walk_.for_each([&](size_t i, size_t j) { out[i] = factor_ * grad[j]; });
    }
  }

 private:
  Walk walk_;  // through the input, along the output
  float factor_;
};

// p: of the norm. top: the largest x that is reduced to this y, so that exponentials do not overflow.
struct Reduction {
  std::string_view kind;
  float (*term)(float x, float top, float p);
  float (*result)(float sum, float top, float p);
  float (*slope)(float x, float y, float p);
  bool needs_top = false;
  float sign = 0;  // of an extreme: 1 the largest, -1 the smallest
};

float size_of(float x, float, float) { return std::abs(x); }
float square(float x, float, float) { return x * x; }
float power(float x, float, float p) { return std::pow(std::abs(x), p); }
float itself(float sum, float, float) { return sum; }
float sign_of(float x) { return static_cast<float>(x > 0) - static_cast<float>(x < 0); }

constexpr Reduction kSumSquare = {"sum-square", square, itself, [](float x, float, float) { return 2 * x; }};
constexpr Reduction kL1 = {"l1", size_of, itself, [](float x, float, float) { return sign_of(x); }};
constexpr Reduction kL2 = {"l2", square, [](float sum, float, float) { return std::sqrt(sum); },
                           [](float x, float y, float) { return y > 0 ? x / y : 0; }};
constexpr Reduction kLp = {"lp", power, [](float sum, float, float p) { return std::pow(sum, 1 / p); },
                           [](float x, float y, float p) { return y > 0 ? sign_of(x) * std::pow(std::abs(x) / y, p - 1) : 0; }};
constexpr Reduction kLogSumExp = {"log-sum-exp", [](float x, float top, float) { return std::exp(x - top); },
                                  [](float sum, float top, float) { return top + std::log(sum); },
                                  [](float x, float y, float) { return std::exp(x - y); }, true};
constexpr Reduction kMax = {"max", nullptr, nullptr, nullptr, true, 1};
constexpr Reduction kMin = {"min", nullptr, nullptr, nullptr, true, -1};

class SavingReduction final : public Layer {
 public:
  SavingReduction(Shape input, Shape output, Walk walk, const Reduction& reduction, float p)
      : Layer({input}, output), walk_(std::move(walk)), reduction_(reduction), p_(p) {}

  std::string_view kind() const override { return reduction_.kind; }
  size_t saved_bytes(int batch) const override { return static_cast<size_t>(batch) * inputs()[0].size() * sizeof(float); }
  size_t scratch_bytes(int) const override { return output().size() * sizeof(float); }

  void forward(const ForwardPass& pass) const override {
    for (size_t b = 0; b < static_cast<size_t>(pass.batch); ++b) {
      forward_image(pass.inputs[0] + b * inputs()[0].size(), reinterpret_cast<float*>(pass.scratch),
                    pass.output + b * output().size(), reinterpret_cast<float*>(pass.saved) + b * inputs()[0].size());
    }
  }

  void backward(const BackwardPass& pass) const override {
    for (size_t b = 0; b < static_cast<size_t>(pass.batch); ++b) {
      const float* slopes = reinterpret_cast<const float*>(pass.saved) + b * inputs()[0].size();
      const float* grad = pass.grad_output + b * output().size();
      float* out = pass.grad_inputs[0] + b * inputs()[0].size();
      walk_.for_each([&](size_t i, size_t j) { out[i] = slopes[i] == 0 ? 0 : slopes[i] * grad[j]; });
    }
  }

 private:
  // top: scratch, a float an output.
  void forward_image(const float* in, float* top, float* out, float* slopes) const {
    const Reduction& r = reduction_;
    const size_t size = output().size();
    if (r.needs_top) {
      const float sign = r.sign < 0 ? -1.f : 1.f;
      std::fill_n(top, size, -kInfinity);
      walk_.for_each([&](size_t i, size_t j) { top[j] = std::max(top[j], sign * in[i]); });
    } else {
      std::fill_n(top, size, 0.f);
    }
    if (r.sign != 0) {
      for (size_t j = 0; j < size; ++j) out[j] = r.sign * top[j];
      std::fill_n(top, size, 0.f);  // now: whether the winner has been met
      walk_.for_each([&](size_t i, size_t j) {
        slopes[i] = in[i] == out[j] ? 1 - top[j] : 0;
        top[j] = std::max(top[j], slopes[i]);
      });
      return;
    }
    std::fill_n(out, size, 0.f);
    walk_.for_each([&](size_t i, size_t j) { out[j] += r.term(in[i], top[j], p_); });
    for (size_t j = 0; j < size; ++j) out[j] = r.result(out[j], top[j], p_);
    walk_.for_each([&](size_t i, size_t j) { slopes[i] = r.slope(in[i], out[j], p_); });
  }

  Walk walk_;  // through the input, along the output
  const Reduction& reduction_;
  float p_;
};

// Reduces along these axes, which are gone afterwards or of one element; no reduction: the sum or the mean.
Value reduced(NodeBuilder& node, const Value& value, const std::vector<size_t>& axes, bool keep, const Reduction* reduction,
              float p, bool mean) {
  const Value input = node.dense(value);
  Dims kept = input.dims(), left;
  size_t count = 1;  // of elements that become one
  for (size_t axis : axes) {
    count *= static_cast<size_t>(kept[axis]);
    kept[axis] = 1;
  }
  for (size_t axis = 0; axis < kept.size(); ++axis) {
    if (std::ranges::find(axes, axis) == axes.end()) left.push_back(kept[axis]);
  }
  const AxisOrder order = order_of(input.view);
  const StridedView view = laid_out(kept, order);
  Walk walk(input.dims(), order, view);
  const Shape in = memory_shape(input.view), out = memory_shape(view);
  std::unique_ptr<Layer> layer;
  if (reduction) {
    layer = std::make_unique<SavingReduction>(in, out, std::move(walk), *reduction, p);
  } else {
    layer = std::make_unique<LinearReduction>(in, out, std::move(walk), mean ? 1.f / static_cast<float>(count) : 1.f);
  }
  const Value made = node.add_step(std::move(layer), {input}, view);
  return keep ? made : Value{made.id, *reshaped(view, left)};
}

std::vector<size_t> read_axes(const NodeBuilder& node, size_t rank, const std::vector<int64_t>& given) {
  std::vector<size_t> axes;
  for (int64_t one : given) {
    axes.push_back(node.axis(one, rank));
    if (std::ranges::count(axes, axes.back()) > 1) node.bad({"axis ", one, " twice"});
  }
  return axes;
}

void build_reduction(NodeBuilder& node, const Reduction* reduction, bool mean, bool works_alone) {
  const size_t rank = node.value(0).rank();
  std::vector<size_t> axes = read_axes(node, rank, node.ints_of_attribute_or_input("axes", 1));
  if (axes.empty() && node.attribute_int("noop_with_empty_axes", 0) != 0) {
    if (!works_alone) node.unsupported({"noop_with_empty_axes, which leaves the norm of each element"});
    return node.alias(node.value(0));
  }
  if (axes.empty()) axes = row_major(rank);
  const bool keep = node.attribute_int("keepdims", 1) != 0;
  node.alias(reduced(node, node.value(0), axes, keep, reduction, 0, mean));
}

// Along all axes of space, of [N, C, ..].
void build_global(NodeBuilder& node, const Reduction* reduction, float p, bool mean = false) {
  const Dims dims = node.value(0).dims();
  if (dims.size() < 3) node.bad({"an input of ", show(dims), ", which has no axes of space"});
  node.alias(reduced(node, node.value(0), axes_from(2, dims.size()), true, reduction, p, mean));
}

}  // namespace

Value summed(NodeBuilder& node, const Value& value, const std::vector<size_t>& axes) {
  return reduced(node, value, axes, false, nullptr, 0, false);
}

void build_reduce_l1(NodeBuilder& node) { build_reduction(node, &kL1, false, false); }
void build_reduce_l2(NodeBuilder& node) { build_reduction(node, &kL2, false, false); }
void build_reduce_log_sum_exp(NodeBuilder& node) { build_reduction(node, &kLogSumExp, false, true); }
void build_reduce_max(NodeBuilder& node) { build_reduction(node, &kMax, false, true); }
void build_reduce_mean(NodeBuilder& node) { build_reduction(node, nullptr, true, true); }
void build_reduce_min(NodeBuilder& node) { build_reduction(node, &kMin, false, true); }
void build_reduce_sum(NodeBuilder& node) { build_reduction(node, nullptr, false, true); }
void build_reduce_sum_square(NodeBuilder& node) { build_reduction(node, &kSumSquare, false, false); }

void build_global_average_pool(NodeBuilder& node) { build_global(node, nullptr, 0, true); }
void build_global_max_pool(NodeBuilder& node) { build_global(node, &kMax, 0); }
void build_global_lp_pool(NodeBuilder& node) {
  const int64_t p = node.attribute_int("p", 2);
  if (p < 1) node.bad({"p must be 1 or more"});
  build_global(node, p == 1 ? &kL1 : p == 2 ? &kL2 : &kLp, static_cast<float>(p));
}

}  // namespace smoothgrad
