// The build function of every layer, each defined in the layer's own file.
#pragma once

namespace smoothgrad {

class NodeBuilder;

void build_add(NodeBuilder& node);
void build_average_pool(NodeBuilder& node);
void build_batch_normalization(NodeBuilder& node);
void build_cast(NodeBuilder& node);
void build_clip(NodeBuilder& node);
void build_concat(NodeBuilder& node);
void build_constant(NodeBuilder& node);
void build_conv(NodeBuilder& node);
void build_flatten(NodeBuilder& node);
void build_gemm(NodeBuilder& node);
void build_global_average_pool(NodeBuilder& node);
void build_identity(NodeBuilder& node);
void build_leaky_relu(NodeBuilder& node);
void build_mat_mul(NodeBuilder& node);
void build_max_pool(NodeBuilder& node);
void build_mul(NodeBuilder& node);
void build_pad(NodeBuilder& node);
void build_prelu(NodeBuilder& node);
void build_reduce_mean(NodeBuilder& node);
void build_relu(NodeBuilder& node);
void build_reshape(NodeBuilder& node);
void build_sigmoid(NodeBuilder& node);
void build_softmax(NodeBuilder& node);
void build_tanh(NodeBuilder& node);

}  // namespace smoothgrad
