// Compiled for size.
#include "core/layers/registry.h"

#include <algorithm>

#include "core/layers/builders.h"

namespace smoothgrad {
namespace {

constexpr bool kWeighted = true;

constexpr Operator kOperators[] = {
    {"Abs", build_elementwise},
    {"Add", build_add},
    {"Attention", build_attention, "is_causal kv_num_heads q_num_heads qk_matmul_output_mode scale softcap softmax_precision"},
    {"AveragePool", build_average_pool, "auto_pad ceil_mode count_include_pad dilations kernel_shape pads strides"},
    {"BatchNormalization", build_batch_normalization, "epsilon is_test momentum spatial training_mode"},
    {"Cast", build_cast, "round_mode saturate to"},
    {"Celu", build_elementwise, "alpha"},
    {"Clip", build_clip, "max min"},
    {"Concat", build_concat, "axis"},
    {"Constant", build_constant, "value value_float value_floats value_int value_ints"},
    {"Conv", build_conv, "auto_pad dilations group kernel_shape pads strides", kWeighted},
    {"ConvTranspose", build_conv_transpose, "auto_pad dilations group kernel_shape output_padding output_shape pads strides",
     kWeighted},
    {"Cos", build_elementwise},
    {"DepthToSpace", build_depth_to_space, "blocksize mode"},
    {"Div", build_product},
    {"Dropout", build_dropout, "is_test ratio seed"},
    {"Einsum", build_einsum, "equation"},
    {"Elu", build_elementwise, "alpha"},
    {"Erf", build_elementwise},
    {"Exp", build_elementwise},
    {"Expand", build_movement},
    {"Flatten", build_movement, "axis"},
    {"Gather", build_gather, "axis"},
    {"GatherElements", build_gather, "axis"},
    {"GatherND", build_gather, "batch_dims"},
    {"Gelu", build_elementwise, "approximate"},
    {"Gemm", build_gemm, "alpha beta transA transB", kWeighted},
    {"GlobalAveragePool", build_global_average_pool},
    {"GlobalLpPool", build_global_lp_pool, "p"},
    {"GlobalMaxPool", build_global_max_pool},
    {"GridSample", build_grid_sample, "align_corners mode padding_mode"},
    {"GroupNormalization", build_group_normalization, "epsilon num_groups stash_type"},
    {"HardSigmoid", build_elementwise, "alpha beta"},
    {"HardSwish", build_elementwise},
    {"Identity", build_identity},
    {"InstanceNormalization", build_instance_normalization, "epsilon"},
    {"LRN", build_lrn, "alpha beta bias size"},
    {"LayerNormalization", build_layer_normalization, "axis epsilon stash_type"},
    {"LeakyRelu", build_leaky_relu, "alpha"},
    {"Log", build_elementwise},
    {"LogSoftmax", build_log_softmax, "axis"},
    {"LpNormalization", build_lp_normalization, "axis p"},
    {"LpPool", build_lp_pool, "auto_pad ceil_mode dilations kernel_shape p pads strides"},
    {"MatMul", build_mat_mul, "", kWeighted},
    {"Max", build_max},
    {"MaxPool", build_max_pool, "auto_pad ceil_mode dilations kernel_shape pads storage_order strides"},
    {"Mean", build_mean},
    {"Min", build_min},
    {"Mish", build_elementwise},
    {"Mul", build_product},
    {"Neg", build_elementwise},
    {"PRelu", build_prelu},
    {"Pad", build_pad, "mode pads value"},
    {"Pow", build_product},
    {"RMSNormalization", build_rms_normalization, "axis epsilon stash_type"},
    {"Reciprocal", build_elementwise},
    {"ReduceL1", build_reduce_l1, "axes keepdims noop_with_empty_axes"},
    {"ReduceL2", build_reduce_l2, "axes keepdims noop_with_empty_axes"},
    {"ReduceLogSumExp", build_reduce_log_sum_exp, "axes keepdims noop_with_empty_axes"},
    {"ReduceMax", build_reduce_max, "axes keepdims noop_with_empty_axes"},
    {"ReduceMean", build_reduce_mean, "axes keepdims noop_with_empty_axes"},
    {"ReduceMin", build_reduce_min, "axes keepdims noop_with_empty_axes"},
    {"ReduceSum", build_reduce_sum, "axes keepdims noop_with_empty_axes"},
    {"ReduceSumSquare", build_reduce_sum_square, "axes keepdims noop_with_empty_axes"},
    {"Relu", build_relu},
    {"Reshape", build_movement, "allowzero shape"},
    {"Resize", build_resize,
     "antialias axes coordinate_transformation_mode cubic_coeff_a exclude_outside extrapolation_value keep_aspect_ratio_policy "
     "mode nearest_mode"},
    {"Selu", build_elementwise, "alpha gamma"},
    {"Sigmoid", build_elementwise},
    {"Sin", build_elementwise},
    {"Slice", build_movement, "axes ends starts"},
    {"Softmax", build_softmax, "axis"},
    {"Softplus", build_elementwise},
    {"Softsign", build_elementwise},
    {"SpaceToDepth", build_space_to_depth, "blocksize mode"},
    {"Split", build_movement, "axis num_outputs split"},
    {"Sqrt", build_elementwise},
    {"Squeeze", build_movement, "axes"},
    {"Sub", build_sub},
    {"Sum", build_sum},
    {"Swish", build_elementwise, "alpha"},
    {"Tanh", build_elementwise},
    {"ThresholdedRelu", build_thresholded_relu, "alpha"},
    {"Tile", build_tile},
    {"Transpose", build_movement, "perm"},
    {"Unsqueeze", build_movement, "axes"},
    {"Where", build_where},
};

// The list of attributes is names with a space between two.
bool lists(std::string_view attributes, std::string_view name) {
  while (!attributes.empty()) {
    const size_t end = std::min(attributes.find(' '), attributes.size());
    if (attributes.substr(0, end) == name) return true;
    attributes.remove_prefix(std::min(end + 1, attributes.size()));
  }
  return false;
}

}  // namespace

void Operator::build(NodeBuilder& node) const {
  for (const auto& [attribute, value] : node.node().attributes) {
    if (!lists(attributes, attribute)) node.unsupported({"attribute '", attribute, "'"});
  }
  for (size_t output = 1; name != "Split" && output < node.node().outputs.size(); ++output) {
    if (node.is_read(output)) node.unsupported({"output ", output, " ('", node.node().outputs[output], "')"});
  }
  make(node);
  for (int i = node.asked_inputs(); i < node.input_count(); ++i) {
    const std::string& input = node.node().inputs[static_cast<size_t>(i)];
    if (!input.empty()) node.unsupported({"input ", i, " ('", input, "')"});
  }
}

std::span<const Operator> operators() { return kOperators; }

const Operator* find_operator(std::string_view name) {
  const auto* found = std::ranges::find(kOperators, name, &Operator::name);
  return found == std::end(kOperators) ? nullptr : found;
}

std::string supported_operators() {
  std::string names;
  for (const Operator& entry : kOperators) {
    if (!names.empty()) names += ", ";
    names += entry.name;
  }
  return names;
}

}  // namespace smoothgrad
