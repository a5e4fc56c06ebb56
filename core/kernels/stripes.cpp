// Compiled for speed.
#include "core/kernels/stripes.h"

#include <algorithm>

namespace smoothgrad {
namespace {

using stripes::count;

constexpr size_t kStripeBytes = size_t{320} << 10;  // of the wide tensor behind the depthwise convolution: second-level cache
constexpr size_t kPlaneBytes = size_t{32} << 10;    // of eight channels before it: first-level cache

// [taps, C] -> [C / 8, taps, 8], the taps in reverse for a flipped filter.
std::vector<float> block_taps(std::span<const float> weights, size_t channels, bool flip) {
  const size_t taps = weights.size() / channels;
  std::vector<float> blocks;
  blocks.reserve(weights.size());
  for (size_t first = 0; first < channels; first += kBlock) {
    for (size_t t = 0; t < taps; ++t) {
      const auto from = weights.begin() + static_cast<ptrdiff_t>((flip ? taps - 1 - t : t) * channels + first);
      blocks.insert(blocks.end(), from, from + kBlock);
    }
  }
  return blocks;
}

}  // namespace

BlockDirection::BlockDirection(const DepthwiseDirection& direction) : depthwise(direction) {
  const Shape in = depthwise.input, out = depthwise.output;
  const Piece row = depthwise.piece(0, 1, 0, out.width);
  plane_cols = std::max(row.cols, in.width - row.first_col);
  // The most rows that any stripe of so many rows reads.
  const auto most_rows = [&](int rows) {
    int most = 0;
    for (int y = 0; y < out.height; y += rows) {
      most = std::max(most, depthwise.piece(y, std::min(y + rows, out.height), 0, 1).rows);
    }
    return most;
  };
  const size_t row_bytes = out.size() / count(out.height) * sizeof(float);
  const size_t plane_row_bytes = count(plane_cols) * kBlock * sizeof(float);
  while (stripe < out.height && count(stripe + 1) * row_bytes <= kStripeBytes &&
         count(most_rows(stripe + 1)) * plane_row_bytes <= kPlaneBytes) {
    ++stripe;
  }
  // As even as possible.
  const int parts = (out.height + stripe - 1) / stripe;
  stripe = (out.height + parts - 1) / parts;
  plane_rows = most_rows(stripe);
}

bool StripedBlock::covers(const BlockOptions& o) {
  const ConvGeometry& g = o.depthwise;
  const bool padding = g.pad_top >= 0 && g.pad_left >= 0 && g.pad_top < g.kernel_height && g.pad_left < g.kernel_width;
  const bool same_shape = g.input == g.output && o.inputs == o.outputs;
  return DepthwiseDirection::covers(g) && padding && o.inputs % kBlock == 0 && o.outputs % kBlock == 0 &&
         g.input.channels % kBlock == 0 && (!o.residual || same_shape) && (o.expands || o.inputs == g.input.channels);
}

StripedBlock::StripedBlock(const BlockOptions& block_options, const BlockWeights& weights)
    : options(block_options),
      wide_input(options.depthwise.input),
      wide_output(options.depthwise.output),
      forward(DepthwiseDirection::forward(options.depthwise)),
      backward(DepthwiseDirection::backward(options.depthwise)) {
  const size_t wide = count(wide_input.channels), inputs = count(options.inputs), outputs = count(options.outputs);
  if (options.expands) {
    forward.widen.emplace(wide, inputs, weights.expand, false, weights.expand_bias);
    backward.narrow.emplace(inputs, wide, weights.expand, true, std::span<const float>{});
  }
  forward.narrow.emplace(outputs, wide, weights.project, false, weights.project_bias);
  backward.widen.emplace(wide, outputs, weights.project, true, std::span<const float>{});
  forward.taps = block_taps(weights.depthwise, wide, false);
  forward.bias.assign(weights.depthwise_bias.begin(), weights.depthwise_bias.end());
  backward.taps = block_taps(weights.depthwise, wide, options.depthwise.stride_y == 1);
  backward.bias.assign(wide, 0.f);
}

size_t StripedBlock::weight_bytes() const {
  size_t total = 0;
  for (const BlockDirection* d : {&forward, &backward}) {
    total += (d->widen ? d->widen->bytes() : 0) + (d->narrow ? d->narrow->bytes() : 0);
    total += (d->taps.size() + d->bias.size()) * sizeof(float);
  }
  return total;
}

size_t StripedBlock::scratch_bytes() const {
  return std::max(stripes::Scratch(forward, nullptr).size, stripes::Scratch(backward, nullptr).size) * sizeof(float);
}

namespace stripes {

Scratch::Scratch(const BlockDirection& d, std::byte* memory) {
  const size_t wide = count(d.depthwise.input.channels), width = count(d.depthwise.input.width);
  const size_t new_pixels = count(d.plane_rows) * width, row = count(d.plane_cols) * kBlock;
  const auto take = [&](size_t floats) {
    float* from = memory ? reinterpret_cast<float*>(memory) + size : nullptr;
    size += lines(floats);
    return from;
  };
  packed = take(d.widen ? d.widen->inputs() * new_pixels + kPixelSlack * kBlock : 0);
  plane = take(count(d.plane_rows) * row);
  kept = take(wide / kBlock * count(d.depthwise.kernel) * row);
  narrow = take(wide * count(d.stripe * d.depthwise.output.width) + kPixelSlack * kBlock);
  made = take(new_pixels * kBlock);
}

void copy_source(const BlockDirection& d, const Stripe& stripe, size_t block, const float* source, const Scratch& s) {
  const Piece piece{stripe.first, -stripe.left, stripe.last - stripe.first, d.plane_cols};
  pack_plane(d.depthwise.input, source, block * kBlock, kBlock, piece, s.plane + stripe.at_row(stripe.first));
}

void widen(const BlockDirection& d, size_t block, const float* packed, size_t pixels, float* to) {
  multiply_group(d.widen->group(block * kBlock), d.widen->inputs(), packed, pixels, Put{to, kBlock});
}

void narrow_stripe(const BlockDirection& d, const Stripe& stripe, const Scratch& s, const float* added, float* target) {
  const size_t outputs = d.narrow ? d.narrow->outputs() : count(d.depthwise.output.channels);
  target += stripe.output0 * outputs;
  if (added) added += stripe.output0 * outputs;
  for (size_t channel = 0; channel < outputs; channel += kGroup) {
    float* to = target + channel;
    const float* on_top = added ? added + channel : nullptr;
    if (d.narrow) {
      multiply_group(d.narrow->group(channel), d.narrow->inputs(), s.narrow, stripe.outputs, Put{to, outputs, on_top});
      continue;
    }
    const float* block = s.narrow + channel * stripe.outputs;
    for (size_t p = 0; p < stripe.outputs * outputs; p += outputs, block += kBlock) {
      for (size_t v = 0; v < kBlock; v += 4)
        store(to + p + v, on_top ? load(block + v) + load(on_top + p + v) : load(block + v));
    }
  }
}

void run(const BlockDirection& d, const Scratch& s, const Pass& pass) {
  const Shape in = d.depthwise.input, out = d.depthwise.output;
  const size_t wide = count(in.channels), out_width = count(out.width);
  const size_t taps = count(d.depthwise.kernel * d.depthwise.kernel);
  const size_t plane_row = count(d.plane_cols) * kBlock;
  std::fill_n(s.plane, count(d.plane_rows) * plane_row, 0.f);  // the columns left and right of the image stay so

  int have = d.depthwise.first(0, d.depthwise.pad_y);  // rows before this one have been made
  for (int y0 = 0; y0 < out.height; y0 += d.stripe) {
    const int y1 = std::min(y0 + d.stripe, out.height);
    const Piece piece = d.depthwise.piece(y0, y1, 0, 1);
    const int end = piece.first_row + piece.rows;
    const int new_first = std::max(have, piece.first_row);
    const int first = std::clamp(new_first, 0, in.height), last = std::clamp(end, first, in.height);
    const int keep_first = y1 < out.height ? d.depthwise.first(y1, d.depthwise.pad_y) : end;
    const int keep_rows = std::max(0, end - keep_first);
    const Stripe stripe{y0,
                        y1,
                        first,
                        last,
                        count(first) * count(in.width),
                        count(last - first) * count(in.width),
                        count(y0) * out_width,
                        count(y1 - y0) * out_width,
                        piece.first_row,
                        -d.depthwise.first(0, d.depthwise.pad_x),
                        plane_row};
    pass.begin(stripe);
    for (size_t block = 0; block < wide / kBlock; ++block) {
      float* kept = s.kept + block * count(d.depthwise.kernel) * plane_row;
      std::copy_n(kept, count(new_first - piece.first_row) * plane_row, s.plane);
      if (first > new_first) std::fill_n(s.plane + stripe.at_row(new_first), count(first - new_first) * plane_row, 0.f);
      if (end > last) std::fill_n(s.plane + stripe.at_row(last), count(end - last) * plane_row, 0.f);
      if (last > first) pass.fill(stripe, block);
      DepthwiseRow row{nullptr,
                       static_cast<ptrdiff_t>(plane_row),
                       d.taps.data() + block * taps * kBlock,
                       d.bias.data() + block * kBlock,
                       y0,
                       0,
                       out.width};
      for (; row.y < y1; ++row.y) {
        row.input = s.plane + stripe.at_row(d.depthwise.first(row.y, d.depthwise.pad_y));
        pass.filter(row, block, s.narrow + (block * stripe.outputs + count(row.y - y0) * out_width) * kBlock);
      }
      std::copy_n(s.plane + stripe.at_row(end - keep_rows), count(keep_rows) * plane_row, kept);
    }
    have = end;
    pass.end(stripe);
  }
}

}  // namespace stripes
}  // namespace smoothgrad
