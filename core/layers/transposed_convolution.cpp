// ConvTranspose: forward is what a convolution from its output to its input does backward, plus a bias; backward is what that
// convolution does forward. So it is a Convolution the other way round, of which ONNX stores the weights in the same order,
// [C, M / groups, KH, KW]. Saves nothing.
// Compiled for size.
#include <algorithm>
#include <array>

#include "core/layers/builders.h"
#include "core/layers/convolution.h"
#include "core/layers/node_builder.h"

namespace smoothgrad {
namespace {

class TransposedConvolution final : public Layer {
 public:
  // geometry, weights: of the convolution from this layer's output to its input. bias: one an output channel.
  TransposedConvolution(const ConvGeometry& geometry, std::vector<float> weights, std::vector<float> bias)
      : Layer({geometry.output}, geometry.input),
        convolution_(geometry, std::move(weights), std::vector<float>(static_cast<size_t>(geometry.output.channels), 0.f)),
        bias_(std::move(bias)) {}

  std::string_view kind() const override { return "conv-transpose"; }
  size_t scratch_bytes(int batch) const override { return convolution_.scratch_bytes(batch); }
  size_t weight_bytes() const override { return convolution_.weight_bytes() + bias_.size() * sizeof(float); }
  int64_t multiply_adds() const override { return convolution_.multiply_adds(); }
  void finish() override { convolution_.finish(); }

  void forward(const ForwardPass& pass) const override {
    // Nothing is clamped, so the convolution only reads what it takes for a gradient.
    float* const grad_inputs[] = {pass.output};
    convolution_.backward(
        {pass.batch, Rule::kGradient, const_cast<float*>(pass.inputs[0]), grad_inputs, nullptr, pass.scratch});
    const size_t pixels = static_cast<size_t>(pass.batch) * output().pixels();
    for (size_t p = 0; p < pixels; ++p) {
      for (size_t c = 0; c < bias_.size(); ++c) pass.output[p * bias_.size() + c] += bias_[c];
    }
  }

  void backward(const BackwardPass& pass) const override {
    const float* const inputs[] = {pass.grad_output};
    convolution_.forward({pass.batch, inputs, pass.grad_inputs[0], nullptr, pass.scratch});
  }

 private:
  Convolution convolution_;
  std::vector<float> bias_;
};

std::vector<int64_t> read_ints(const NodeBuilder& node, const char* name, size_t count, int64_t absent, int64_t least) {
  std::vector<int64_t> values = node.attribute_ints(name, std::vector<int64_t>(count, absent));
  const auto wrong = [least](int64_t value) { return value < least || value > 1 << 14; };
  if (values.size() != count || std::ranges::any_of(values, wrong)) {
    node.bad({name, " must be ", count, " numbers of ", least, " or more"});
  }
  return values;
}

// Where the output lies along one axis.
struct Extent {
  int64_t before, size;
};

// By ONNX's specification: the whole is stride (in - 1) + output_padding + span; pads take away from it, or, where the size is
// given, what is too much, the odd one after (SAME_UPPER) or before.
std::array<Extent, 2> read_extents(const NodeBuilder& node, const ConvGeometry& g, const std::array<int64_t, 2>& sizes) {
  const std::vector<int64_t> pads = read_ints(node, "pads", 4, 0, 0), extra = read_ints(node, "output_padding", 2, 0, 0);
  std::vector<int64_t> wanted = node.attribute_ints("output_shape", {});
  const std::string auto_pad = node.attribute_string("auto_pad", "NOTSET");
  const bool same = auto_pad == "SAME_UPPER" || auto_pad == "SAME_LOWER";
  if (!same && auto_pad != "NOTSET" && auto_pad != "VALID") {
    node.bad({"auto_pad '", auto_pad, "' is none of NOTSET, VALID, SAME_UPPER, SAME_LOWER"});
  }
  const std::array<int64_t, 2> strides = {g.stride_y, g.stride_x}, dilations = {g.dilation_y, g.dilation_x};
  const std::array<int64_t, 2> kernel = {g.kernel_height, g.kernel_width};
  if (same && wanted.empty()) wanted = {sizes[0] * strides[0], sizes[1] * strides[1]};
  if (!wanted.empty()) wanted = {wanted.end() - std::min<ptrdiff_t>(2, std::ssize(wanted)), wanted.end()};
  if (wanted.size() == 1) node.bad({"output_shape must be two numbers"});
  std::array<Extent, 2> extents;
  for (size_t a = 0; a < 2; ++a) {
    if (extra[a] >= std::max(strides[a], dilations[a])) node.bad({"output_padding must be less than stride or dilation"});
    const int64_t whole = strides[a] * (sizes[a] - 1) + extra[a] + (kernel[a] - 1) * dilations[a] + 1;
    if (wanted.empty()) {
      const int64_t padded = auto_pad == "NOTSET" ? pads[a] + pads[a + 2] : 0;
      extents[a] = {auto_pad == "NOTSET" ? pads[a] : 0, whole - padded};
    } else {
      // What is wanted beyond the whole lies behind it, as output_padding does.
      if (wanted[a] >= whole + std::max(strides[a], dilations[a])) {
        node.unsupported({"an output_shape larger than what the input reaches"});
      }
      const int64_t surplus = std::max<int64_t>(0, whole - wanted[a]);
      extents[a] = {auto_pad == "SAME_UPPER" ? surplus / 2 : surplus - surplus / 2, wanted[a]};
    }
    if (extents[a].size < 1 || extents[a].size > 1 << 16) {
      node.bad({"its output would have ", extents[a].size, " elements along one dimension"});
    }
  }
  return extents;
}

}  // namespace

void build_conv_transpose(NodeBuilder& node) {
  const Constant& weights = node.float_constant(1);  // [C, M / groups, KH, KW]
  if (weights.dims.size() != 4) node.unsupported({"weights of ", weights.dims.size(), " dimensions, not 4"});
  const Image input = node.image(0);
  const int64_t groups = node.attribute_int("group", 1), channels = input.shape.channels;
  if (groups < 1 || groups > channels || channels % groups != 0 || weights.dims[0] != channels || weights.dims[1] < 1) {
    node.bad({"weights [", weights.dims[0], ", ...] in ", groups, " groups do not fit an input of ", channels, " channels"});
  }
  const std::vector<int64_t> kernel = {weights.dims[2], weights.dims[3]};
  if (node.attribute_ints("kernel_shape", kernel) != kernel) node.bad({"kernel_shape contradicts the shape of the weights"});
  if (std::ranges::any_of(kernel, [](int64_t size) { return size < 1 || size > 1 << 12; })) node.bad({"an impossible window"});
  const std::vector<int64_t> strides = read_ints(node, "strides", 2, 1, 1), dilations = read_ints(node, "dilations", 2, 1, 1);
  ConvGeometry g;
  g.kernel_height = static_cast<int>(kernel[0]), g.kernel_width = static_cast<int>(kernel[1]);
  g.stride_y = static_cast<int>(strides[0]), g.stride_x = static_cast<int>(strides[1]);
  g.dilation_y = static_cast<int>(dilations[0]), g.dilation_x = static_cast<int>(dilations[1]);
  g.groups = static_cast<int>(groups);
  const std::array<Extent, 2> extents = read_extents(node, g, {input.shape.height, input.shape.width});
  g.pad_top = static_cast<int>(extents[0].before), g.pad_left = static_cast<int>(extents[1].before);
  g.input = {static_cast<int>(extents[0].size), static_cast<int>(extents[1].size), static_cast<int>(weights.dims[1] * groups)};
  g.output = input.shape;
  std::vector<float> bias(static_cast<size_t>(g.input.channels), 0.f);
  if (node.has_input(2)) {
    if (node.constant(2).size() != bias.size()) node.bad({"the bias does not have one element an output channel"});
    bias = node.float_constant(2).floats;
  }
  node.emit_image(std::make_unique<TransposedConvolution>(g, node.take_constant(1).floats, std::move(bias)), input.value);
}

}  // namespace smoothgrad
