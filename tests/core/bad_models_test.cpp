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
    {"output_is_image", kUnsupported, {"the output 'y' is an image of 5 x 3"}},
    {"output_is_input", kBad, {"the output 'y' is the input"}},
    {"output_without_input", kBad, {"the output does not depend on the input"}},
    {"two_inputs", kUnsupported, {"2 inputs"}},
    {"open_size", kBad, {"input 'x' [1, 3, ?, ?] leaves its height and width open", "option size", "--input-size"}},
    {"huge_input", kBad, {"input 'x' has more than"}},
    {"three_dimensions", kBad, {"input 'x' must be of fixed size [N, C, H, W]"}},
    {"unknown_operator", kUnsupported, {"node 'recurrent'", "LSTM", "supported are Abs, "}},
    {"unknown_attention", kUnsupported, {"node 'the_attention'", "Attention", "supported are Abs, "}},
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
    {"pad_batch", kUnsupported, {"node 'the_pad' (Pad)", "padding of the batch"}},
    {"pad_mode", kBad, {"node 'the_pad' (Pad)", "mode 'symmetric' is none of"}},
    {"pad_reflect_far", kBad, {"node 'the_pad' (Pad)", "fewer than the elements"}},
    {"pad_reflect_cropping", kUnsupported, {"node 'the_pad' (Pad)", "negative pads (cropping) in mode 'reflect'"}},
    {"pad_count", kBad, {"node 'the_pad' (Pad)", "pads must be two an axis"}},
    {"pad_to_nothing", kBad, {"node 'the_pad' (Pad)", "leave nothing"}},
    {"pad_computed", kUnsupported, {"node 'the_pad' (Pad)", "'p') that is computed"}},
    {"add_shapes", kBad, {"node 'the_add' (Add)", "5 against 4"}},
    {"add_empty", kBad, {"node 'the_add' (Add)", "without elements"}},
    {"add_integers", kUnsupported, {"node 'the_add' (Add)", "integer arithmetic"}},
    {"concat_shapes", kBad, {"node 'the_concat' (Concat)", "input 1 differs"}},
    {"concat_batch", kUnsupported, {"node 'the_concat' (Concat)", "axis 0"}},
    {"batch_norm_channels", kBad, {"node 'the_batchnormalization' (BatchNormalization)", "one float a channel"}},
    {"batch_norm_training", kUnsupported, {"node 'the_batchnormalization' (BatchNormalization)", "training_mode"}},
    {"clip_upside_down", kBad, {"node 'the_clip' (Clip)", "its minimum is above its maximum"}},
    {"prelu_slopes", kBad, {"node 'the_prelu' (PRelu)", "5 against 2"}},
    {"prelu_slopes_batch", kUnsupported, {"node 'the_prelu' (PRelu)", "a batch dimension"}},
    {"gemm_inputs", kBad, {"node 'the_gemm' (Gemm)", "weights for 10 inputs, but 9 arrive"}},
    {"gemm_integers", kBad, {"node 'the_gemm' (Gemm)", "input 1 holds integers"}},
    {"gemm_image", kUnsupported, {"node 'the_gemm' (Gemm)", "flatten it before"}},
    {"gemm_bias", kBad, {"node 'the_gemm' (Gemm)", "the bias"}},
    {"gemm_trans_a", kUnsupported, {"node 'the_gemm' (Gemm)", "transA"}},
    {"reduce_to_three", kUnsupported, {"node 'the_reducemean' (ReduceMean)", "keepdims 0 that leaves 3 dimensions"}},
    {"reduce_to_one", kUnsupported, {"node 'the_reducemax' (ReduceMax)", "keepdims 0 that leaves 1 dimensions"}},
    {"reduce_batch", kUnsupported, {"node 'the_reducesum' (ReduceSum)", "axis 0, the batch"}},
    {"reduce_axis", kBad, {"node 'the_reducel2' (ReduceL2)", "axis 4 of a value of 4 dimensions"}},
    {"reduce_axis_twice", kBad, {"node 'the_reducemin' (ReduceMin)", "axis -3 twice"}},
    {"reduce_everything", kUnsupported, {"node 'the_reducemean' (ReduceMean)", "over the batch too"}},
    {"reduce_norm_of_nothing", kUnsupported, {"node 'the_reducel1' (ReduceL1)", "noop_with_empty_axes"}},
    {"reduce_computed_axes", kUnsupported, {"node 'the_reducesum' (ReduceSum)", "'a') that is computed"}},
    {"reshape_size", kBad, {"node 'the_reshape' (Reshape)", "a shape of 100 elements for an input of 105"}},
    {"reshape_overflow", kBad, {"node 'the_reshape' (Reshape)", "an impossible shape"}},
    {"reshape_unknown", kUnsupported, {"node 'the_reshape' (Reshape)", "a shape other than"}},
    {"flatten_axis", kUnsupported, {"node 'the_flatten' (Flatten)", "an axis other than 1"}},
    {"softmax_axis", kUnsupported, {"node 'the_softmax' (Softmax)", "axis 0, the batch"}},
    {"softmax_old_axis", kUnsupported, {"node 'the_softmax' (Softmax)", "an axis other than 1 before opset 13"}},
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
    {"gemm_bias_column", kUnsupported, {"node 'the_gemm' (Gemm)", "a bias other than one number, [M] or [1, M]"}},
    {"gelu_approximate", kBad, {"node 'the_gelu' (Gelu)", "approximate 'sigmoid' is neither"}},
    {"celu_zero", kBad, {"node 'the_celu' (Celu)", "alpha must not be 0"}},
    {"add_rank", kUnsupported, {"node 'the_add' (Add)", "operands of different rank"}},
    {"add_more_dimensions", kUnsupported, {"node 'the_add' (Add)", "3 dimensions beside a value of 2"}},
    {"add_batch", kUnsupported, {"node 'the_add' (Add)", "a batch dimension"}},
    {"where_computed", kUnsupported, {"node 'the_where' (Where)", "'c') that is computed"}},
    {"where_shapes", kBad, {"node 'the_where' (Where)", "7 against 2"}},
    {"max_nothing", kBad, {"node 'the_max' (Max)", "at least one operand"}},
    {"lrn_size", kBad, {"node 'the_lrn' (LRN)", "size"}},
    {"lp_normalization_p", kBad, {"node 'the_lpnormalization' (LpNormalization)", "p must be 1 or 2"}},
    {"lp_normalization_axis", kUnsupported, {"node 'the_lpnormalization' (LpNormalization)", "axis 0, the batch"}},
    {"global_lp_pool_p", kBad, {"node 'the_globallppool' (GlobalLpPool)", "p must be 1 or more"}},
    {"global_pool_vector", kUnsupported, {"node 'the_globalaveragepool' (GlobalAveragePool)", "not [N, C, H, W]"}},
    {"instance_norm_channels", kBad, {"node 'the_instancenormalization' (InstanceNormalization)", "one float a channel"}},
    {"slice_batch", kUnsupported, {"node 'the_slice' (Slice)", "axis 0, the batch"}},
    {"slice_step_zero", kBad, {"node 'the_slice' (Slice)", "a step of 0"}},
    {"slice_to_nothing", kBad, {"node 'the_slice' (Slice)", "a slice without elements"}},
    {"slice_lists", kBad, {"node 'the_slice' (Slice)", "must be as many"}},
    {"split_batch", kUnsupported, {"node 'the_split' (Split)", "axis 0, the batch"}},
    {"split_sizes", kBad, {"node 'the_split' (Split)", "together the 3 of the axis"}},
    {"split_unequal", kBad, {"node 'the_split' (Split)", "would not be equal"}},
    {"split_count", kBad, {"node 'the_split' (Split)", "num_outputs"}},
    {"depth_to_space_channels", kBad, {"node 'the_depthtospace' (DepthToSpace)", "blocks of that size"}},
    {"depth_to_space_mode", kBad, {"node 'the_depthtospace' (DepthToSpace)", "mode 'RCD'"}},
    {"space_to_depth_size", kBad, {"node 'the_spacetodepth' (SpaceToDepth)", "blocks of that size"}},
    {"transpose_batch", kUnsupported, {"node 'the_transpose' (Transpose)", "a perm that moves the batch"}},
    {"transpose_perm", kBad, {"node 'the_transpose' (Transpose)", "each axis once"}},
    {"squeeze_no_axes", kUnsupported, {"node 'the_squeeze' (Squeeze)", "no axes"}},
    {"squeeze_pixels", kBad, {"node 'the_squeeze' (Squeeze)", "axis 2 is of 7 elements"}},
    {"squeeze_to_three", kUnsupported, {"node 'the_squeeze' (Squeeze)", "anything but [N, C, H, W] of [N, C]"}},
    {"unsqueeze_image", kUnsupported, {"node 'the_unsqueeze' (Unsqueeze)", "not [N, C]"}},
    {"unsqueeze_to_three", kUnsupported, {"node 'the_unsqueeze' (Unsqueeze)", "anything but [N, C, H, W] of [N, C]"}},
    {"conv_vector", kUnsupported, {"node 'the_conv' (Conv)", "not [N, C, H, W]"}},
    {"pool_vector", kUnsupported, {"node 'the_maxpool' (MaxPool)", "not [N, C, H, W]"}},
    {"lp_pool_p", kBad, {"node 'the_lppool' (LpPool)", "p must be 1 or more"}},
    {"lp_pool_one_dimension", kBad, {"node 'the_lppool' (LpPool)", "kernel_shape must be two numbers"}},
    {"resize_antialias", kUnsupported, {"node 'the_resize' (Resize)", "antialias"}},
    {"resize_exclude_outside", kUnsupported, {"node 'the_resize' (Resize)", "exclude_outside"}},
    {"resize_aspect", kUnsupported, {"node 'the_resize' (Resize)", "keep_aspect_ratio_policy 'not_larger'"}},
    {"resize_crop", kUnsupported, {"node 'the_resize' (Resize)", "'tf_crop_and_resize'"}},
    {"resize_mode", kBad, {"node 'the_resize' (Resize)", "mode 'area'"}},
    {"resize_nearest_mode", kBad, {"node 'the_resize' (Resize)", "nearest_mode 'round'"}},
    {"resize_corners", kUnsupported, {"node 'the_resize' (Resize)", "align_corners"}},
    {"resize_batch", kUnsupported, {"node 'the_resize' (Resize)", "the batch"}},
    {"resize_channels", kUnsupported, {"node 'the_resize' (Resize)", "another number of channels"}},
    {"resize_count", kBad, {"node 'the_resize' (Resize)", "one an axis"}},
    {"resize_to_nothing", kBad, {"node 'the_resize' (Resize)", "without elements"}},
    {"resize_no_scales", kBad, {"node 'the_resize' (Resize)", "neither scales nor sizes"}},
    {"reshape_allow_zero", kBad, {"node 'the_reshape' (Reshape)", "a dimension of 0 elements"}},
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
  for (const char* name : {"inverted_residual", "pad_before_conv", "max_pool_ceil_padded", "concat_height", "prelu_one_slope",
                           "slice_steps", "split_rows", "pad_wrap", "pad_cropping", "depth_to_space", "reduce_sum_leaving_rows",
                           "where_values", "lrn", "squeeze_column", "conv_transpose_padded", "resize_cubic"}) {
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
