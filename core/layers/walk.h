// Where operands have their elements while a tensor is walked through in the order of its memory: the smaller ones spread (by
// ONNX's, numpy's, rules), and each in an order of its own.
#pragma once

#include <vector>

#include "core/layers/value.h"

namespace smoothgrad {

class Walk {
 public:
  // Through a tensor of these dimensions that lies in that order, with one or two operands: dense views whose dimensions spread
  // to `dims`.
  Walk(const Dims& dims, const AxisOrder& order, const StridedView& a, const StridedView& b);
  Walk(const Dims& dims, const AxisOrder& order, const StridedView& a) : Walk(dims, order, a, a) {}

  // Element i of the tensor is element i of the operand.
  bool same(size_t operand = 0) const { return axes_.size() == 1 && (operand ? axes_[0].b : axes_[0].a) == 1; }

  // Operand a (or b) has that many elements and meets them in order, again and again: element i of the tensor is its element
  // i % size.
  bool repeats(size_t size, size_t operand = 0) const;
  // Element i of the tensor is element i of the operand, whatever the other one does.
  bool follows(size_t operand) const;

  // visit(length, first element, first element and step of operand a, the same of b): stretches of equal steps, in order.
  template <typename Visit>
  void for_each_run(Visit visit) const {
    run(0, 0, 0, 0, visit);
  }

  // visit(element, element of operand a)
  template <typename Visit>
  void for_each(Visit visit) const {
    for_each_run([&](size_t length, size_t first, size_t a, size_t step, size_t, size_t) {
      if (step == 1) {
        for (size_t i = 0; i < length; ++i) visit(first + i, a + i);
      } else {
        for (size_t i = 0; i < length; ++i) visit(first + i, a + i * step);
      }
    });
  }

 private:
  struct Axis {
    size_t extent, out, a, b;  // elements, and steps from one to the next
  };

  template <typename Visit>
  void run(size_t level, size_t out, size_t a, size_t b, Visit& visit) const {
    const Axis& axis = axes_[level];
    if (level + 1 == axes_.size()) return visit(axis.extent, out, a, axis.a, b, axis.b);
    for (size_t i = 0; i < axis.extent; ++i) run(level + 1, out + i * axis.out, a + i * axis.a, b + i * axis.b, visit);
  }

  std::vector<Axis> axes_;  // the outermost first, as few as will do, never none
};

}  // namespace smoothgrad
