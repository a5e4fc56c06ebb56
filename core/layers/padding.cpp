// Compiled for size.
#include "core/layers/padding.h"

#include <algorithm>

#include "core/layers/builders.h"
#include "core/layers/rearrange.h"

namespace smoothgrad {
namespace {

class Padding final : public Layer {
 public:
  Padding(Shape input, std::vector<int64_t> pads, float value)
      : Layer({input}, {input.height + static_cast<int>(pads[0] + pads[2]), input.width + static_cast<int>(pads[1] + pads[3]),
                        input.channels}),
        pads_(std::move(pads)),
        value_(value) {}

  std::string_view kind() const override { return "pad"; }
  const std::vector<int64_t>& pads() const { return pads_; }
  float value() const { return value_; }

  void forward(const ForwardPass& pass) const override {
    std::fill_n(pass.output, static_cast<size_t>(pass.batch) * output().size(), value_);
    for_each_row(pass.batch, [&](size_t inside, size_t outside, size_t length) {
      std::copy_n(pass.inputs[0] + inside, length, pass.output + outside);
    });
  }

  void backward(const BackwardPass& pass) const override {
    for_each_row(pass.batch, [&](size_t inside, size_t outside, size_t length) {
      std::copy_n(pass.grad_output + outside, length, pass.grad_inputs[0] + inside);
    });
  }

 private:
  template <typename Visit>
  void for_each_row(int batch, Visit visit) const {
    const Shape in = inputs()[0], out = output();
    const size_t length = static_cast<size_t>(in.width) * static_cast<size_t>(in.channels);
    const size_t out_length = static_cast<size_t>(out.width) * static_cast<size_t>(out.channels);
    const size_t first = static_cast<size_t>(pads_[0]) * out_length + static_cast<size_t>(pads_[1] * out.channels);
    for (size_t b = 0; b < static_cast<size_t>(batch); ++b) {
      for (size_t row = 0; row < static_cast<size_t>(in.height); ++row) {
        visit(b * in.size() + row * length, b * out.size() + first + row * out_length, length);
      }
    }
  }

  std::vector<int64_t> pads_;
  float value_;
};

}  // namespace

std::optional<ZeroPadding> absorbable_padding(const NodeBuilder& node) {
  const std::optional<NodeBuilder::Producer> producer = node.producer(0);
  const Padding* padding = producer ? dynamic_cast<const Padding*>(&producer->layer) : nullptr;
  if (!padding || padding->value() != 0) return std::nullopt;
  return ZeroPadding{{producer->input, padding->inputs()[0]}, padding->pads()};
}

namespace {

// Of each axis of the value: elements before and after.
struct Pads {
  std::vector<int64_t> before, after;

  bool only_along(size_t first, size_t last) const {
    for (size_t axis = 0; axis < before.size(); ++axis) {
      if ((axis < first || axis >= last) && (before[axis] || after[axis])) return false;
    }
    return true;
  }
};

Pads read_pads(const NodeBuilder& node, size_t rank) {
  const std::vector<int64_t> pads = node.ints_of_attribute_or_input("pads", 1);
  std::vector<int64_t> axes;
  if (node.has_input(3)) axes = node.ints_of_attribute_or_input("axes", 3);
  if (!node.has_input(3)) {
    for (size_t axis = 0; axis < rank; ++axis) axes.push_back(static_cast<int64_t>(axis));
  }
  if (pads.size() != 2 * axes.size()) node.bad({"pads must be two an axis"});
  Pads read{std::vector<int64_t>(rank, 0), std::vector<int64_t>(rank, 0)};
  for (size_t k = 0; k < axes.size(); ++k) {
    const int64_t before = pads[k], after = pads[k + axes.size()];
    constexpr int64_t kMost = 1 << 16;
    if (std::min(before, after) < -kMost || std::max(before, after) > kMost) node.unsupported({"more than 65,536 pads"});
    const size_t axis = node.axis(axes[k], rank);
    read.before[axis] = before;
    read.after[axis] = after;
  }
  return read;
}

// Where element i of an axis of `size` elements comes from, by the mode.
int64_t source(const NodeBuilder& node, int64_t i, int64_t size, const std::string& mode) {
  if (i >= 0 && i < size) return i;
  if (mode == "constant") return -1;
  if (mode == "edge") return i < 0 ? 0 : size - 1;
  if (mode == "wrap") return (i % size + size) % size;
  const int64_t mirrored = i < 0 ? -i : 2 * (size - 1) - i;
  if (mirrored < 0 || mirrored >= size) node.bad({"reflected pads must be fewer than the elements of their axis"});
  return mirrored;
}

// Any mode and axis; negative pads crop.
void emit_general(NodeBuilder& node, const Value& input, const Pads& pads, const std::string& mode, float value) {
  Sources sources = sources_of(input.view, order_of(input.view));
  for (size_t axis = 0; axis < input.rank(); ++axis) {
    const int64_t before = pads.before[axis], after = pads.after[axis];
    if (mode != "constant" && (before < 0 || after < 0)) node.unsupported({"negative pads (cropping) in mode '", mode, "'"});
    std::vector<int32_t>& along = sources.along[axis];
    const std::vector<int32_t> inside = along;
    along.clear();
    const int64_t size = static_cast<int64_t>(inside.size());
    for (int64_t i = -before; i < size + after; ++i) {
      const int64_t from = source(node, i, size, mode);
      along.push_back(from < 0 ? kOutside : inside[static_cast<size_t>(from)]);
    }
    if (along.empty()) node.bad({"its pads leave nothing"});
  }
  node.alias(node.rearranged(input, sources, "pad", value));
}

}  // namespace

void build_pad(NodeBuilder& node) {
  const Value input = node.value(0);
  const std::string mode = node.attribute_string("mode", "constant");
  if (mode != "constant" && mode != "reflect" && mode != "edge" && mode != "wrap") {
    node.bad({"mode '", mode, "' is none of constant, reflect, edge, wrap"});
  }
  const Pads pads = read_pads(node, input.rank());
  float value = node.attribute_float("value", 0);
  if (node.has_input(2)) {
    const Constant& constant = node.constant(2);
    if (constant.size() != 1) node.bad({"the padding value must be one number"});
    value = constant.integer ? static_cast<float>(constant.ints[0]) : constant.floats[0];
  }
  if (pads.only_along(0, 0)) return node.alias(input);
  const bool crops = std::min(std::ranges::min(pads.before), std::ranges::min(pads.after)) < 0;
  if (mode != "constant" || input.rank() != 4 || input.dims()[0] != 1 || !pads.only_along(2, 4) || crops) {
    return emit_general(node, input, pads, mode, value);
  }
  // Along height and width: a layer of its own, since a convolution or pooling may take it over.
  const Image image = node.image(0);
  const std::vector<int64_t> around = {pads.before[2], pads.before[3], pads.after[2], pads.after[3]};
  node.emit_image(std::make_unique<Padding>(image.shape, around, value), image.value);
}

}  // namespace smoothgrad
