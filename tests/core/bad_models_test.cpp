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
    {"text", kBad, {"not a complete ONNX file"}},
    {"picture", kBad, {"not a complete ONNX file"}},
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
    {"unknown_operator", kUnsupported, {"node 'recurrent'", "LSTM", "supported are Add, "}},
    {"transposed_convolution", kUnsupported, {"node 'the_convtranspose'", "ConvTranspose", "supported are Add, "}},
    {"cycle", kBad, {"node 'first' (Add)", "'b'", "out of order"}},
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
    {"pad_batch", kUnsupported, {"node 'the_pad' (Pad)", "padding of batch or channels"}},
    {"pad_reflect", kUnsupported, {"node 'the_pad' (Pad)", "'constant'"}},
    {"pad_computed", kUnsupported, {"node 'the_pad' (Pad)", "'p') that is computed"}},
    {"add_shapes", kBad, {"node 'the_add' (Add)", "5 against 4"}},
    {"add_empty", kBad, {"node 'the_add' (Add)", "without elements"}},
    {"add_integers", kUnsupported, {"node 'the_add' (Add)", "integer arithmetic"}},
    {"concat_shapes", kBad, {"node 'the_concat' (Concat)", "input 1 differs"}},
    {"concat_batch", kUnsupported, {"node 'the_concat' (Concat)", "axis 0"}},
    {"batch_norm_channels", kBad, {"node 'the_batchnormalization' (BatchNormalization)", "one float a channel"}},
    {"batch_norm_training", kUnsupported, {"node 'the_batchnormalization' (BatchNormalization)", "training_mode"}},
    {"clip_upside_down", kBad, {"node 'the_clip' (Clip)", "its minimum is above its maximum"}},
    {"prelu_slopes", kUnsupported, {"node 'the_prelu' (PRelu)", "slopes other than one, or one a channel"}},
    {"gemm_inputs", kBad, {"node 'the_gemm' (Gemm)", "weights for 10 inputs, but 9 arrive"}},
    {"gemm_integers", kBad, {"node 'the_gemm' (Gemm)", "input 1 holds integers"}},
    {"gemm_image", kUnsupported, {"node 'the_gemm' (Gemm)", "flatten it before"}},
    {"gemm_bias", kBad, {"node 'the_gemm' (Gemm)", "the bias"}},
    {"gemm_trans_a", kUnsupported, {"node 'the_gemm' (Gemm)", "transA"}},
    {"reduce_channels", kUnsupported, {"node 'the_reducemean' (ReduceMean)", "other axes than height and width"}},
    {"reshape_size", kBad, {"node 'the_reshape' (Reshape)", "a shape of 100 elements for an input of 105"}},
    {"reshape_overflow", kBad, {"node 'the_reshape' (Reshape)", "an impossible shape"}},
    {"reshape_unknown", kUnsupported, {"node 'the_reshape' (Reshape)", "a shape other than"}},
    {"flatten_axis", kUnsupported, {"node 'the_flatten' (Flatten)", "an axis other than 1"}},
    {"softmax_axis", kUnsupported, {"node 'the_softmax' (Softmax)", "an axis other than the channels"}},
    {"constant_text", kUnsupported, {"node 'the_constant' (Constant)", "no tensor, float, int or ints"}},
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
  for (const char* name :
       {"inverted_residual", "pad_before_conv", "max_pool_ceil_padded", "concat_height", "prelu_one_slope"}) {
    const std::vector<std::byte> whole = test::read_bytes(std::string("tests/reference/operators/") + name + "/model.onnx");
    for (int trial = 0; trial < 300; ++trial) {
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
