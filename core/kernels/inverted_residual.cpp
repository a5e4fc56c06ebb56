// Compiled for speed.
#include "core/kernels/inverted_residual.h"

#include <algorithm>

#include "core/kernels/activation.h"

namespace smoothgrad {
namespace {

using stripes::count;
using stripes::lines;
using stripes::Scratch;
using stripes::Stripe;

Activation expansion(const BlockOptions& o) { return {o.expand_clamp, o.expand_smooth}; }
Activation filtering(const BlockOptions& o) { return {o.depthwise_clamp, o.depthwise_smooth}; }

constexpr float kOnes[kBlock] = {1, 1, 1, 1, 1, 1, 1, 1};

struct Eight {
  Float4 low{}, high{};

  static Eight of(const float* values) { return {load(values), load(values + 4)}; }
  void put(float* values) const {
    store(values, low);
    store(values + 4, high);
  }
};

// sums[8] += a * b at all pixels; without b, of a alone.
void add_products(const float* a, const float* b, size_t pixels, float* sums) {
  Eight sum;
  for (size_t p = 0; p < pixels * kBlock; p += kBlock) {
    const Eight left = Eight::of(a + p), right = b ? Eight::of(b + p) : Eight::of(kOnes);
    sum.low = multiply_add(left.low, right.low, sum.low);
    sum.high = multiply_add(left.high, right.high, sum.high);
  }
  const Eight before = Eight::of(sums);
  Eight{before.low + sum.low, before.high + sum.high}.put(sums);
}

// to = from * scales + shifts, at each pixel
void scale_pixels(const float* from, size_t pixels, const Eight& scales, const Eight& shifts, float* to) {
  for (size_t p = 0; p < pixels; ++p, from += kBlock, to += kBlock) {
    store(to, multiply_add(load(from), scales.low, shifts.low));
    store(to + 4, multiply_add(load(from + 4), scales.high, shifts.high));
  }
}

// visit(first pixel of the row in the stripe, and in the image of that block; where it goes)
template <typename Visit>
void for_each_row(const Stripe& stripe, Shape shape, size_t block, float* plane, Visit visit) {
  size_t pixel = 0;
  for (int row = stripe.first; row < stripe.last; ++row, pixel += count(shape.width)) {
    visit(pixel, block * shape.pixels() + stripe.pixel0 + pixel, plane + stripe.at_pixel(row));
  }
}

void pack(const BlockDirection& d, const Stripe& stripe, const float* source, const Scratch& s) {
  pack_blocks(source + stripe.pixel0 * d.widen->inputs(), stripe.pixels, d.widen->inputs(), s.packed);
}

size_t pixel_of(const DepthwiseRow& row, Shape shape, size_t block) {
  return block * shape.pixels() + count(row.y) * count(shape.width);
}

}  // namespace

InvertedResidual::InvertedResidual(const BlockOptions& options, const BlockWeights& weights) : block_(options, weights) {
  const size_t wide = count(block_.wide_output.channels), size = block_.wide_output.size();
  const auto take = [this](size_t bytes) {
    const size_t at = saved_.end;
    saved_.end += (bytes + 63) / 64 * 64;
    return at;
  };
  saved_.expanded = take(options.expands ? expansion(options).saved_bytes(block_.wide_input.size() / kBlock) : 0);
  saved_.filtered = take(filtering(options).saved_bytes(size / kBlock));
  saved_.gated = take(options.gated ? size * sizeof(float) : 0);
  saved_.scales = take(options.gated ? wide * sizeof(float) : 0);
  scratch_bytes_ = block_.scratch_bytes() + (options.gated ? lines(size) + 2 * lines(wide) : 0) * sizeof(float);
}

void InvertedResidual::forward(const float* input, float* output, std::byte* saved, std::byte* scratch, Squeeze squeeze) const {
  const BlockDirection& d = block_.forward;
  const BlockOptions& o = block_.options;
  const Scratch s(d, scratch);
  const Shape in = d.depthwise.input, out = d.depthwise.output;
  const size_t wide = count(out.channels), in_width = count(in.width), out_width = count(out.width);
  const Activation expanded = expansion(o), filtered = filtering(o);
  const float* added = o.residual ? input : nullptr;
  float* gated = o.gated ? reinterpret_cast<float*>(saved + saved_.gated) : nullptr;
  float* means = reinterpret_cast<float*>(scratch + block_.scratch_bytes());
  const auto begin = [&](const Stripe& stripe) {
    if (d.widen) pack(d, stripe, input, s);
  };
  const auto fill = [&](const Stripe& stripe, size_t block) {
    if (!d.widen) return stripes::copy_source(d, stripe, block, input, s);
    stripes::widen(d, block, s.packed, stripe.pixels, s.made);
    for_each_row(stripe, in, block, s.plane, [&](size_t first, size_t pixel, float* to) {
      expanded.forward(s.made + first * kBlock, in_width, saved + saved_.expanded + expanded.saved_bytes(pixel), to);
    });
  };
  const auto filter = [&](const DepthwiseRow& row, size_t block, float* to) {
    const size_t pixel = pixel_of(row, out, block);
    if (gated) to = gated + pixel * kBlock;
    correlate_row(d.depthwise, row, filtered.clamp_before(), to);
    filtered.forward_clamped(to, out_width, saved + saved_.filtered + filtered.saved_bytes(pixel));
    if (gated) add_products(to, nullptr, out_width, means + block * kBlock);
  };
  const auto end = [&](const Stripe& stripe) {
    if (!gated) stripes::narrow_stripe(d, stripe, s, added, output);
  };
  if (!gated) return stripes::run(d, s, {begin, fill, filter, end});

  std::fill_n(means, wide, 0.f);
  stripes::run(d, s, {begin, fill, filter, end});
  for (size_t c = 0; c < wide; ++c) means[c] *= 1.f / static_cast<float>(out.pixels());
  float* scales = reinterpret_cast<float*>(saved + saved_.scales);
  squeeze(means, scales);
  Stripe stripe{};
  for (stripe.y0 = 0; stripe.y0 < out.height; stripe.y0 += d.stripe) {
    stripe.output0 = count(stripe.y0) * out_width;
    stripe.outputs = count(std::min(d.stripe, out.height - stripe.y0)) * out_width;
    for (size_t first = 0; first < wide; first += kBlock) {
      const float* from = gated + first * out.pixels() + stripe.output0 * kBlock;
      scale_pixels(from, stripe.outputs, Eight::of(scales + first), Eight{}, s.narrow + first * stripe.outputs);
    }
    stripes::narrow_stripe(d, stripe, s, added, output);
  }
}

// gradient: of what the gate made, of all pixels; grad_scales: its products with what the gate scaled, of each channel.
void InvertedResidual::gate_gradient(const float* grad_output, const float* gated, float* gradient, float* grad_scales,
                                     const Scratch& s) const {
  const BlockDirection& d = block_.backward;
  const size_t wide = count(d.depthwise.input.channels), pixels = d.depthwise.input.pixels(), outputs = d.widen->inputs();
  const size_t most = count(d.plane_rows) * count(d.depthwise.input.width);  // that the scratch has room for
  std::fill_n(grad_scales, wide, 0.f);
  for (size_t first = 0; first < pixels; first += most) {
    const size_t here = std::min(most, pixels - first);
    pack_blocks(grad_output + first * outputs, here, outputs, s.packed);
    for (size_t channel = 0; channel < wide; channel += kBlock) {
      const size_t at = channel * pixels + first * kBlock;
      stripes::widen(d, channel / kBlock, s.packed, here, gradient + at);
      add_products(gradient + at, gated + at, here, grad_scales + channel);
    }
  }
}

void InvertedResidual::backward(const float* grad_output, const std::byte* saved, Rule rule, float* grad_input,
                                std::byte* scratch, Squeeze squeeze) const {
  const BlockDirection& d = block_.backward;
  const BlockOptions& o = block_.options;
  const Scratch s(d, scratch);
  const Shape in = d.depthwise.input, out = d.depthwise.output;
  const size_t in_width = count(in.width), out_width = count(out.width);
  const Activation expanded = expansion(o), filtered = filtering(o);
  const float* scales = reinterpret_cast<const float*>(saved + saved_.scales);
  float* gradient = reinterpret_cast<float*>(scratch + block_.scratch_bytes());
  float* grad_scales = gradient + (o.gated ? lines(in.size()) : 0);
  float* grad_means = grad_scales + lines(count(in.channels));
  if (o.gated) {
    gate_gradient(grad_output, reinterpret_cast<const float*>(saved + saved_.gated), gradient, grad_scales, s);
    squeeze(grad_scales, grad_means);
    for (size_t c = 0; c < count(in.channels); ++c) grad_means[c] *= 1.f / static_cast<float>(in.pixels());
  }
  const auto begin = [&](const Stripe& stripe) {
    if (!o.gated) pack(d, stripe, grad_output, s);
  };
  const auto fill = [&](const Stripe& stripe, size_t block) {
    if (!o.gated) stripes::widen(d, block, s.packed, stripe.pixels, s.made);
    for_each_row(stripe, in, block, s.plane, [&](size_t first, size_t pixel, float* to) {
      const float* from = s.made + first * kBlock;
      if (o.gated) {
        const Eight scale = Eight::of(scales + block * kBlock), shift = Eight::of(grad_means + block * kBlock);
        scale_pixels(gradient + pixel * kBlock, in_width, scale, shift, to);
        from = to;
      }
      filtered.backward(from, in_width, saved + saved_.filtered + filtered.saved_bytes(pixel), rule, to);
    });
  };
  const auto filter = [&](const DepthwiseRow& row, size_t block, float* to) {
    backward_row(d.depthwise, row, to);
    if (!o.expands) return;
    expanded.backward(to, out_width, saved + saved_.expanded + expanded.saved_bytes(pixel_of(row, out, block)), rule, to);
  };
  const auto end = [&](const Stripe& stripe) {
    stripes::narrow_stripe(d, stripe, s, o.residual ? grad_output : nullptr, grad_input);
  };
  stripes::run(d, s, {begin, fill, filter, end});
}

}  // namespace smoothgrad
