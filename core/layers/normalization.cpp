// LayerNormalization, InstanceNormalization, GroupNormalization, RMSNormalization: over the elements of a group,
// z = (x - mean) / s, s = sqrt(variance + epsilon), and without the mean (RMS) z = x / s, s = sqrt(mean(x^2) + epsilon); then
// y = scale z + shift. dx = (g - mean(g) - z mean(g z)) / s, RMS without mean(g). Saves z and, a group, 1 / s. Scale and shift
// follow as arithmetic with constants. Formulas: ONNX's operator specification.
// Compiled for speed.
#include <algorithm>
#include <cmath>

#include "core/kernels/simd.h"
#include "core/layers/builders.h"
#include "core/layers/groups.h"
#include "core/layers/scale_shift.h"

namespace smoothgrad {
namespace {

// The sum of term(i, zero) for i below n, where `zero` says of how many elements from i on: four in a vector, or one.
template <typename Term>
float sum_of_terms(size_t n, Term term) {
  Float4 sums{};
  size_t i = 0;
  for (; i + 4 <= n; i += 4) sums += term(i, Float4{});
  float sum = (sums[0] + sums[2]) + (sums[1] + sums[3]);
  for (; i < n; ++i) sum += term(i, 0.f);
  return sum;
}

template <typename Term>
void set_terms(size_t n, float* to, Term term) {
  size_t i = 0;
  for (; i + 4 <= n; i += 4) store(to + i, term(i, Float4{}));
  for (; i < n; ++i) to[i] = term(i, 0.f);
}

Float4 take(const float* from, Float4) { return load(from); }
float take(const float* from, float) { return *from; }

// Groups of elements that follow each other, as LayerNormalization's are: their sums are in registers.
struct Row {
  size_t length;
  float share;  // 1 / length

  float normalise(const float* x, float epsilon, bool centred, float* z) const {
    const float mean = centred ? share * sum_of_terms(length, [x](size_t i, auto n) { return take(x + i, n); }) : 0;
    const auto off = [=](size_t i, auto n) { return take(x + i, n) - mean; };
    const float variance = share * sum_of_terms(length, [&](size_t i, auto n) { return off(i, n) * off(i, n); });
    const float reciprocal = 1 / std::sqrt(variance + epsilon);
    set_terms(length, z, [&](size_t i, auto n) { return off(i, n) * reciprocal; });
    return reciprocal;
  }

  void back(const float* g, const float* z, float reciprocal, bool centred, float* out) const {
    const float mean = centred ? share * sum_of_terms(length, [g](size_t i, auto n) { return take(g + i, n); }) : 0;
    const float along =
        share * sum_of_terms(length, [=](size_t i, auto n) { return take(g + i, n) * take(z + i, n); });  // mean(g z)
    set_terms(length, out, [=](size_t i, auto n) { return (take(g + i, n) - mean - take(z + i, n) * along) * reciprocal; });
  }
};

class Normalization final : public Layer {
 public:
  Normalization(Shape shape, Groups groups, float epsilon, bool centred)
      : Layer({shape}, shape), groups_(groups), epsilon_(epsilon), centred_(centred) {}

  std::string_view kind() const override { return "normalization"; }
  size_t saved_bytes(int batch) const override {
    return static_cast<size_t>(batch) * (output().size() + groups_.count()) * sizeof(float);
  }
  size_t scratch_bytes(int) const override { return 2 * groups_.step * sizeof(float); }

  void forward(const ForwardPass& pass) const override {
    const float share = 1.f / static_cast<float>(groups_.length);
    float* const saved = reinterpret_cast<float*>(pass.saved);
    float* const reciprocals = saved + static_cast<size_t>(pass.batch) * output().size();
    float* const mean = reinterpret_cast<float*>(pass.scratch);
    for (size_t o = 0; o < static_cast<size_t>(pass.batch) * groups_.outer; ++o) {
      const float* const x = pass.inputs[0] + o * block();
      float* const z = saved + o * block();
      float* const variance = reciprocals + o * groups_.step;
      if (groups_.step == 1) {
        *variance = Row{block(), share}.normalise(x, epsilon_, centred_, z);
        std::copy_n(z, block(), pass.output + o * block());
        continue;
      }
      std::fill_n(mean, groups_.step, 0.f);
      std::fill_n(variance, groups_.step, 0.f);
      if (centred_) for_each([&](size_t i, size_t s) { mean[s] += share * x[i]; });
      for_each([&](size_t i, size_t s) { variance[s] += share * (x[i] - mean[s]) * (x[i] - mean[s]); });
      for (size_t s = 0; s < groups_.step; ++s) variance[s] = 1 / std::sqrt(variance[s] + epsilon_);  // now 1 / s
      for_each([&](size_t i, size_t s) { z[i] = (x[i] - mean[s]) * variance[s]; });
      std::copy_n(z, block(), pass.output + o * block());
    }
  }

  void backward(const BackwardPass& pass) const override {
    const float share = 1.f / static_cast<float>(groups_.length);
    const float* const saved = reinterpret_cast<const float*>(pass.saved);
    const float* const reciprocals = saved + static_cast<size_t>(pass.batch) * output().size();
    float* const mean = reinterpret_cast<float*>(pass.scratch);
    float* const along = mean + groups_.step;  // mean(g z)
    for (size_t o = 0; o < static_cast<size_t>(pass.batch) * groups_.outer; ++o) {
      const float* const g = pass.grad_output + o * block();
      const float* const z = saved + o * block();
      const float* const reciprocal = reciprocals + o * groups_.step;
      float* const out = pass.grad_inputs[0] + o * block();
      if (groups_.step == 1) {
        Row{block(), share}.back(g, z, *reciprocal, centred_, out);
        continue;
      }
      std::fill_n(mean, 2 * groups_.step, 0.f);
      if (centred_) for_each([&](size_t i, size_t s) { mean[s] += share * g[i]; });
      for_each([&](size_t i, size_t s) { along[s] += share * g[i] * z[i]; });
      for_each([&](size_t i, size_t s) { out[i] = (g[i] - mean[s] - z[i] * along[s]) * reciprocal[s]; });
    }
  }

 private:
  size_t block() const { return groups_.length * groups_.step; }

  // visit(element of a block, which of its groups)
  template <typename Visit>
  void for_each(Visit visit) const {
    size_t i = 0;
    for (size_t k = 0; k < groups_.length; ++k) {
      for (size_t s = 0; s < groups_.step; ++s) visit(i++, s);
    }
  }

  Groups groups_;
  float epsilon_;
  bool centred_;
};

// Over these axes of the value.
Value normalized(NodeBuilder& node, const Value& input, const std::vector<size_t>& axes, bool centred) {
  const auto [value, groups] = group_along(node, input, axes);
  const float epsilon = node.attribute_float("epsilon", 1e-5f);
  auto layer = std::make_unique<Normalization>(memory_shape(value.view), groups, epsilon, centred);
  return node.add_step(std::move(layer), {value}, value.view);
}

// Of scale and shift (inputs 1 and 2), as a constant of these dimensions.
Constant learned(const NodeBuilder& node, int i, const Dims& dims) {
  Constant constant = node.float_constant(i);
  if (constant.size() != element_count(dims)) {
    node.bad({"input ", i, " must have ", element_count(dims).value_or(0), " floats, not ", constant.size()});
  }
  constant.dims = dims;
  return constant;
}

// y = scale z + shift, of dimensions that spread to those of z; the shift may be missing.
Value scaled(NodeBuilder& node, const Value& z, const Dims& dims) {
  const Constant scale = learned(node, 1, dims);
  return scale_shifted(node, z, scale, node.has_input(2) ? learned(node, 2, dims) : zeros_like(scale, {}, 1));
}

// One number a channel of [N, C, ..].
Dims by_channel(const Dims& dims) {
  Dims channels(dims.size() - 1, 1);
  channels[0] = dims[1];
  return channels;
}

void build_over_trailing_axes(NodeBuilder& node, bool centred) {
  const Value input = node.value(0);
  const AxisOrder axes = axes_from(node.axis(node.attribute_int("axis", -1), input.rank()), input.rank());
  const Constant& scale = node.float_constant(1);
  const Dims trailing(input.dims().begin() + static_cast<ptrdiff_t>(axes[0]), input.dims().end());
  if (spread_dims(trailing, scale.dims) != trailing) {
    node.bad({"a scale of ", show(scale.dims), " does not fit what is normalised, ", show(trailing)});
  }
  node.alias(scaled(node, normalized(node, input, axes, centred), scale.dims));
}

}  // namespace

void build_layer_normalization(NodeBuilder& node) { build_over_trailing_axes(node, true); }
void build_rms_normalization(NodeBuilder& node) { build_over_trailing_axes(node, false); }

void build_instance_normalization(NodeBuilder& node) {
  const Value input = node.value(0);
  if (input.rank() < 3) node.bad({"an input of ", show(input.dims()), ", which has no axes of space"});
  node.alias(scaled(node, normalized(node, input, axes_from(2, input.rank()), true), by_channel(input.dims())));
}

// From opset 21 on scale and shift are one a channel, before one a group.
void build_group_normalization(NodeBuilder& node) {
  const Value input = node.value(0);
  const Dims& dims = input.dims();
  const int64_t groups = node.attribute_int("num_groups", 0);
  if (dims.size() < 3 || groups < 1 || dims[1] % groups != 0) {
    node.bad({"an input of ", show(dims), " cannot be shared out among ", groups, " groups of channels"});
  }
  Dims cut = dims;
  cut[1] = groups;
  cut.insert(cut.begin() + 2, dims[1] / groups);
  const Value z = normalized(node, reshape(node, input, cut), axes_from(2, cut.size()), true);
  if (node.opset() >= 21) return node.alias(scaled(node, reshape(node, z, dims), by_channel(dims)));
  node.alias(reshape(node, scaled(node, z, by_channel(cut)), dims));
}

}  // namespace smoothgrad
