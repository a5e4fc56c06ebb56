// Models that must be refused: each with the right code and one line that names the node, or the port, and what is wrong.
#include <algorithm>
#include <catch_amalgamated.hpp>
#include <filesystem>
#include <optional>
#include <random>
#include <set>

#include "core/base/error.h"
#include "core/network/workspace.h"
#include "tests/core/npy.h"

namespace smoothgrad {
namespace {

constexpr ErrorCode kBad = ErrorCode::kBadModel;
constexpr ErrorCode kUnsupported = ErrorCode::kUnsupportedOperator;

struct Refused {
  std::string name;
  ErrorCode code;
  std::vector<std::string> says;  // parts of the message
};

const Refused kModels[] = {
    {"empty", kBad, {"not an ONNX model"}},
    {"text", kBad, {"not a complete ONNX file", "an HTML page"}},
    {"picture", kBad, {"not a complete ONNX file", "a PNG"}},
    {"no_opset", kBad, {"names no operator set"}},
    {"no_output", kBad, {"no graph with nodes, an input and an output"}},
    {"output_of_nothing", kBad, {"no node makes the output 'z'"}},
    {"output_is_image", kUnsupported, {"the output 'y' is of [1, 4, 5, 3]; one score a class is needed"}},
    {"output_is_input", kBad, {"the output 'y' is the input"}},
    {"output_without_input", kBad, {"the output does not depend on the input"}},
    {"two_inputs", kUnsupported, {"2 inputs"}},
    {"open_size", kBad, {"input 'x' [1, 3, ?, ?] leaves its height and width open", "option size", "--input-size"}},
    {"huge_input", kBad, {"input 'x' has more than"}},
    {"three_dimensions", kBad, {"input 'x' must be of fixed size [N, C, H, W]"}},
    {"unknown_operator", kUnsupported, {"node 'recurrent'", "LSTM", "supported are Abs, "}},
    {"conv_transpose_channels", kBad, {"node 'the_convtranspose' (ConvTranspose)", "do not fit an input of 3 channels"}},
    {"conv_transpose_output_padding", kBad, {"node 'the_convtranspose' (ConvTranspose)", "output_padding"}},
    {"conv_transpose_output_shape", kUnsupported, {"node 'the_convtranspose' (ConvTranspose)", "output_shape"}},
    {"conv_transpose_auto_pad", kBad, {"node 'the_convtranspose' (ConvTranspose)", "auto_pad 'SAME'"}},
    {"conv_transpose_pads", kBad, {"node 'the_convtranspose' (ConvTranspose)", "-1 elements"}},
    {"cycle", kBad, {"node 'second' (Relu)", "on a cycle"}},
    {"missing_initialiser", kBad, {"node 'the_conv' (Conv)", "initialiser 'kernel' is not in the file"}},
    {"missing_input", kBad, {"node 'the_relu' (Relu)", "input 0 is missing"}},
    {"lying_tensor", kBad, {"initialiser 'w'", "wants 1200 elements, the file has 12"}},
    {"external_tensor", kUnsupported, {"initialiser 'w' is stored in another file"}},
    {"text_tensor", kUnsupported, {"initialiser 'w' has ONNX data type 8"}},
    {"conv_channels", kBad, {"node 'the_conv' (Conv)", "do not fit an input of 3 channels"}},
    {"conv_groups", kBad, {"node 'the_conv' (Conv)", "2 groups"}},
    {"conv_no_groups", kBad, {"node 'the_conv' (Conv)", "0 groups"}},
    {"conv_integers", kBad, {"node 'the_conv' (Conv)", "input 1 holds integers"}},
    {"conv_bias", kBad, {"node 'the_conv' (Conv)", "the bias"}},
    {"conv_three_dimensions", kUnsupported, {"node 'the_conv' (Conv)", "weights of 3 dimensions"}},
    {"conv_stride_zero", kBad, {"node 'the_conv' (Conv)", "strides must be 2 numbers of 1 or more"}},
    {"conv_negative_pads", kBad, {"node 'the_conv' (Conv)", "pads must be 4 numbers of 0 or more"}},
    {"conv_kernel_shape", kBad, {"node 'the_conv' (Conv)", "kernel_shape contradicts"}},
    {"conv_too_large", kBad, {"node 'the_conv' (Conv)", "a window of 9 pixels does not fit into 7"}},
    {"conv_auto_pad", kBad, {"node 'the_conv' (Conv)", "auto_pad 'SAME'"}},
    {"conv_computed_weights", kUnsupported, {"node 'the_conv' (Conv)", "'w') that is computed"}},
    {"pool_in_padding", kBad, {"node 'the_maxpool' (MaxPool)", "in the padding altogether"}},
    {"pool_one_dimension", kBad, {"node 'the_averagepool' (AveragePool)", "kernel_shape must be two numbers"}},
    {"pad_huge", kBad, {"node 'the_pad' (Pad)", "3 x 120007 x 120005"}},
    {"pad_mode", kBad, {"node 'the_pad' (Pad)", "mode 'symmetric' is none of"}},
    {"pad_reflect_far", kBad, {"node 'the_pad' (Pad)", "fewer than the elements"}},
    {"pad_reflect_cropping", kUnsupported, {"node 'the_pad' (Pad)", "negative pads (cropping) in mode 'reflect'"}},
    {"pad_count", kBad, {"node 'the_pad' (Pad)", "pads must be two an axis"}},
    {"pad_to_nothing", kBad, {"node 'the_pad' (Pad)", "leave nothing"}},
    {"pad_computed", kUnsupported, {"node 'the_pad' (Pad)", "'p') that is computed"}},
    {"add_shapes", kBad, {"node 'the_add' (Add)", "[1, 3, 7, 5] against [1, 3, 7, 4]"}},
    {"add_empty", kBad, {"node 'the_add' (Add)", "without elements"}},
    {"add_integers", kUnsupported, {"node 'the_add' (Add)", "integer arithmetic"}},
    {"concat_shapes", kBad, {"node 'the_concat' (Concat)", "input 1 differs"}},
    {"batch_norm_channels", kBad, {"node 'the_batchnormalization' (BatchNormalization)", "one float a channel"}},
    {"batch_norm_training", kUnsupported, {"node 'the_batchnormalization' (BatchNormalization)", "training_mode"}},
    {"clip_upside_down", kBad, {"node 'the_clip' (Clip)", "its minimum is above its maximum"}},
    {"prelu_slopes", kBad, {"node 'the_prelu' (PRelu)", "[1, 3, 7, 5] against [7, 2]"}},
    {"prelu_slopes_batch", kBad, {"node 'the_prelu' (PRelu)", "a constant larger than the value"}},
    {"gemm_inputs", kBad, {"node 'the_gemm' (Gemm)", "weights for 10 inputs, but 9 arrive"}},
    {"gemm_integers", kBad, {"node 'the_gemm' (Gemm)", "input 1 holds integers"}},
    {"gemm_image", kBad, {"node 'the_gemm' (Gemm)", "flatten it before"}},
    {"gemm_bias", kBad, {"node 'the_gemm' (Gemm)", "the bias"}},
    {"gemm_trans_a", kBad, {"node 'the_gemm' (Gemm)", "matrices of [9, 1] and [9, 8] cannot be multiplied"}},
    {"reduce_axis", kBad, {"node 'the_reducel2' (ReduceL2)", "axis 4 of a value of 4 dimensions"}},
    {"reduce_axis_twice", kBad, {"node 'the_reducemin' (ReduceMin)", "axis -3 twice"}},
    {"reduce_norm_of_nothing", kUnsupported, {"node 'the_reducel1' (ReduceL1)", "noop_with_empty_axes"}},
    {"reduce_computed_axes", kUnsupported, {"node 'the_reducesum' (ReduceSum)", "'a') that is computed"}},
    {"reshape_size", kBad, {"node 'the_reshape' (Reshape)", "shape [1, 100] does not fit an input of [1, 3, 7, 5]"}},
    {"reshape_overflow", kBad, {"node 'the_reshape' (Reshape)", "shape [1099511627776, 1099511627776] does not fit"}},
    {"log_softmax_axis", kBad, {"node 'the_logsoftmax' (LogSoftmax)", "axis -5 of a value of 4 dimensions"}},
    {"constant_text", kUnsupported, {"node 'the_constant' (Constant)", "attribute 'value_string'"}},
    {"unknown_attribute", kUnsupported, {"node 'the_relu' (Relu)", "attribute 'negative_slope'"}},
    {"broadcast_attribute", kUnsupported, {"operator set 6; 7 and later are supported"}},
    {"indices_read", kUnsupported, {"node 'the_maxpool' (MaxPool)", "output 1 ('i')"}},
    {"batch_norm_spatial", kUnsupported, {"node 'the_batchnormalization' (BatchNormalization)", "spatial 0"}},
    {"batch_norm_five_outputs", kUnsupported, {"node 'the_batchnormalization' (BatchNormalization)", "training_mode"}},
    {"batch_norm_opset_6", kUnsupported, {"operator set 6; 7 and later are supported"}},
    {"dropout_training", kUnsupported, {"node 'the_dropout' (Dropout)", "training_mode"}},
    {"dropout_opset_6", kUnsupported, {"operator set 6; 7 and later are supported"}},
    {"cast_to_text", kUnsupported, {"node 'the_cast' (Cast)", "a cast to ONNX data type 8"}},
    {"cast_to_float8", kUnsupported, {"node 'the_cast' (Cast)", "a cast to ONNX data type 17"}},
    {"cast_to_integers", kUnsupported, {"node 'the_cast' (Cast)", "casts of activations to integers"}},
    {"gemm_bias_column", kBad, {"node 'the_gemm' (Gemm)", "a bias larger than the product"}},
    {"gelu_approximate", kBad, {"node 'the_gelu' (Gelu)", "approximate 'sigmoid' is neither"}},
    {"celu_zero", kBad, {"node 'the_celu' (Celu)", "alpha must not be 0"}},
    {"where_computed", kUnsupported, {"node 'the_where' (Where)", "'c') that is computed"}},
    {"where_shapes", kBad, {"node 'the_where' (Where)", "[1, 3, 7, 5] against [2, 1]"}},
    {"max_nothing", kBad, {"node 'the_max' (Max)", "at least one operand"}},
    {"lrn_size", kBad, {"node 'the_lrn' (LRN)", "size"}},
    {"lp_normalization_p", kBad, {"node 'the_lpnormalization' (LpNormalization)", "p must be 1 or 2"}},
    {"global_lp_pool_p", kBad, {"node 'the_globallppool' (GlobalLpPool)", "p must be 1 or more"}},
    {"global_pool_vector", kBad, {"node 'the_globalaveragepool' (GlobalAveragePool)", "[1, 9], which has no axes of space"}},
    {"instance_norm_channels", kBad, {"node 'the_instancenormalization' (InstanceNormalization)", "must have 3 floats, not 4"}},
    {"slice_step_zero", kBad, {"node 'the_slice' (Slice)", "steps [0] does not fit"}},
    {"slice_to_nothing", kBad, {"node 'the_slice' (Slice)", "starts [3], ends [9], axes [1] does not fit"}},
    {"slice_lists", kBad, {"node 'the_slice' (Slice)", "starts [0, 0], ends [1], axes [1] does not fit"}},
    {"split_sizes", kBad, {"node 'the_split' (Split)", "split [1, 1], 2 parts along axis 1 does not fit"}},
    {"split_unequal", kBad, {"node 'the_split' (Split)", "2 parts along axis 1 does not fit"}},
    {"split_count", kBad, {"node 'the_split' (Split)", "2 parts along axis 1 does not fit"}},
    {"depth_to_space_channels", kBad, {"node 'the_depthtospace' (DepthToSpace)", "blocks of that size"}},
    {"depth_to_space_mode", kBad, {"node 'the_depthtospace' (DepthToSpace)", "mode 'RCD'"}},
    {"space_to_depth_size", kBad, {"node 'the_spacetodepth' (SpaceToDepth)", "blocks of that size"}},
    {"transpose_perm", kBad, {"node 'the_transpose' (Transpose)", "perm [0, 1, 1, 3] does not fit"}},
    {"squeeze_pixels", kBad, {"node 'the_squeeze' (Squeeze)", "axes [2, 3] does not fit an input of [1, 3, 7, 5]"}},
    {"conv_vector", kUnsupported, {"node 'the_conv' (Conv)", "that is not [1, C, H, W]"}},
    {"pool_vector", kUnsupported, {"node 'the_maxpool' (MaxPool)", "that is not [1, C, H, W]"}},
    {"lp_pool_p", kBad, {"node 'the_lppool' (LpPool)", "p must be 1 or more"}},
    {"lp_pool_one_dimension", kBad, {"node 'the_lppool' (LpPool)", "kernel_shape must be two numbers"}},
    {"resize_aspect", kUnsupported, {"node 'the_resize' (Resize)", "keep_aspect_ratio_policy 'not_larger'"}},
    {"resize_crop", kUnsupported, {"node 'the_resize' (Resize)", "'tf_crop_and_resize'"}},
    {"resize_mode", kBad, {"node 'the_resize' (Resize)", "mode 'area'"}},
    {"resize_nearest_mode", kBad, {"node 'the_resize' (Resize)", "nearest_mode 'round'"}},
    {"resize_corners", kUnsupported, {"node 'the_resize' (Resize)", "align_corners"}},
    {"resize_count", kBad, {"node 'the_resize' (Resize)", "one an axis"}},
    {"resize_to_nothing", kBad, {"node 'the_resize' (Resize)", "without elements"}},
    {"resize_no_scales", kBad, {"node 'the_resize' (Resize)", "neither scales nor sizes"}},
    {"reshape_allow_zero", kBad, {"node 'the_reshape' (Reshape)", "shape [0, 105] does not fit"}},
    {"output_is_tokens", kUnsupported, {"the output 'y' is of [1, 7, 15]; one score a class is needed"}},
    {"reshape_count", kBad, {"node 'the_reshape' (Reshape)", "shape [1, 7, 16] does not fit an input of [1, 3, 7, 5]"}},
    {"reshape_negative", kBad, {"node 'the_reshape' (Reshape)", "shape [1, -2, 5] does not fit an input of [1, 3, 7, 5]"}},
    {"reshape_zero_beyond",
     kBad,
     {"node 'the_reshape' (Reshape)", "shape [1, 3, 7, 5, 0] does not fit an input of [1, 3, 7, 5]"}},
    {"reshape_computed", kUnsupported, {"node 'the_reshape' (Reshape)", "input 1 ('s') that is computed, not constant"}},
    {"flatten_axis_beyond", kBad, {"node 'the_flatten' (Flatten)", "axis 5 does not fit an input of [1, 3, 7, 5]"}},
    {"unsqueeze_axis", kBad, {"node 'the_unsqueeze' (Unsqueeze)", "axes [5] does not fit an input of [1, 3, 7, 5]"}},
    {"unsqueeze_axis_twice", kBad, {"node 'the_unsqueeze' (Unsqueeze)", "axes [1, -5] does not fit an input of [1, 3, 7, 5]"}},
    {"add_tokens_shapes", kBad, {"node 'the_add' (Add)", "its inputs do not fit: [1, 7, 15] against [7]"}},
    {"prelu_slopes_of_tokens", kBad, {"node 'the_prelu' (PRelu)", "its inputs do not fit: [1, 7, 15] against [7]"}},
    {"matmul_inner", kBad, {"node 'the_matmul' (MatMul)", "weights for 7 inputs, but 15 arrive"}},
    {"matmul_batches", kBad, {"node 'the_matmul' (MatMul)", "its inputs do not fit: [3] against [2]"}},
    {"matmul_values_inner", kBad, {"node 'the_matmul' (MatMul)", "matrices of [1, 7, 15] and [1, 7, 15] cannot be multiplied"}},
    {"matmul_number", kBad, {"node 'the_matmul' (MatMul)", "an input without dimensions"}},
    {"gemm_tokens", kBad, {"node 'the_gemm' (Gemm)", "an input of [1, 7, 15], which is no matrix: flatten it before"}},
    {"gemm_bias_of_rows", kBad, {"node 'the_gemm' (Gemm)", "its inputs do not fit: [7, 4] against [6, 1]"}},
    {"einsum_ellipsis", kUnsupported, {"node 'the_einsum' (Einsum)", "an ellipsis, in '...c,cd->...d'"}},
    {"einsum_repeated_letter", kUnsupported, {"node 'the_einsum' (Einsum)", "the diagonal 'bib->i'"}},
    {"einsum_new_letter", kBad, {"node 'the_einsum' (Einsum)", "'bij->bik' has no result"}},
    {"einsum_operands", kBad, {"node 'the_einsum' (Einsum)", "as many operands as the equation has terms are needed"}},
    {"einsum_rank", kBad, {"node 'the_einsum' (Einsum)", "'bijk' does not fit an input of [1, 7, 15]"}},
    {"einsum_sizes", kBad, {"node 'the_einsum' (Einsum)", "'i' is of 7 elements in [1, 7, 15] and of 15 in [15, 4]"}},
    {"einsum_three_operands", kUnsupported, {"node 'the_einsum' (Einsum)", "more than two operands"}},
    {"einsum_no_letters", kBad, {"node 'the_einsum' (Einsum)", "'b1j->bj' has a '1', which is no letter"}},
    {"layer_norm_scale",
     kBad,
     {"node 'the_layernormalization' (LayerNormalization)", "a scale of [7] does not fit what is normalised, [15]"}},
    {"layer_norm_bias", kBad, {"node 'the_layernormalization' (LayerNormalization)", "input 2 must have 15 floats, not 7"}},
    {"layer_norm_statistics", kUnsupported, {"node 'the_layernormalization' (LayerNormalization)", "output 1 ('y')"}},
    {"layer_norm_computed_scale",
     kUnsupported,
     {"node 'the_layernormalization' (LayerNormalization)", "input 1 ('t') that is computed, not constant"}},
    {"group_norm_groups",
     kBad,
     {"node 'the_groupnormalization' (GroupNormalization)",
      "an input of [1, 3, 7, 5] cannot be shared out among 2 groups of channels"}},
    {"group_norm_scale", kBad, {"node 'the_groupnormalization' (GroupNormalization)", "input 1 must have 3 floats, not 1"}},
    {"group_norm_scale_opset_18",
     kBad,
     {"node 'the_groupnormalization' (GroupNormalization)", "input 1 must have 1 floats, not 3"}},
    {"rms_norm_scale",
     kBad,
     {"node 'the_rmsnormalization' (RMSNormalization)", "a scale of [7] does not fit what is normalised, [15]"}},
    {"instance_norm_vector",
     kBad,
     {"node 'the_instancenormalization' (InstanceNormalization)", "an input of [1, 9], which has no axes of space"}},
    {"batch_norm_tokens",
     kBad,
     {"node 'the_batchnormalization' (BatchNormalization)", "input 1 must have one float a channel"}},
    {"softmax_tokens_axis", kBad, {"node 'the_softmax' (Softmax)", "axis 3 of a value of 3 dimensions"}},
    {"slice_axis_twice",
     kBad,
     {"node 'the_slice' (Slice)", "starts [0, 0], ends [1, 1], axes [1, -2] does not fit an input of [1, 7, 15]"}},
    {"split_tokens_sizes",
     kBad,
     {"node 'the_split' (Split)", "split [3, 3], 2 parts along axis 1 does not fit an input of [1, 7, 15]"}},
    {"gather_index", kBad, {"node 'the_gather' (Gather)", "index 7 along axis 1, which has 7 places"}},
    {"gather_axis", kBad, {"node 'the_gather' (Gather)", "axis 3 of a value of 3 dimensions"}},
    {"gather_floats", kBad, {"node 'the_gather' (Gather)", "its indices must be integers"}},
    {"gather_computed", kUnsupported, {"node 'the_gather' (Gather)", "input 1 ('t') that is computed, not constant"}},
    {"gather_elements_size",
     kBad,
     {"node 'the_gatherelements' (GatherElements)", "its indices, of [1, 7, 16], do not fit an input of [1, 7, 15]"}},
    {"gather_nd_depth", kBad, {"node 'the_gathernd' (GatherND)", "its indices, of [2, 4], do not fit an input of [1, 7, 15]"}},
    {"gather_nd_index", kBad, {"node 'the_gathernd' (GatherND)", "its indices, of [1, 2], do not fit an input of [1, 7, 15]"}},
    {"expand_shape", kBad, {"node 'the_expand' (Expand)", "shape [1, 7, 30] does not fit an input of [1, 7, 15]"}},
    {"expand_computed", kUnsupported, {"node 'the_expand' (Expand)", "input 1 ('t') that is computed, not constant"}},
    {"tile_count", kBad, {"node 'the_tile' (Tile)", "repeats must be one an axis"}},
    {"tile_huge", kBad, {"node 'the_tile' (Tile)", "repeats must be from 1 to 65,536"}},
    {"concat_ranks", kBad, {"node 'the_concat' (Concat)", "input 1 differs beside axis 1: [1, 7] against [1, 7, 15]"}},
    {"pad_tokens_axis", kBad, {"node 'the_pad' (Pad)", "axis 3 of a value of 3 dimensions"}},
    {"attention_heads",
     kBad,
     {"node 'the_attention' (Attention)", "q_num_heads must share out the 15 channels of input 0, and is 4"}},
    {"attention_groups", kBad, {"node 'the_attention' (Attention)", "keys of [1, 2, 7, 5]"}},
    {"attention_widths", kBad, {"node 'the_attention' (Attention)", "keys of [1, 3, 7, 4]"}},
    {"attention_mask", kBad, {"node 'the_attention' (Attention)", "a mask of [7, 6] does not fit the scores, of [1, 3, 7, 7]"}},
    {"attention_hidden", kUnsupported, {"node 'the_attention' (Attention)", "a mask that hides all keys from query 0"}},
    {"attention_precision", kUnsupported, {"node 'the_attention' (Attention)", "softmax_precision 10; only float (1) is"}},
    {"attention_past", kUnsupported, {"node 'the_attention' (Attention)", "input 4 (past_key)"}},
    {"attention_scores_read", kUnsupported, {"node 'the_attention' (Attention)", "output 3 ('y')"}},
    {"conv_image_on_signal", kBad, {"node 'the_conv' (Conv)", "weights of 4 dimensions for an input of three, [N, C, length]"}},
    {"conv_1d_pads", kBad, {"node 'the_conv' (Conv)", "pads has 4 numbers, and should have 2"}},
    {"conv_volume", kUnsupported, {"node 'the_conv' (Conv)", "weights of 5 dimensions, not 4"}},
    {"pool_1d_kernel", kBad, {"node 'the_maxpool' (MaxPool)", "kernel_shape has 2 numbers, and should have 1"}},
    {"pool_volume", kUnsupported, {"node 'the_averagepool' (AveragePool)", "that is not [1, C, H, W]"}},
    {"resize_volume", kUnsupported, {"node 'the_resize' (Resize)", "mode 'linear' along 3 axes"}},
    {"grid_sample_mode", kBad, {"node 'the_gridsample' (GridSample)", "mode 'area' is none of linear"}},
    {"grid_sample_padding", kBad, {"node 'the_gridsample' (GridSample)", "padding_mode 'wrap' is none of zeros, border"}},
    {"grid_sample_points", kBad, {"node 'the_gridsample' (GridSample)", "a grid of [1, 3, 5, 3]; [1, height"}},
    {"grid_sample_batch", kBad, {"node 'the_gridsample' (GridSample)", "a grid of [2, 3, 5, 2]; [1, height"}},
    {"grid_sample_computed",
     kUnsupported,
     {"node 'the_gridsample' (GridSample)", "input 1 ('x') that is computed, not constant"}},
};

std::string path_of(const std::string& name) { return "tests/reference/bad/" + name + ".onnx"; }

std::optional<Error> refusal(std::span<const std::byte> bytes) {
  try {
    load_network({bytes.begin(), bytes.end()});
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

TEST_CASE("bad models are refused in one line that says why", "[bad]") {
  for (const Refused& model : kModels) {
    INFO(model.name);
    const std::optional<Error> error = refusal(test::read_bytes(path_of(model.name)));
    REQUIRE(error);
    const std::string message = error->what();
    INFO(message);
    CHECK(std::string(error_code_name(error->code())) == error_code_name(model.code));
    for (const std::string& part : model.says) CHECK_THAT(message, Catch::Matchers::ContainsSubstring(part));
    CHECK(message.find('\n') == std::string::npos);
  }
}

TEST_CASE("every bad model of the folder is in the table", "[bad]") {
  std::set<std::string> listed, found;
  for (const Refused& model : kModels) listed.insert(model.name);
  for (const auto& entry : std::filesystem::directory_iterator(test::source_path("tests/reference/bad"))) {
    found.insert(entry.path().stem().string());
  }
  CHECK(found == listed);
}

TEST_CASE("a model cut off anywhere is refused", "[bad]") {
  for (const char* name : {"inverted_residual", "reduce_mean_axes_input", "stored_float16_in_int32_data"}) {
    const std::vector<std::byte> whole = test::read_bytes(std::string("tests/reference/operators/") + name + "/model.onnx");
    REQUIRE(!refusal(whole));
    size_t accepted = 0;
    for (size_t length = 0; length < whole.size(); ++length) accepted += !refusal(std::span(whole).first(length));
    INFO(name);
    CHECK(accepted == 0);
  }
}

// Meant for the sanitizers: whatever a few wrong bytes make of a model, it runs or is refused, and nothing else happens.
TEST_CASE("damaged models are run or refused", "[bad]") {
  std::mt19937 random(7);
  int refused = 0, run = 0;
  for (const char* name : {"inverted_residual",
                           "pad_before_conv",
                           "max_pool_ceil_padded",
                           "concat_height",
                           "prelu_one_slope",
                           "slice_steps",
                           "split_rows",
                           "pad_wrap",
                           "pad_cropping",
                           "depth_to_space",
                           "reduce_sum_leaving_rows",
                           "attention_operator_mask",
                           "einsum_relative_positions",
                           "gather_nd_tokens",
                           "conv_1d_grouped",
                           "layer_norm_windows",
                           "network_swin",
                           "attention_operator_shared_keys_of_rank_3",
                           "grid_sample_bicubic",
                           "where_values",
                           "lrn",
                           "squeeze_column",
                           "conv_transpose_padded",
                           "resize_cubic"}) {
    const std::vector<std::byte> whole = test::read_bytes(std::string("tests/reference/operators/") + name + "/model.onnx");
    for (int trial = 0; trial < 200; ++trial) {
      std::vector<std::byte> damaged = whole;
      for (int k = 0; k <= trial % 4; ++k) damaged[random() % damaged.size()] = static_cast<std::byte>(random());
      try {
        const auto network = load_network(damaged);
        size_t largest = network->input_shape().size();
        for (const Network::Step& step : network->steps()) largest = std::max(largest, step.layer->output().size());
        if (largest > 1 << 20) continue;  // sound, but slow
        Workspace workspace(network);
        std::ranges::fill(workspace.input(), 1.f);
        workspace.forward();
        workspace.backward(std::vector<float>(static_cast<size_t>(network->classes()), 1.f), Rule::kGuided);
        ++run;
      } catch (const Error&) {
        ++refused;
      }
    }
  }
  CHECK(run > 100);
  CHECK(refused > 100);
}

}  // namespace
}  // namespace smoothgrad
