// Operators on constants, by families; each file holds one. Nothing is folded where an input is missing, of the wrong type or
// shape, or where the result would be too large: what is wrong with the node is said when a layer is made of it.
#pragma once

#include "core/onnx/passes/node_reader.h"

namespace smoothgrad {

using Folded = std::optional<Constant>;

// Each: the first output of the node, or nothing where it is another operator or cannot be folded.
Folded fold_arithmetic(const NodeReader& node);  // element by element, one operand or two; comparisons, Where, Cast
Folded fold_reduction(const NodeReader& node);   // ReduceSum, ReduceMean, ..., ArgMax, ArgMin
Folded fold_gather(const NodeReader& node);      // Gather, Concat, Tile, Range, ConstantOfShape, NonZero, ...
Folded fold_product(const NodeReader& node);     // MatMul, Gemm
Folded fold_scatter(const NodeReader& node);     // ScatterND, ScatterElements, Trilu, CumSum, EyeLike
Folded fold_batch_normalization(const NodeReader& node);
Folded fold_shape(const NodeReader& node);      // Shape and Size, of values with known dimensions too
Folded fold_quantised(const NodeReader& node);  // DequantizeLinear, QuantizeLinear

// What a reduction leaves of these dimensions: with the axes that are gone as ones, and as the output has it.
struct Reduced {
  Dims kept, dims;
};
std::optional<Reduced> reduced_dims(const NodeReader& node, const Dims& dims);

// As the element type `to`: floats cut off towards zero, integers wrapped round, booleans 0 or 1.
Constant cast(const Constant& from, int to);

}  // namespace smoothgrad
