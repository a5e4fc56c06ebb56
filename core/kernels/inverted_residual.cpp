// Compiled for speed.
#include "core/kernels/inverted_residual.h"

#include <algorithm>

#include "core/kernels/gate.h"

namespace smoothgrad {
namespace {

constexpr size_t kStripeBytes = size_t{320} << 10;  // of the wide tensor behind the depthwise convolution: second-level cache
constexpr size_t kPlaneBytes = size_t{32} << 10;    // of eight channels before it: first-level cache

size_t count(int value) { return static_cast<size_t>(value); }

// Floats for so many, in whole lines of the cache.
size_t lines(size_t floats) { return (floats + 15) / 16 * 16; }

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

void unpack_blocks(const float* blocks, size_t pixels, size_t channels, float* pixels_first) {
  for (size_t first = 0; first < channels; first += kBlock) {
    for (size_t p = 0; p < pixels; ++p, blocks += kBlock) {
      store(pixels_first + p * channels + first, load(blocks));
      store(pixels_first + p * channels + first + 4, load(blocks + 4));
    }
  }
}

// What is done with the sums of a pixel: named types, of which each direction has one, where lambdas would be many.
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

struct Narrow {
  size_t outputs;
  float* to;
  const float* added;  // or null
  void operator()(size_t pixel, const Float4 (&sums)[2]) const {
    for (size_t v = 0, at = pixel * outputs; v < 2; ++v, at += 4) store(to + at, added ? sums[v] + load(added + at) : sums[v]);
  }
};

}  // namespace

// What a stripe works on. Without memory it only counts.
struct InvertedResidual::Scratch {
  float* packed;      // [inputs / 8, new pixels, 8] of the source
  float* plane;       // [plane rows, plane cols, 8]
  float* kept;        // [wide / 8, kernel rows, plane cols, 8]: rows that the next stripe reads again
  float* narrow;      // [wide / 8, pixels of the stripe, 8] behind the depthwise convolution
  uint32_t* offsets;  // [new pixels]: where they lie in a plane

  size_t size = 0;  // floats in all

  Scratch(const Direction& d, std::byte* memory) {
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
    offsets = reinterpret_cast<uint32_t*>(take(new_pixels));
  }
};

bool InvertedResidual::covers(const Options& o) {
  const ConvGeometry& g = o.depthwise;
  const bool padding = g.pad_top >= 0 && g.pad_left >= 0 && g.pad_top < g.kernel_height && g.pad_left < g.kernel_width;
  const bool same_shape = g.input == g.output && o.inputs == o.outputs;
  return DepthwiseDirection::covers(g) && padding && o.inputs % kBlock == 0 && o.outputs % kBlock == 0 &&
         g.input.channels % kBlock == 0 && (!o.residual || (o.expands && same_shape)) &&
         (o.expands || o.inputs == g.input.channels);
}

InvertedResidual::InvertedResidual(const Options& options, const InvertedResidualWeights& weights)
    : options_(options),
      wide_input_(options.depthwise.input),
      wide_output_(options.depthwise.output),
      forward_(plan(DepthwiseDirection::forward(options.depthwise))),
      backward_(plan(DepthwiseDirection::backward(options.depthwise))) {
  const size_t wide = count(wide_input_.channels), inputs = count(options.inputs), outputs = count(options.outputs);
  if (options.expands) {
    forward_.widen.emplace(wide, inputs, weights.expand, false, weights.expand_bias);
    backward_.narrow.emplace(inputs, wide, weights.expand, true, std::span<const float>{});
  }
  forward_.narrow.emplace(outputs, wide, weights.project, false, weights.project_bias);
  backward_.widen.emplace(wide, outputs, weights.project, true, std::span<const float>{});
  forward_.taps = block_taps(weights.depthwise, wide, false);
  forward_.bias.assign(weights.depthwise_bias.begin(), weights.depthwise_bias.end());
  backward_.taps = block_taps(weights.depthwise, wide, options.depthwise.stride_y == 1);
  backward_.bias.assign(wide, 0.f);
  scratch_bytes_ = std::max(Scratch(forward_, nullptr).size, Scratch(backward_, nullptr).size) * sizeof(float);
}

InvertedResidual::Direction InvertedResidual::plan(const DepthwiseDirection& depthwise) const {
  Direction d{depthwise, {}, {}, {}, {}, 1, 0, 0};
  const Shape in = depthwise.input, out = depthwise.output;
  const Piece row = depthwise.piece(0, 1, 0, out.width);
  d.plane_cols = std::max(row.cols, in.width - row.first_col);
  // The most rows that any stripe of so many rows reads.
  const auto plane_rows = [&](int stripe) {
    int most = 0;
    for (int y = 0; y < out.height; y += stripe) {
      most = std::max(most, depthwise.piece(y, std::min(y + stripe, out.height), 0, 1).rows);
    }
    return most;
  };
  const size_t row_bytes = out.size() / count(out.height) * sizeof(float);
  const size_t plane_row_bytes = count(d.plane_cols) * kBlock * sizeof(float);
  while (d.stripe < out.height && count(d.stripe + 1) * row_bytes <= kStripeBytes &&
         count(plane_rows(d.stripe + 1)) * plane_row_bytes <= kPlaneBytes) {
    ++d.stripe;
  }
  // As even as possible.
  const int stripes = (out.height + d.stripe - 1) / d.stripe;
  d.stripe = (out.height + stripes - 1) / stripes;
  d.plane_rows = plane_rows(d.stripe);
  return d;
}

size_t InvertedResidual::weight_bytes() const {
  size_t total = 0;
  for (const Direction* d : {&forward_, &backward_}) {
    total += (d->widen ? d->widen->bytes() : 0) + (d->narrow ? d->narrow->bytes() : 0);
    total += (d->taps.size() + d->bias.size()) * sizeof(float);
  }
  return total;
}

template <typename WideGate, typename NarrowGate, typename Mask>
void InvertedResidual::run(const Direction& d, WideGate wide_gate, Mask* wide_mask, NarrowGate narrow_gate, Mask* narrow_mask,
                           const float* source, const float* residual, float* target, std::byte* scratch) const {
  const Scratch s(d, scratch);
  const Shape in = d.depthwise.input, out = d.depthwise.output;
  const size_t wide = count(in.channels), in_width = count(in.width), out_width = count(out.width);
  const size_t taps = count(d.depthwise.kernel * d.depthwise.kernel);
  const size_t plane_row = count(d.plane_cols) * kBlock;
  const int left = -d.depthwise.first(0, d.depthwise.pad_x);
  std::fill_n(s.plane, count(d.plane_rows) * plane_row, 0.f);  // the columns left and right of the image stay so

  int have = d.depthwise.first(0, d.depthwise.pad_y);  // rows before this one have been made
  for (int y0 = 0; y0 < out.height; y0 += d.stripe) {
    const int y1 = std::min(y0 + d.stripe, out.height);
    Piece piece = d.depthwise.piece(y0, y1, 0, 1);
    const int end = piece.first_row + piece.rows;
    const int new_first = std::max(have, piece.first_row);
    // Of the new rows those inside the image.
    const int first = std::clamp(new_first, 0, in.height), last = std::clamp(end, first, in.height);
    const size_t new_pixels = count(last - first) * in_width, pixel0 = count(first) * in_width;
    const int keep_first = y1 < out.height ? d.depthwise.first(y1, d.depthwise.pad_y) : end;
    const int keep_rows = std::max(0, end - keep_first);
    const auto at_row = [&](int row) { return count(row - piece.first_row) * plane_row; };

    if (d.widen) {
      pack_blocks(source + pixel0 * d.widen->inputs(), new_pixels, d.widen->inputs(), s.packed);
      size_t pixel = 0;
      for (int row = first; row < last; ++row) {
        for (int col = 0; col < in.width; ++col) {
          s.offsets[pixel++] = static_cast<uint32_t>(at_row(row) + count(col + left) * kBlock);
        }
      }
    }
    const size_t stripe_pixels = count(y1 - y0) * out_width;
    for (size_t block = 0; block < wide / kBlock; ++block) {
      float* kept = s.kept + block * count(d.depthwise.kernel) * plane_row;
      std::copy_n(kept, count(new_first - piece.first_row) * plane_row, s.plane);
      if (first > new_first) std::fill_n(s.plane + at_row(new_first), count(first - new_first) * plane_row, 0.f);
      if (end > last) std::fill_n(s.plane + at_row(last), count(end - last) * plane_row, 0.f);
      if (!d.widen && last > first) {
        pack_plane(in, source, block * kBlock, kBlock, {first, -left, last - first, d.plane_cols}, s.plane + at_row(first));
      }
      if (d.widen && new_pixels > 0) {
        const auto emit = Widen{wide_gate, wide_mask + block * in.pixels() + pixel0, s.plane, s.offsets};
        multiply_group(*d.widen, block * kBlock, s.packed, new_pixels, emit);
      }
      DepthwiseRow row{nullptr,
                       static_cast<ptrdiff_t>(plane_row),
                       d.taps.data() + block * taps * kBlock,
                       d.bias.data() + block * kBlock,
                       y0,
                       0,
                       out.width};
      for (; row.y < y1; ++row.y) {
        row.input = s.plane + at_row(d.depthwise.first(row.y, d.depthwise.pad_y));
        float* to = s.narrow + (block * stripe_pixels + count(row.y - y0) * out_width) * kBlock;
        if constexpr (std::is_same_v<WideGate, RecordGate>) {
          correlate_row(d.depthwise, row, options_.depthwise_clamp, to);
        } else {
          backward_row(d.depthwise, row, to);
        }
        narrow_gate.pass_row(to, out_width, narrow_mask + block * out.pixels() + count(row.y) * out_width);
      }
      std::copy_n(s.plane + at_row(end - keep_rows), count(keep_rows) * plane_row, kept);
    }
    have = end;

    const size_t out0 = count(y0) * out_width;
    if (!d.narrow) {
      unpack_blocks(s.narrow, stripe_pixels, wide, target + out0 * wide);
      continue;
    }
    const size_t outputs = d.narrow->outputs();
    for (size_t channel = 0; channel < outputs; channel += kGroup) {
      float* to = target + out0 * outputs + channel;
      const float* added = residual ? residual + out0 * outputs + channel : nullptr;
      const auto emit = Narrow{outputs, to, added};
      multiply_group(*d.narrow, channel, s.narrow, stripe_pixels, emit);
    }
  }
}

void InvertedResidual::forward(const float* input, float* output, uint8_t* masks, std::byte* scratch) const {
  uint8_t* narrow_mask = masks + wide_input_mask();
  run(forward_, RecordGate(options_.expand_clamp), masks, RecordGate(options_.depthwise_clamp), narrow_mask, input,
      options_.residual ? input : nullptr, output, scratch);
}

void InvertedResidual::backward(const float* grad_output, const uint8_t* masks, Rule rule, float* grad_input,
                                std::byte* scratch) const {
  const uint8_t* wide_output_mask = masks + wide_input_mask();
  const float* residual = options_.residual ? grad_output : nullptr;
  if (backward_.narrow) {
    run(backward_, ApplyGate(rule), wide_output_mask, ApplyGate(rule), masks, grad_output, residual, grad_input, scratch);
  } else {
    run(backward_, ApplyGate(rule), wide_output_mask, NoGate{}, masks, grad_output, residual, grad_input, scratch);
  }
}

}  // namespace smoothgrad
