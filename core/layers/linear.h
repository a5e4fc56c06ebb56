// Products with constant weights, and of two values (matrix_product.cpp).
#pragma once

#include <vector>

#include "core/layers/node_builder.h"

namespace smoothgrad {

// The node's result: y = alpha W x + bias along an axis of the input. W is the node's input `matrix`, a constant [K, M], or
// [M, K] where `outputs_first`; bias: none, one number, or one an output.
void emit_linear(NodeBuilder& node, const Value& input, size_t axis, int matrix, bool outputs_first, float alpha,
                 std::vector<float> bias);

// MatMul and Gemm in general: matrices in the last two dimensions, those before spread.
void build_product_of_matrices(NodeBuilder& node);
void build_gemm_of_values(NodeBuilder& node);

}  // namespace smoothgrad
