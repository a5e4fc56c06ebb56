// Compiled for speed.
#include "core/layers/rearrange.h"

#include <algorithm>

namespace smoothgrad {
namespace {

using Terms = std::vector<int32_t>;

class Rearrangement final : public Layer {
 public:
  Rearrangement(Shape input, Shape output, std::vector<Terms> terms, std::string_view kind, float outside)
      : Layer({input}, output), terms_(std::move(terms)), kind_(kind), outside_(outside) {
    const Terms& inner = terms_.back();
    consecutive_ = inner[0] != kOutside;
    for (size_t i = 1; i < inner.size(); ++i) consecutive_ = consecutive_ && inner[i] == inner[i - 1] + 1;
  }

  std::string_view kind() const override { return kind_; }

  size_t weight_bytes() const override {
    size_t count = 0;
    for (const Terms& terms : terms_) count += terms.size();
    return count * sizeof(int32_t);
  }

  void forward(const ForwardPass& pass) const override {
    const Terms& inner = terms_.back();
    for_each_run(pass.batch, [&](size_t out, size_t image, int64_t offset, bool inside) {
      float* const y = pass.output + out;
      const float* const x = pass.inputs[0] + image + offset;
      if (!inside) {
        std::fill_n(y, inner.size(), outside_);
      } else if (consecutive_) {
        std::copy_n(x + inner[0], inner.size(), y);
      } else {
        for (size_t i = 0; i < inner.size(); ++i) y[i] = inner[i] == kOutside ? outside_ : x[inner[i]];
      }
    });
  }

  void backward(const BackwardPass& pass) const override {
    const Terms& inner = terms_.back();
    std::fill_n(pass.grad_inputs[0], static_cast<size_t>(pass.batch) * inputs()[0].size(), 0.f);
    for_each_run(pass.batch, [&](size_t out, size_t image, int64_t offset, bool inside) {
      if (!inside) return;
      const float* const g = pass.grad_output + out;
      float* const dx = pass.grad_inputs[0] + image + offset;
      for (size_t i = 0; i < inner.size(); ++i) {
        if (inner[i] != kOutside) dx[inner[i]] += g[i];
      }
    });
  }

 private:
  // visit(first element of a run along the innermost axis, of the image in the input, the sum of the other axes' terms, or
  // whether one of them lies outside)
  template <typename Visit>
  void for_each_run(int batch, Visit visit) const {
    size_t out = 0;
    for (size_t b = 0; b < static_cast<size_t>(batch); ++b) run(0, b * inputs()[0].size(), 0, true, out, visit);
  }

  template <typename Visit>
  void run(size_t level, size_t image, int64_t offset, bool inside, size_t& out, Visit& visit) const {
    if (level + 1 == terms_.size()) {
      visit(out, image, offset, inside);
      out += terms_.back().size();
      return;
    }
    for (const int32_t term : terms_[level]) {
      const bool within = inside && term != kOutside;
      run(level + 1, image, within ? offset + term : 0, within, out, visit);
    }
  }

  std::vector<Terms> terms_;  // the outermost axis first, never none
  std::string_view kind_;
  float outside_;
  bool consecutive_;  // along the innermost axis
};

}  // namespace

Dims Sources::dims() const {
  Dims dims;
  for (const Terms& terms : along) dims.push_back(static_cast<int64_t>(terms.size()));
  return dims;
}

Sources sources_of(const StridedView& view, const AxisOrder& order) {
  Sources sources{{}, order};
  for (size_t axis = 0; axis < view.dims.size(); ++axis) {
    Terms& terms = sources.along.emplace_back();
    const int64_t first = axis == order[0] ? view.offset : 0;
    for (int64_t i = 0; i < view.dims[axis]; ++i) terms.push_back(static_cast<int32_t>(first + i * view.strides[axis]));
  }
  if (order.empty()) sources = {{{static_cast<int32_t>(view.offset)}}, {0}};
  return sources;
}

std::unique_ptr<Layer> make_rearrangement(Shape input, const Sources& sources, std::string_view kind, float outside) {
  std::vector<Terms> terms;
  for (size_t axis : sources.order) {
    // An axis of one element only adds to the others, and is none of them.
    if (sources.along[axis].size() > 1) terms.push_back(sources.along[axis]);
  }
  const Dims dims = sources.dims();
  int32_t added = 0;
  for (const Terms& one : sources.along) {
    if (one.size() == 1) added = one[0] == kOutside || added == kOutside ? kOutside : added + one[0];
  }
  if (terms.empty()) terms.push_back({0});
  for (int32_t& term : terms.front()) term = term == kOutside || added == kOutside ? kOutside : term + added;
  return std::make_unique<Rearrangement>(input, memory_shape(laid_out(dims, sources.order)), std::move(terms), kind, outside);
}

}  // namespace smoothgrad
