// The build function of every layer, each defined in the layer's own file.
#pragma once

namespace smoothgrad {

class NodeBuilder;

void build_add(NodeBuilder& node);
void build_attention(NodeBuilder& node);
void build_average_pool(NodeBuilder& node);
void build_batch_normalization(NodeBuilder& node);
void build_cast(NodeBuilder& node);
void build_clip(NodeBuilder& node);
void build_concat(NodeBuilder& node);
void build_constant(NodeBuilder& node);
void build_conv(NodeBuilder& node);
void build_conv_transpose(NodeBuilder& node);
void build_depth_to_space(NodeBuilder& node);
void build_dropout(NodeBuilder& node);
void build_einsum(NodeBuilder& node);
void build_elementwise(NodeBuilder& node);
void build_gather(NodeBuilder& node);
void build_gemm(NodeBuilder& node);
void build_global_average_pool(NodeBuilder& node);
void build_global_lp_pool(NodeBuilder& node);
void build_global_max_pool(NodeBuilder& node);
void build_grid_sample(NodeBuilder& node);
void build_group_normalization(NodeBuilder& node);
void build_identity(NodeBuilder& node);
void build_instance_normalization(NodeBuilder& node);
void build_layer_normalization(NodeBuilder& node);
void build_leaky_relu(NodeBuilder& node);
void build_log_softmax(NodeBuilder& node);
void build_lp_normalization(NodeBuilder& node);
void build_lp_pool(NodeBuilder& node);
void build_lrn(NodeBuilder& node);
void build_mat_mul(NodeBuilder& node);
void build_max(NodeBuilder& node);
void build_max_pool(NodeBuilder& node);
void build_mean(NodeBuilder& node);
void build_min(NodeBuilder& node);
void build_movement(NodeBuilder& node);
void build_pad(NodeBuilder& node);
void build_prelu(NodeBuilder& node);
void build_product(NodeBuilder& node);
void build_reduce_l1(NodeBuilder& node);
void build_reduce_l2(NodeBuilder& node);
void build_reduce_log_sum_exp(NodeBuilder& node);
void build_reduce_max(NodeBuilder& node);
void build_reduce_mean(NodeBuilder& node);
void build_reduce_min(NodeBuilder& node);
void build_reduce_sum(NodeBuilder& node);
void build_reduce_sum_square(NodeBuilder& node);
void build_relu(NodeBuilder& node);
void build_resize(NodeBuilder& node);
void build_rms_normalization(NodeBuilder& node);
void build_softmax(NodeBuilder& node);
void build_space_to_depth(NodeBuilder& node);
void build_sub(NodeBuilder& node);
void build_sum(NodeBuilder& node);
void build_thresholded_relu(NodeBuilder& node);
void build_tile(NodeBuilder& node);
void build_where(NodeBuilder& node);

}  // namespace smoothgrad
