// The inverted residual block with smooth activations and a gate against its layers one by one, as plain loops in double.
#include <functional>

#include "catch_amalgamated.hpp"
#include "core/kernels/inverted_residual.h"
#include "tests/core/inverted_block.h"

namespace smoothgrad {
namespace {

using namespace test;

struct Unit {
  double value, slope;
};
using Function = std::function<Unit(double)>;

Unit swish(double x) {
  const double share = 1 / (1 + std::exp(-x));
  return {x * share, share + x * share * (1 - share)};
}

Unit hard_swish(double x) {
  const double gate = std::clamp(x / 6 + 0.5, 0.0, 1.0);
  return {x * gate, gate + (std::abs(x) < 3 ? x / 6 : 0)};
}

struct Kind {
  Smooth smooth;
  Function function;
};

const Kind kSwish = {{swishes, {1, 0}}, swish};
const Kind kHardSwish = {{hard_swishes, {}}, hard_swish};

Kind clamp_kind(Clamp clamp) {
  const double lo = clamp.lo, hi = clamp.hi;
  return {{}, [=](double x) { return Unit{std::clamp(x, lo, hi), x > lo && x < hi ? 1.0 : 0.0}; }};
}

// In place; the slopes.
Doubles activate(Doubles& values, const Function& function) {
  Doubles slopes;
  for (double& value : values) {
    const Unit unit = function(value);
    value = unit.value;
    slopes.push_back(unit.slope);
  }
  return slopes;
}

void gate(Doubles& gradient, const Doubles& slopes, bool clamps, Rule rule) {
  for (size_t i = 0; i < gradient.size(); ++i) {
    if (clamps && rule != Rule::kGradient) gradient[i] = std::max(gradient[i], 0.0);
    if (!clamps || rule != Rule::kDeconvnet) gradient[i] *= slopes[i];
  }
}

// What makes scales of means here: s = m m / 2 + 1, so that it has a slope.
double scale_of(double mean) { return mean * mean / 2 + 1; }

struct Reference {
  const Block& block;
  Kind expand, filter;
  Doubles expand_slopes, filter_slopes, filtered, means, output;

  Reference(const Block& with, const Kind& expand_kind, const Kind& filter_kind, const std::vector<float>& input)
      : block(with), expand(expand_kind), filter(filter_kind) {
    const BlockOptions& o = block.options;
    Doubles wide(input.begin(), input.end());
    if (o.expands) {
      wide = plain::convolution(block.expansion(), input.data(), block.expand.data(), block.expand_bias.data());
      expand_slopes = activate(wide, expand.function);
    }
    filtered =
        plain::convolution(o.depthwise, floats(wide).data(), block.taps_by_channel().data(), block.depthwise_bias.data());
    filter_slopes = activate(filtered, filter.function);
    const size_t channels = block.depthwise_bias.size();
    means.assign(channels, 0);
    for (size_t i = 0; i < filtered.size(); ++i) means[i % channels] += filtered[i] / static_cast<double>(pixels());
    Doubles scaled = filtered;
    for (size_t i = 0; o.gated && i < scaled.size(); ++i) scaled[i] *= scale_of(means[i % channels]);
    output = plain::convolution(block.projection(), floats(scaled).data(), block.project.data(), block.project_bias.data());
    for (size_t i = 0; o.residual && i < output.size(); ++i) output[i] += static_cast<double>(input[i]);
  }

  size_t pixels() const { return block.options.depthwise.output.pixels(); }

  Doubles backward(const std::vector<float>& grad, Rule rule) const {
    const BlockOptions& o = block.options;
    Doubles wide = plain::convolution_backward(block.projection(), grad.data(), block.project.data());
    const size_t channels = means.size();
    if (o.gated) {
      Doubles grad_scales(channels, 0);
      for (size_t i = 0; i < wide.size(); ++i) grad_scales[i % channels] += wide[i] * filtered[i];
      for (size_t i = 0; i < wide.size(); ++i) {
        const size_t c = i % channels;
        wide[i] = wide[i] * scale_of(means[c]) + grad_scales[c] * means[c] / static_cast<double>(pixels());
      }
    }
    gate(wide, filter_slopes, !filter.smooth, rule);
    wide = plain::convolution_backward(o.depthwise, floats(wide).data(), block.taps_by_channel().data());
    if (o.expands) {
      gate(wide, expand_slopes, !expand.smooth, rule);
      wide = plain::convolution_backward(block.expansion(), floats(wide).data(), block.expand.data());
    }
    for (size_t i = 0; o.residual && i < wide.size(); ++i) wide[i] += static_cast<double>(grad[i]);
    return wide;
  }
};

void check_block(BlockOptions o, const Kind& expand, const Kind& filter, bool gated) {
  o.expand_smooth = expand.smooth;
  o.depthwise_smooth = filter.smooth;
  o.gated = gated;
  CAPTURE(o.depthwise.input.height, o.depthwise.input.width, o.inputs, o.depthwise.input.channels, o.outputs,
          o.depthwise.kernel_height, o.depthwise.stride_y, o.depthwise.pad_top, o.expands, o.residual, gated);
  REQUIRE(StripedBlock::covers(o));
  const Block block(o);
  const InvertedResidual fused(o, block.weights());
  const std::vector<float> input = normals(o.depthwise.input.pixels() * static_cast<size_t>(o.inputs), 1.f, 7);
  const std::vector<float> grad = normals(o.depthwise.output.pixels() * static_cast<size_t>(o.outputs), 1.f, 8);
  const Reference reference(block, expand, filter, input);

  const size_t channels = block.depthwise_bias.size();
  std::vector<float> kept_means;
  const auto squeeze = [&](float* means, float* scales) {
    kept_means.assign(means, means + channels);
    for (size_t c = 0; c < channels; ++c) scales[c] = static_cast<float>(scale_of(double{means[c]}));
  };
  const auto squeeze_back = [&](float* grad_scales, float* grad_means) {
    for (size_t c = 0; c < channels; ++c) grad_means[c] = grad_scales[c] * kept_means[c];
  };
  std::vector<std::byte> saved(fused.saved_bytes());
  std::vector<std::byte> scratch(fused.scratch_bytes(), std::byte{0x7f});  // large floats, should any be read
  std::vector<float> output(grad.size(), 1e9f), grad_input(input.size(), 1e9f);
  fused.forward(input.data(), output.data(), saved.data(), scratch.data(), squeeze);
  CHECK(relative_error(output, reference.output) < 2e-6);
  for (const Rule rule : {Rule::kGradient, Rule::kGuided, Rule::kDeconvnet}) {
    CAPTURE(static_cast<int>(rule));
    std::fill(scratch.begin(), scratch.end(), std::byte{0x7f});
    fused.backward(grad.data(), saved.data(), rule, grad_input.data(), scratch.data(), squeeze_back);
    CHECK(relative_error(grad_input, reference.backward(grad, rule)) < 2e-6);
  }
}

BlockOptions clamped(BlockOptions o, Clamp clamp) {
  o.expand_clamp = o.depthwise_clamp = clamp;
  return o;
}

}  // namespace

TEST_CASE("gated block: kernels, strides and paddings on odd sizes", "[kernels]") {
  for (const int kernel : {3, 5}) {
    for (const int stride : {1, 2}) {
      for (const int size : {1, 2, 5, 8, 15}) {
        for (const bool gated : {false, true}) {
          check_block(block_options(size, size + 2, 16, 24, 16, kernel, stride, kernel / 2, kernel / 2), kSwish, kSwish, gated);
          check_block(block_options(size, size + 2, 8, 40, 24, kernel, stride, 1, kernel - 2), kHardSwish, kSwish, gated);
        }
      }
    }
  }
}

TEST_CASE("gated block: images of several stripes", "[kernels]") {
  for (const int stride : {1, 2}) {
    for (const bool gated : {false, true}) {
      check_block(block_options(57, 63, 8, 48, 8, 5, stride, 2, 2), kSwish, kHardSwish, gated);
    }
  }
}

TEST_CASE("gated block: clamps under a gate, by every rule", "[kernels]") {
  const Clamp relu{0.f, std::numeric_limits<float>::infinity()};
  for (const int stride : {1, 2}) {
    const BlockOptions o = clamped(block_options(13, 11, 16, 32, 16, 3, stride, 1, 1), relu);
    check_block(o, clamp_kind(relu), clamp_kind(relu), true);
    check_block(o, kSwish, clamp_kind(relu), true);
    check_block(o, clamp_kind(relu), kSwish, false);
  }
}

TEST_CASE("gated block: without an expansion", "[kernels]") {
  for (const int stride : {1, 2}) {
    for (const bool gated : {false, true}) {
      BlockOptions o = block_options(33, 31, 40, 40, 40, 3, stride, 1, 1);
      o.expands = false;
      check_block(o, {}, kSwish, gated);
    }
  }
}

}  // namespace smoothgrad
