// Concat of any number of values along any axis; saves nothing.
// Compiled for size.
#include <algorithm>

#include "core/layers/builders.h"
#include "core/layers/node_builder.h"

namespace smoothgrad {
namespace {

// In memory, the axis and what lies inside it are one block of each input, and these follow each other in the output.
class Concat final : public Layer {
 public:
  Concat(std::vector<Shape> inputs, Shape output, std::vector<size_t> blocks)
      : Layer(std::move(inputs), output), blocks_(std::move(blocks)) {}

  std::string_view kind() const override { return "concat"; }

  void forward(const ForwardPass& pass) const override {
    for_each_block(pass.batch, [&](size_t k, size_t part, size_t whole, size_t length) {
      std::copy_n(pass.inputs[k] + part, length, pass.output + whole);
    });
  }

  void backward(const BackwardPass& pass) const override {
    for_each_block(pass.batch, [&](size_t k, size_t part, size_t whole, size_t length) {
      std::copy_n(pass.grad_output + whole, length, pass.grad_inputs[k] + part);
    });
  }

 private:
  template <typename Visit>
  void for_each_block(int batch, Visit visit) const {
    size_t whole = 0, first = 0;
    for (size_t length : blocks_) whole += length;
    const size_t count = static_cast<size_t>(batch) * output().size() / whole;
    for (size_t k = 0; k < blocks_.size(); ++k) {
      for (size_t i = 0; i < count; ++i) visit(k, i * blocks_[k], i * whole + first, blocks_[k]);
      first += blocks_[k];
    }
  }

  std::vector<size_t> blocks_;  // floats of each input
};

}  // namespace

void build_concat(NodeBuilder& node) {
  if (node.input_count() == 0) node.bad({"it must have at least one input"});
  // In the order in which the first that is computed lies.
  int leader = 0;
  while (leader + 1 < node.input_count() && node.is_constant(leader)) ++leader;
  const Value first = node.value(leader);
  const AxisOrder order = order_of(first.view);
  const size_t axis = node.axis(node.attribute_int("axis", 1), first.rank());
  std::vector<Value> values;
  std::vector<Shape> shapes;
  std::vector<size_t> blocks;
  Dims dims = first.dims();
  dims[axis] = 0;
  for (int i = 0; i < node.input_count(); ++i) {
    const bool same_rank = !node.is_constant(i) || node.constant(i).dims.size() == first.rank();
    const Value value = node.value(i, same_rank ? order : AxisOrder{});
    Dims same = value.dims();
    if (same.size() == dims.size()) {
      dims[axis] += same[axis];
      same[axis] = first.dims()[axis];
    }
    if (same != first.dims()) {
      node.bad({"input ", i, " differs beside axis ", axis, ": ", show(value.dims()), " against ", show(first.dims())});
    }
    values.push_back(node.ordered(value, order));
    shapes.push_back(memory_shape(values.back().view));
    size_t block = 1;
    for (size_t at = order.size(); at-- > 0;) {
      block *= static_cast<size_t>(value.dims()[order[at]]);
      if (order[at] == axis) break;
    }
    blocks.push_back(block);
  }
  if (!element_count(dims)) node.bad({"its output would be of ", show(dims)});
  const StridedView view = laid_out(dims, order);
  node.emit(std::make_unique<Concat>(std::move(shapes), memory_shape(view), std::move(blocks)), values, view);
}

}  // namespace smoothgrad
