// Flatten and Reshape of [N, C, H, W] to [N, C * H * W]: in memory a permutation from channels last to channels first; saves
// nothing. Where either space or channels is 1 there is nothing to do.
// Compiled for size.
#include <algorithm>
#include <cstdlib>

#include "core/layers/builders.h"
#include "core/layers/node_builder.h"

namespace smoothgrad {
namespace {

class Flatten final : public Layer {
 public:
  explicit Flatten(Shape input) : Layer({input}, {1, 1, static_cast<int>(input.size())}) {}

  std::string_view kind() const override { return "flatten"; }

  void forward(const ForwardPass& pass) const override {
    for_each(pass.batch, [&](size_t last, size_t first) { pass.output[first] = pass.inputs[0][last]; });
  }

  void backward(const BackwardPass& pass) const override {
    for_each(pass.batch, [&](size_t last, size_t first) { pass.grad_inputs[0][last] = pass.grad_output[first]; });
  }

 private:
  // visit(index with channels last, index with channels first)
  template <typename Visit>
  void for_each(int batch, Visit visit) const {
    const size_t pixels = inputs()[0].pixels(), channels = static_cast<size_t>(inputs()[0].channels);
    for (size_t b = 0; b < static_cast<size_t>(batch); ++b) {
      for (size_t p = 0; p < pixels; ++p) {
        for (size_t c = 0; c < channels; ++c) visit((b * pixels + p) * channels + c, (b * channels + c) * pixels + p);
      }
    }
  }
};

void emit_flat(NodeBuilder& node, Value input) {
  if (input.shape.pixels() == 1 || input.shape.channels == 1) {
    input.shape = {1, 1, static_cast<int>(input.shape.size())};
    input.rank = 2;
    return node.alias(input);
  }
  node.emit(std::make_unique<Flatten>(input.shape), {input}, 2);
}

}  // namespace

void build_flatten(NodeBuilder& node) {
  const Value input = node.value(0);
  const int64_t axis = node.attribute_int("axis", 1);
  if (axis != 1 && axis != 1 - input.rank) node.unsupported("an axis other than 1");
  emit_flat(node, input);
}

void build_reshape(NodeBuilder& node) {
  Value input = node.value(0);
  std::vector<int64_t> target = node.ints_of_attribute_or_input("shape", 1);
  const Shape in = input.shape;
  const std::vector<int64_t> dims =
      input.rank == 4 ? std::vector<int64_t>{1, in.channels, in.height, in.width} : std::vector<int64_t>{1, in.channels};
  // 0 copies a dimension of the input, one -1 is what is left over.
  if (node.attribute_int("allowzero", 0) != 0 && std::ranges::count(target, 0) > 0) node.bad("a dimension of 0 elements");
  int64_t known = 1, open = -1;
  for (size_t i = 0; i < target.size(); ++i) {
    if (target[i] < -1 || target[i] > 1 << 28 || known > 1 << 28) node.bad("an impossible shape");
    if (target[i] == 0 && i < dims.size()) target[i] = dims[i];
    if (target[i] == -1 && open < 0)
      open = static_cast<int64_t>(i);
    else
      known *= target[i];
  }
  const int64_t size = static_cast<int64_t>(in.size());
  if (open >= 0 && known > 0 && size % known == 0) target[static_cast<size_t>(open)] = size / known;
  int64_t total = 1;
  for (int64_t dim : target) total = std::clamp<int64_t>(total * dim, -1, int64_t{1} << 32);
  if (total != size) node.bad("a shape of " + std::to_string(total) + " elements for an input of " + std::to_string(size));
  if (target == dims) return node.alias(input);
  if (target.size() == 2 && target[0] == 1) return emit_flat(node, input);
  const bool vector = in.pixels() == 1 && target.size() == 4 && target[0] == 1 && target[2] == 1 && target[3] == 1;
  if (!vector) node.unsupported("a shape other than [N, -1], [N, C, 1, 1] of a vector, or the input's own");
  input.rank = 4;
  node.alias(input);
}

}  // namespace smoothgrad
