// Compiled for speed.
#include "core/kernels/inverted_residual.h"

#include "core/kernels/gate.h"

namespace smoothgrad {
namespace {

using stripes::count;

// What is done with the sums of a pixel.
template <typename Gate, typename Mask>
struct Widen {
  Gate gate;
  Mask* mask;
  float* plane;
  const uint32_t* offsets;
  void operator()(size_t pixel, Float4 (&sums)[2]) const {
    gate.pass(sums[0], sums[1], mask + pixel);
    store(plane + offsets[pixel], sums[0]);
    store(plane + offsets[pixel] + 4, sums[1]);
  }
};

// From the source to the target, `added` (or null) on top. clamp: of the forward pass, behind the depthwise convolution.
template <typename WideGate, typename NarrowGate, typename Mask>
void run(const BlockDirection& d, const stripes::Scratch& s, WideGate wide_gate, Mask* wide_mask, NarrowGate narrow_gate,
         Mask* narrow_mask, Clamp clamp, const float* source, const float* added, float* target) {
  const Shape in = d.depthwise.input, out = d.depthwise.output;
  const auto begin = [&](const stripes::Stripe& stripe) {
    if (!d.widen) return;
    pack_blocks(source + stripe.pixel0 * d.widen->inputs(), stripe.pixels, d.widen->inputs(), s.packed);
    uint32_t* offset = s.offsets;
    for (int row = stripe.first; row < stripe.last; ++row) {
      for (int col = 0; col < in.width; ++col) *offset++ = static_cast<uint32_t>(stripe.at_pixel(row) + count(col) * kBlock);
    }
  };
  const auto fill = [&](const stripes::Stripe& stripe, size_t block) {
    if (!d.widen) return stripes::copy_source(d, stripe, block, source, s);
    const Widen<WideGate, Mask> emit{wide_gate, wide_mask + block * in.pixels() + stripe.pixel0, s.plane, s.offsets};
    multiply_group(*d.widen, block * kBlock, s.packed, stripe.pixels, emit);
  };
  const auto filter = [&](const DepthwiseRow& row, size_t block, float* to) {
    if constexpr (std::is_same_v<WideGate, RecordGate>) {
      correlate_row(d.depthwise, row, clamp, to);
    } else {
      backward_row(d.depthwise, row, to);
    }
    narrow_gate.pass_row(to, count(out.width), narrow_mask + block * out.pixels() + count(row.y) * count(out.width));
  };
  const auto end = [&](const stripes::Stripe& stripe) { stripes::narrow_stripe(d, stripe, s, added, target); };
  stripes::run(d, s, {begin, fill, filter, end});
}

}  // namespace

void InvertedResidual::forward(const float* input, float* output, uint8_t* masks, std::byte* scratch) const {
  const BlockOptions& o = block_.options;
  run(block_.forward, stripes::Scratch(block_.forward, scratch), RecordGate(o.expand_clamp), masks,
      RecordGate(o.depthwise_clamp), masks + wide_input_mask(), o.depthwise_clamp, input, o.residual ? input : nullptr, output);
}

void InvertedResidual::backward(const float* grad_output, const uint8_t* masks, Rule rule, float* grad_input,
                                std::byte* scratch) const {
  const BlockDirection& d = block_.backward;
  const stripes::Scratch s(d, scratch);
  const float* added = block_.options.residual ? grad_output : nullptr;
  const uint8_t* wide_output_mask = masks + wide_input_mask();
  if (block_.options.expands) {
    run(d, s, ApplyGate(rule), wide_output_mask, ApplyGate(rule), masks, Clamp{}, grad_output, added, grad_input);
  } else {
    run(d, s, ApplyGate(rule), wide_output_mask, NoGate{}, masks, Clamp{}, grad_output, added, grad_input);
  }
}

}  // namespace smoothgrad
