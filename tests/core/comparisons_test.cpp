// Baselines, and the references that methods are compared with: Grad-CAM, occlusion, randomised weights.
#include <catch_amalgamated.hpp>
#include <cmath>
#include <numbers>

#include "core/attribution/grad_cam.h"
#include "core/attribution/occlusion.h"
#include "core/image/baseline.h"
#include "core/network/randomise.h"
#include "tests/core/smooth_network.h"

namespace smoothgrad {
namespace {

using namespace test;

TEST_CASE("baselines are grey, black and blurred", "[baseline]") {
  Preprocessing preprocessing;
  preprocessing.crop = {32, 16, 2};
  preprocessing.mean = {127, 100};
  preprocessing.std = {128, 50};
  std::vector<float> input(preprocessing.crop.size(), 0.25f);
  CHECK(make_baseline("zero", input, preprocessing) == std::vector<float>(input.size(), 0.f));
  const auto black = make_baseline("black", input, preprocessing);
  CHECK(black[0] == -127 / 128.f);
  CHECK(black[1] == -2);
  for (float value : make_baseline("blurred", input, preprocessing)) CHECK(value == Catch::Approx(0.25f));
  input.assign(input.size(), 0.f);
  input[2 * (16 * 16 + 8)] = 1;  // an impulse of channel 0 in the middle of the image
  const auto blurred = make_baseline("blurred", input, preprocessing);
  CHECK(blurred[2 * (16 * 16 + 8)] == Catch::Approx(1 / (2 * std::numbers::pi)).epsilon(0.02));  // sigma is one pixel
  CHECK(sum_of(blurred) == Catch::Approx(1));
  CHECK(blurred[2 * (16 * 16 + 8) + 1] == 0);
  CHECK_THROWS_WITH(make_baseline("white", input, preprocessing),
                    Catch::Matchers::ContainsSubstring("there is zero, black, blurred"));
}

TEST_CASE("Integrated Gradients from any baseline add up to the difference of the scores", "[baseline]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  ExplainOptions options = options_of("integrated-gradients", 0, 1);
  options.steps = 200;
  options.baseline = random_floats(input.size(), 10);
  Lanes run(network, input, options);
  const double sum = sum_of(finish(run));
  Workspace workspace(network);
  CHECK(sum == Catch::Approx(score_at(workspace, input, 0) - score_at(workspace, options.baseline, 0)).epsilon(1e-3));
}

// x -> conv 1x1 with weights 2 and -1 -> Relu -> global mean: S = mean(relu(2 a - b)).
std::shared_ptr<const Network> one_unit_network() {
  Graph graph;
  graph.opset = 17;
  graph.nodes = {{"conv", "Conv", {"x", "w"}, {"a"}, {}},
                 {"relu", "Relu", {"a"}, {"b"}, {}},
                 {"mean", "GlobalAveragePool", {"b"}, {"y"}, {}}};
  graph.constants = {{"w", floats({1, 2, 1, 1}, {2, -1})}};
  graph.inputs = {{"x", {1, 2, 4, 4}}};
  graph.outputs = {{"y", {}}};
  return std::make_shared<const Network>(graph);
}

TEST_CASE("Grad-CAM weighs activations by the mean of their gradient", "[grad-cam]") {
  const auto network = one_unit_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 1);
  const auto layers = grad_cam_layers(*network);
  REQUIRE(layers.size() == 1);  // the mean is no image, the Relu is part of the convolution
  const auto map = grad_cam(network, input, 0, std::nullopt, layers[0].step);
  for (size_t p = 0; p < 16; ++p) {
    // alpha = 1 / 16; the layer is as large as the input, so nothing is interpolated.
    CHECK(map[p] == Catch::Approx(std::max(2 * input[2 * p] - input[2 * p + 1], 0.f) / 16).margin(1e-7));
  }
  CHECK_THROWS_WITH(grad_cam(network, input, 0, std::nullopt, 7), Catch::Matchers::ContainsSubstring("layer 7"));
}

TEST_CASE("Grad-CAM is enlarged between pixel centres", "[grad-cam]") {
  Graph graph;
  graph.opset = 17;
  graph.nodes = {{"pool", "AveragePool", {"x"}, {"a"}, {{"kernel_shape", list({2, 2})}, {"strides", list({2, 2})}}},
                 {"mean", "GlobalAveragePool", {"a"}, {"y"}, {}}};
  graph.inputs = {{"x", {1, 1, 2, 4}}};
  graph.outputs = {{"y", {}}};
  const auto network = std::make_shared<const Network>(graph);
  const std::vector<float> input = {0, 0, 4, 4, 0, 0, 4, 4};  // pooled: 0 and 4; alpha = 1 / 2
  CHECK(grad_cam(network, input, 0, std::nullopt, 0) == std::vector<float>{0, 0.5f, 1.5f, 2, 0, 0.5f, 1.5f, 2});
}

// x [1, 1, 2, 4] -> patches of 1 x 1 as tokens [1, 8, 1], a class token before them -> values v = 3 t, of which the mean by a
// constant attention of 1 / 9 each is the score of the class token.
std::shared_ptr<const Network> token_network() {
  Graph graph;
  graph.opset = 17;
  graph.nodes = {{"reshape", "Reshape", {"x", "dims"}, {"t"}, {}},
                 {"concat", "Concat", {"class", "t"}, {"a"}, {{"axis", number(1)}}},
                 {"values", "Mul", {"a", "three"}, {"v"}, {}},
                 {"queries", "Mul", {"a", "zero"}, {"q"}, {}},
                 {"keys", "Transpose", {"a"}, {"k"}, {{"perm", list({0, 2, 1})}}},
                 {"scores", "MatMul", {"q", "k"}, {"s"}, {}},
                 {"softmax", "Softmax", {"s"}, {"p"}, {}},
                 {"mix", "MatMul", {"p", "v"}, {"m"}, {}},
                 {"tanh", "Tanh", {"m"}, {"n"}, {}},
                 {"first", "Gather", {"n", "index"}, {"y"}, {{"axis", number(1)}}}};
  graph.constants = {{"dims", integers({1, 8, 1})},
                     {"class", floats({1, 1, 1}, {0.5f})},
                     {"three", floats({}, {3})},
                     {"zero", floats({}, {0})},
                     {"index", integers({0})}};
  graph.inputs = {{"x", {1, 1, 2, 4}}};
  graph.outputs = {{"y", {}}};
  return std::make_shared<const Network>(graph);
}

TEST_CASE("Grad-CAM takes tokens before the last attention for an image, without the first", "[grad-cam]") {
  const auto network = token_network();
  const auto layers = grad_cam_layers(*network);
  std::vector<std::string> names;
  for (const GradCamLayer& layer : layers) {
    names.push_back(layer.name);
    CHECK(layer.shape == Shape{2, 4, 1});
  }
  // Neither the scores [1, 9, 9], nor what is behind the last product, where only the first token counts.
  CHECK(names == std::vector<std::string>{"concat", "values", "queries"});
  const std::vector<float> input = random_floats(8, 1, 0, 1);
  float sum = 0.5f;
  for (float pixel : input) sum += pixel;
  const float tanh = std::tanh(sum / 3), alpha = (1 - tanh * tanh) / 9;  // of each value
  const auto map = grad_cam(network, input, 0, std::nullopt, layers[1].step);
  for (size_t p = 0; p < 8; ++p) CHECK(map[p] == Catch::Approx(alpha * 3 * input[p]));
}

TEST_CASE("Grad-CAM lists what has the input's pixels innermost or outermost, and no lines", "[grad-cam]") {
  Graph graph;
  graph.opset = 17;
  graph.nodes = {{"conv", "Conv", {"x", "w"}, {"a"}, {}},
                 {"last", "Transpose", {"a"}, {"b"}, {{"perm", list({0, 2, 3, 1})}}},
                 {"linear", "MatMul", {"b", "m"}, {"c"}, {}},
                 {"columns", "ReduceMean", {"a"}, {"d"}, {{"axes", list({2})}}},
                 {"tanh", "Tanh", {"d"}, {"e"}, {}},
                 {"rows", "ReduceMean", {"e"}, {"f"}, {{"axes", list({3})}}},
                 {"all", "ReduceMean", {"c"}, {"g"}, {{"axes", list({1, 2})}}},
                 {"flat", "Flatten", {"f"}, {"h"}, {}},
                 {"flat too", "Flatten", {"g"}, {"i"}, {}},
                 {"add", "Add", {"h", "i"}, {"y"}, {}}};
  graph.constants = {{"w", random_constant({3, 2, 1, 1}, 1)}, {"m", random_constant({3, 3}, 2)}};
  graph.inputs = {{"x", {1, 2, 4, 8}}};
  graph.outputs = {{"y", {}}};
  const auto layers = grad_cam_layers(Network(graph));
  REQUIRE(layers.size() == 2);
  CHECK(layers[0].name == "conv");
  CHECK(layers[1].name == "linear");
  CHECK(layers[1].shape == Shape{4, 8, 3});
}

TEST_CASE("occlusion shows how far the score falls without each square", "[occlusion]") {
  const auto network = one_unit_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 1);
  OcclusionOptions options;
  options.size = 2;
  options.stride = 2;
  Occlusion occlusion(network, input, options);
  CHECK(occlusion.goal() == 4);
  while (occlusion.step()) {
  }
  const auto map = occlusion.map();
  for (size_t y = 0; y < 4; ++y) {
    for (size_t x = 0; x < 4; ++x) {
      double fall = 0;
      for (size_t p :
           {y / 2 * 8 + x / 2 * 2, y / 2 * 8 + x / 2 * 2 + 1, y / 2 * 8 + x / 2 * 2 + 4, y / 2 * 8 + x / 2 * 2 + 5}) {
        fall += std::max(2 * input[2 * p] - input[2 * p + 1], 0.f) / 16.0;
      }
      CHECK(map[4 * y + x] == Catch::Approx(fall).margin(1e-6));
    }
  }
  options.stride = 3;
  CHECK_THROWS_WITH(Occlusion(network, input, options), Catch::Matchers::ContainsSubstring("stride"));
  options.size = 5;
  CHECK_THROWS_WITH(Occlusion(network, input, options), Catch::Matchers::ContainsSubstring("size"));
}

TEST_CASE("references are rows of the table of methods, and run by it", "[grad-cam][occlusion]") {
  const auto network = one_unit_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 1);
  const auto run_of = [&](const char* name, std::vector<std::optional<int>> own) {
    const Method& method = find_method(name);
    REQUIRE(!method.sampled());
    for (size_t i = 0; i < own.size(); ++i) own[i] = own[i] ? own[i] : method.own_options[i].value;
    return method.make(network, input, {0, std::nullopt, {}, std::move(own)});
  };
  const auto cam = run_of("grad-cam", {std::nullopt});
  CHECK(cam->done() == 0);
  CHECK(cam->map() == std::vector<float>(16, 0.f));
  CHECK(!cam->step());
  CHECK(cam->done() == cam->goal());
  CHECK(cam->map() == grad_cam(network, input, 0, std::nullopt, 0));
  CHECK(!cam->is_signed());
  CHECK_THROWS_WITH(run_of("grad-cam", {1}), Catch::Matchers::ContainsSubstring("layer must be a whole number from 0 to 0"));
  CHECK_THROWS_WITH(run_of("occlusion", {std::nullopt, std::nullopt}), Catch::Matchers::ContainsSubstring("from 1 to 4"));

  OcclusionOptions options;
  options.size = 3;
  options.stride = 2;
  Occlusion direct(network, input, options);
  const auto occlusion = run_of("occlusion", {3, 2});
  while (occlusion->step()) CHECK(direct.step());
  CHECK(!direct.step());
  CHECK(occlusion->goal() == 4);
  CHECK(occlusion->done() == 4);
  CHECK(occlusion->map() == direct.map());
  CHECK(occlusion->is_signed());

  CHECK(sampled_methods().size() + references().size() == methods().size());
  for (const Method& method : sampled_methods()) CHECK(method.sampled());
  for (const Method& method : references()) CHECK(!method.sampled());
  CHECK_THROWS_WITH(find_sampled_method("occlusion"), Catch::Matchers::EndsWith("smoothgrad-absolute"));
  CHECK_THROWS_WITH(find_method("magic"), Catch::Matchers::EndsWith("grad-cam, occlusion"));
}

TEST_CASE("overlapping squares cover every pixel, the last flush with the border", "[occlusion]") {
  OcclusionOptions options;
  options.size = 3;
  options.stride = 2;
  const auto network = one_unit_network();
  Occlusion occlusion(network, std::vector<float>(network->input_shape().size(), 1.f), options);
  CHECK(occlusion.goal() == 4);
  while (occlusion.step()) {
  }
  for (float value : occlusion.map()) CHECK(value == Catch::Approx(9 / 16.0));
}

TEST_CASE("randomised weights keep their mean and deviation, from the last layer down", "[randomise]") {
  Graph graph = smooth_network_graph();
  const Graph before = graph;
  CHECK(count_weighted_layers(graph) == 2);
  randomise_weights(graph, 1, 7);
  CHECK(graph.constants["w1"].floats == before.constants.at("w1").floats);
  CHECK(graph.constants["w2"].floats != before.constants.at("w2").floats);
  const auto deviation = [](const std::vector<float>& values) {
    double sum = 0, squares = 0;
    for (float value : values) sum += value, squares += static_cast<double>(value) * value;
    const double n = static_cast<double>(values.size());
    return std::sqrt(squares / n - sum / n * sum / n);
  };
  CHECK(deviation(graph.constants["w2"].floats) == Catch::Approx(deviation(before.constants.at("w2").floats)).epsilon(0.15));
  Graph again = before;
  randomise_weights(again, 2, 7);
  CHECK(again.constants["w2"].floats == graph.constants["w2"].floats);
  CHECK(again.constants["w1"].floats != before.constants.at("w1").floats);
  CHECK_THROWS_WITH(randomise_weights(again, 3, 7), Catch::Matchers::ContainsSubstring("from 0 to 2"));
}

}  // namespace
}  // namespace smoothgrad
