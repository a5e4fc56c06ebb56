// The fused inverted residual block against its layers one by one, written as plain loops in double.
#include "core/kernels/inverted_residual.h"

#include "catch_amalgamated.hpp"
#include "tests/core/inverted_block.h"

namespace smoothgrad {
namespace {

using namespace test;

struct Reference {
  Doubles wide_input, wide_output, output;
};

Reference forward(const Block& block, const std::vector<float>& input) {
  const BlockOptions& o = block.options;
  Reference r;
  r.wide_input = Doubles(input.begin(), input.end());
  if (o.expands) {
    r.wide_input =
        plain::convolution(block.expansion(), input.data(), block.expand.data(), block.expand_bias.data(), o.expand_clamp);
  }
  r.wide_output = plain::convolution(o.depthwise, floats(r.wide_input).data(), block.taps_by_channel().data(),
                                     block.depthwise_bias.data(), o.depthwise_clamp);
  r.output =
      plain::convolution(block.projection(), floats(r.wide_output).data(), block.project.data(), block.project_bias.data());
  for (size_t i = 0; o.residual && i < r.output.size(); ++i) r.output[i] += static_cast<double>(input[i]);
  return r;
}

void gate(Doubles& gradient, const Doubles& values, Clamp clamp, Rule rule) {
  for (size_t i = 0; i < gradient.size(); ++i) {
    const bool active = values[i] > clamp.lo && values[i] < clamp.hi;
    if (rule != Rule::kGradient) gradient[i] = std::max(gradient[i], 0.0);
    if (rule != Rule::kDeconvnet && !active) gradient[i] = 0;
  }
}

Doubles backward(const Block& block, const Reference& values, const std::vector<float>& grad, Rule rule) {
  const BlockOptions& o = block.options;
  Doubles wide = plain::convolution_backward(block.projection(), grad.data(), block.project.data());
  gate(wide, values.wide_output, o.depthwise_clamp, rule);
  wide = plain::convolution_backward(o.depthwise, floats(wide).data(), block.taps_by_channel().data());
  Doubles narrow = wide;
  if (o.expands) {
    gate(wide, values.wide_input, o.expand_clamp, rule);
    narrow = plain::convolution_backward(block.expansion(), floats(wide).data(), block.expand.data());
  }
  for (size_t i = 0; o.residual && i < narrow.size(); ++i) narrow[i] += static_cast<double>(grad[i]);
  return narrow;
}

void check_block(const BlockOptions& o) {
  CAPTURE(o.depthwise.input.height, o.depthwise.input.width, o.inputs, o.depthwise.input.channels, o.outputs,
          o.depthwise.kernel_height, o.depthwise.stride_y, o.depthwise.pad_top, o.expands, o.residual);
  REQUIRE(StripedBlock::covers(o));
  const Block block(o);
  const InvertedResidual fused(o, block.weights());
  const Shape in = o.depthwise.input, out = o.depthwise.output;
  const std::vector<float> input = normals(in.pixels() * static_cast<size_t>(o.inputs), 1.f, 7);
  const std::vector<float> grad = normals(out.pixels() * static_cast<size_t>(o.outputs), 1.f, 8);
  const Reference reference = forward(block, input);

  const auto no_gate = [](float*, float*) { FAIL("asked without a gate"); };
  std::vector<std::byte> saved(fused.saved_bytes());
  std::vector<std::byte> scratch(fused.scratch_bytes(), std::byte{0x7f});  // large floats, should any be read
  std::vector<float> output(grad.size(), 1e9f), grad_input(input.size(), 1e9f);
  fused.forward(input.data(), output.data(), saved.data(), scratch.data(), no_gate);
  CHECK(relative_error(output, reference.output) < 2e-6);
  for (const Rule rule : {Rule::kGradient, Rule::kGuided, Rule::kDeconvnet}) {
    CAPTURE(static_cast<int>(rule));
    std::fill(scratch.begin(), scratch.end(), std::byte{0x7f});
    fused.backward(grad.data(), saved.data(), rule, grad_input.data(), scratch.data(), no_gate);
    CHECK(relative_error(grad_input, backward(block, reference, grad, rule)) < 2e-6);
  }
}

}  // namespace

TEST_CASE("inverted residual: kernels, strides and paddings on odd sizes", "[kernels]") {
  for (const int kernel : {3, 5}) {
    for (const int stride : {1, 2}) {
      for (const int size : {5, 7, 8, 15}) {
        for (const int pad : {0, 1, kernel / 2, kernel - 1}) {
          check_block(block_options(size, size + 2, 16, 24, 16, kernel, stride, pad, kernel - 1 - pad));
        }
      }
    }
  }
}

TEST_CASE("inverted residual: channels in groups of sixteen and eight", "[kernels]") {
  for (const int wide : {8, 16, 40}) {
    for (const int inputs : {8, 16, 24}) check_block(block_options(6, 9, inputs, wide, 24, 3, 1, 1, 1));
  }
}

TEST_CASE("inverted residual: images of several stripes", "[kernels]") {
  for (const int kernel : {3, 5}) {
    for (const int stride : {1, 2}) check_block(block_options(57, 63, 8, 48, 8, kernel, stride, kernel / 2, kernel / 2));
  }
}

TEST_CASE("inverted residual: one pixel, and images smaller than the kernel", "[kernels]") {
  for (const int kernel : {3, 5}) {
    for (const int stride : {1, 2}) {
      for (const int size : {1, 2, 3}) check_block(block_options(size, 1, 8, 16, 8, kernel, stride, kernel - 1, kernel - 1));
    }
  }
}

TEST_CASE("inverted residual: without an expansion", "[kernels]") {
  for (const int kernel : {3, 5}) {
    for (const int stride : {1, 2}) {
      for (const int outputs : {16, 40}) {  // of as many channels: with the input added
        BlockOptions o = block_options(33, 31, 40, 40, outputs, kernel, stride, kernel / 2, kernel / 2);
        o.expands = false;
        check_block(o);
      }
    }
  }
}

TEST_CASE("inverted residual: bounds other than those of ReLU6", "[kernels]") {
  BlockOptions o = block_options(9, 9, 16, 48, 16, 3, 1, 1, 1);
  o.expand_clamp = Clamp{};
  check_block(o);
  o.expand_clamp = {-0.5f, 0.75f};
  o.depthwise_clamp = {0.f, std::numeric_limits<float>::infinity()};
  check_block(o);
}

TEST_CASE("inverted residual: refuses what it has no kernels for", "[kernels]") {
  BlockOptions o = block_options(9, 9, 16, 48, 16, 3, 1, 1, 1);
  CHECK(StripedBlock::covers(o));
  o.inputs = 12;
  CHECK_FALSE(StripedBlock::covers(o));
  o = block_options(9, 9, 16, 48, 16, 3, 1, 1, 1);
  o.depthwise.dilation_x = 2;
  CHECK_FALSE(StripedBlock::covers(o));
  o = block_options(9, 9, 16, 48, 16, 3, 1, 1, 1);
  o.depthwise.kernel_width = 5;
  CHECK_FALSE(StripedBlock::covers(o));
}

}  // namespace smoothgrad
