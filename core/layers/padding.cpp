// Compiled for size.
#include "core/layers/padding.h"

#include <algorithm>

#include "core/layers/builders.h"

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
  return ZeroPadding{producer->input, padding->pads()};
}

void build_pad(NodeBuilder& node) {
  const Value input = node.value(0);
  if (node.attribute_string("mode", "constant") != "constant") node.unsupported("a mode other than 'constant'");
  if (node.has_input(3)) node.unsupported("padding along chosen axes (the fourth input)");
  const std::vector<int64_t> pads = node.ints_of_attribute_or_input("pads", 1);  // N C H W before, then after
  if (pads.size() != 8 || input.rank != 4) node.unsupported("anything but 8 pads of an [N, C, H, W] input");
  if (pads[0] || pads[1] || pads[4] || pads[5]) node.unsupported("padding of batch or channels");
  if (std::ranges::any_of(pads, [](int64_t pad) { return pad < 0 || pad > 1 << 16; }))
    node.unsupported("negative pads (cropping)");
  float value = node.attribute_float("value", 0);
  if (node.has_input(2)) {
    const Constant& constant = node.constant(2);
    if (constant.size() != 1) node.bad("the padding value must be one number");
    value = constant.integer ? static_cast<float>(constant.ints[0]) : constant.floats[0];
  }
  node.emit(std::make_unique<Padding>(input.shape, std::vector<int64_t>{pads[2], pads[3], pads[6], pads[7]}, value), {input},
            4);
}

}  // namespace smoothgrad
