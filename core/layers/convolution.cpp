// Compiled for size.
#include "core/layers/convolution.h"

#include "core/kernels/depthwise.h"
#include "core/kernels/mask.h"
#include "core/kernels/transpose.h"
#include "core/layers/builders.h"
#include "core/layers/padding.h"
#include "core/layers/window.h"

namespace smoothgrad {
namespace {

// [O, I, taps] -> [O, taps, I]
std::vector<float> taps_before_inputs(std::span<const float> weights, size_t outputs, size_t inputs, size_t taps) {
  std::vector<float> moved(weights.size());
  for (size_t o = 0; o < outputs; ++o) {
    for (size_t i = 0; i < inputs; ++i) {
      for (size_t t = 0; t < taps; ++t) moved[(o * taps + t) * inputs + i] = weights[(o * inputs + i) * taps + t];
    }
  }
  return moved;
}

}  // namespace

Convolution::Convolution(const ConvGeometry& geometry, std::vector<float> weights, std::vector<float> bias)
    : Layer({geometry.input}, geometry.output), geometry_(geometry), weights_(std::move(weights)), bias_(std::move(bias)) {}

bool Convolution::depthwise() const {
  return geometry_.groups > 1 && geometry_.groups == geometry_.input.channels && geometry_.groups == geometry_.output.channels;
}

bool Convolution::pointwise() const {
  return geometry_.kernel_height * geometry_.kernel_width == 1 && geometry_.stride_y == 1 && geometry_.stride_x == 1 &&
         geometry_.input.pixels() == geometry_.output.pixels() && geometry_.pad_top == 0 && geometry_.pad_left == 0;
}

std::string_view Convolution::kind() const {
  if (depthwise()) return "depthwise";
  if (pointwise()) return role() == Role::kLinear ? "linear" : "conv1x1";
  return "conv";
}

Role Convolution::role() const {
  return pointwise() && !depthwise() && geometry_.input.pixels() == 1 ? Role::kLinear : Role::kOther;
}

bool Convolution::absorb_scale_shift(std::span<const double> scale, std::span<const double> shift) {
  if (activates()) return false;
  const size_t per_output = weights_.size() / bias_.size();
  for (size_t o = 0; o < bias_.size(); ++o) {
    for (size_t k = 0; k < per_output; ++k) {
      float& weight = weights_[o * per_output + k];
      weight = static_cast<float>(weight * scale[o]);
    }
    bias_[o] = static_cast<float>(bias_[o] * scale[o] + shift[o]);
  }
  return true;
}

bool Convolution::absorb_clamp(Clamp clamp) {
  if (activates()) return false;
  clamp_ = clamp;
  return true;
}

bool Convolution::absorb_smooth(const Smooth& smooth) {
  if (activates()) return false;
  smooth_ = smooth;
  return true;
}

void Convolution::finish() {
  const size_t taps = static_cast<size_t>(geometry_.kernel_height * geometry_.kernel_width);
  const size_t outputs = static_cast<size_t>(geometry_.output.channels), groups = static_cast<size_t>(geometry_.groups);
  const size_t group_inputs = static_cast<size_t>(geometry_.input.channels) / groups;
  if (depthwise()) {
    weights_ = transposed(weights_, outputs, taps);
    return;
  }
  if (pointwise()) {
    const int inputs_each = static_cast<int>(group_inputs), outputs_each = static_cast<int>(outputs / groups);
    product_.emplace(geometry_.groups, inputs_each, outputs_each, weights_, bias_);
    if (MatrixProduct::runs_both_ways(geometry_.groups, geometry_.input.pixels(), weights_.size())) return forget_weights();
    transposed_product_.emplace(geometry_.groups, outputs_each, inputs_each, weights_, std::span<const float>{},
                                xnnpack::Order::kByInput);
  } else {
    dense_.emplace(geometry_, taps_before_inputs(weights_, outputs, group_inputs, taps), bias_);
  }
  forget_weights();
}

void Convolution::forget_weights() {
  std::vector<float>().swap(weights_);
  std::vector<float>().swap(bias_);
}

size_t Convolution::saved_bytes(int batch) const {
  const size_t size = static_cast<size_t>(batch) * geometry_.output.size();
  if (smooth_) return size * sizeof(float);
  return clamp_ == Clamp{} ? 0 : mask_bytes(size);
}

size_t Convolution::weight_bytes() const {
  if (dense_) return dense_->bytes();
  if (product_) return product_->bytes() + (transposed_product_ ? transposed_product_->bytes() : 0);
  return (weights_.size() + bias_.size()) * sizeof(float);
}

int64_t Convolution::multiply_adds() const {
  return static_cast<int64_t>(geometry_.output.size()) * geometry_.kernel_height * geometry_.kernel_width *
         (geometry_.input.channels / geometry_.groups);
}

void Convolution::forward(const ForwardPass& pass) const {
  const size_t batch = static_cast<size_t>(pass.batch);
  const float* input = pass.inputs[0];
  if (dense_) {
    dense_->forward(pass.batch, input, clamp_, pass.output, pass.scratch);
  } else if (product_) {
    product_->run(batch * geometry_.input.pixels(), input, clamp_, pass.output);
  } else {
    for (size_t b = 0; b < batch; ++b) {
      depthwise_forward(geometry_, input + b * geometry_.input.size(), weights_.data(), bias_.data(), clamp_,
                        pass.output + b * geometry_.output.size());
    }
  }
  if (smooth_) smooth_.apply(pass.output, batch * geometry_.output.size(), reinterpret_cast<float*>(pass.saved));
  if (clamp_ != Clamp{}) {
    make_mask(pass.output, batch * geometry_.output.size(), clamp_, reinterpret_cast<uint32_t*>(pass.saved));
  }
}

void Convolution::backward(const BackwardPass& pass) const {
  const size_t batch = static_cast<size_t>(pass.batch);
  if (smooth_) {
    multiply(pass.grad_output, reinterpret_cast<const float*>(pass.saved), batch * geometry_.output.size(), pass.grad_output);
  }
  if (clamp_ != Clamp{}) {
    gate_gradient(pass.grad_output, batch * geometry_.output.size(), reinterpret_cast<const uint32_t*>(pass.saved), pass.rule);
  }
  float* grad_input = pass.grad_inputs[0];
  if (dense_) {
    dense_->backward(pass.batch, pass.grad_output, grad_input, pass.scratch);
  } else if (product_ && !transposed_product_) {
    product_->run_transposed(batch, pass.grad_output, grad_input);
  } else if (product_) {
    transposed_product_->run(batch * geometry_.input.pixels(), pass.grad_output, Clamp{}, grad_input);
  } else {
    for (size_t b = 0; b < batch; ++b) {
      depthwise_backward(geometry_, pass.grad_output + b * geometry_.output.size(), weights_.data(),
                         grad_input + b * geometry_.input.size());
    }
  }
}

void build_conv(NodeBuilder& node) {
  const Constant& weights = node.float_constant(1);  // [O, I / groups, KH, KW]
  if (weights.dims.size() != 4) node.unsupported({"weights of ", weights.dims.size(), " dimensions, not 4"});
  Image input = node.image(0);
  const int groups = static_cast<int>(node.attribute_int("group", 1));
  const int outputs = static_cast<int>(weights.dims[0]);
  if (groups < 1 || input.shape.channels % groups != 0 || outputs % groups != 0 ||
      weights.dims[1] * groups != input.shape.channels) {
    node.bad({"weights [", outputs, ", ", weights.dims[1], ", ...] in ", groups, " groups do not fit an input of ",
              input.shape.channels, " channels"});
  }
  std::vector<int64_t> extra_pads = {0, 0, 0, 0};
  if (const std::optional<ZeroPadding> before = absorbable_padding(node)) {
    input = before->input;
    extra_pads = before->pads;
  }
  ConvGeometry geometry =
      read_window(node, input.shape, {weights.dims[2], weights.dims[3]}, extra_pads, Rounding::kFloor).geometry;
  geometry.groups = groups;
  geometry.output.channels = outputs;
  std::vector<float> bias(static_cast<size_t>(outputs), 0.f);
  if (node.has_input(2)) {
    if (node.constant(2).size() != bias.size()) node.bad({"the bias does not have one element an output channel"});
    bias = node.float_constant(2).floats;
  }
  node.emit_image(std::make_unique<Convolution>(geometry, node.take_constant(1).floats, std::move(bias)), input.value);
}

}  // namespace smoothgrad
