// What is trained: weight and input gradients against central differences of the loss, layer by layer and of the whole network;
// pooling and ReLU element by element; one step of Adam against PyTorch's figures.
#include <algorithm>
#include <catch_amalgamated.hpp>

#include "core/training/adam.h"
#include "core/training/cross_entropy.h"
#include "core/training/network.h"
#include "tests/core/npy.h"
#include "tests/core/one_node.h"

namespace smoothgrad::training {
namespace {

using test::random_floats;

// Buffers of one layer and a batch of `images`; the score is sum_i s_i y_i for random s.
struct OneLayer {
  std::unique_ptr<const Layer> layer;
  size_t images;
  std::vector<float> parameters, input, output, saved, seed;

  explicit OneLayer(std::unique_ptr<const Layer> tested, size_t count = 3) : layer(std::move(tested)), images(count) {
    parameters = random_floats(layer->weight_count() + layer->bias_count(), 1);
    output.resize(images * layer->output().size());
    saved.resize(images * layer->saved_size());
    seed = random_floats(output.size(), 2);
    // Far from ties and from kinks: multiples of 1/16, moved off zero, in random order.
    input.resize(images * layer->input().size());
    for (size_t i = 0; i < input.size(); ++i) {
      input[i] = (static_cast<float>(i) - static_cast<float>(input.size()) / 2 + 0.37f) / 16;
    }
    std::shuffle(input.begin(), input.end(), std::mt19937(7));
  }

  double score() {
    layer->forward({images, parameters, input.data(), output.data(), saved.data()});
    double sum = 0;
    for (size_t i = 0; i < output.size(); ++i) sum += static_cast<double>(output[i]) * seed[i];
    return sum;
  }

  // ||central differences - gradient|| / ||central differences|| over all elements of `values`
  double error(std::vector<float>& values, const std::vector<float>& gradient) {
    constexpr float h = 1.f / 64;
    double error = 0, norm = 0;
    for (size_t i = 0; i < values.size(); ++i) {
      const float value = values[i];
      values[i] = value + h;
      const double above = score();
      values[i] = value - h;
      const double difference = (above - score()) / (2 * static_cast<double>(h));
      values[i] = value;
      error += (difference - gradient[i]) * (difference - gradient[i]);
      norm += difference * difference;
    }
    return std::sqrt(error / norm);
  }
};

struct Case {
  const char* name;
  std::unique_ptr<const Layer> (*make)();
};

const Case kCases[] = {
    {"convolution 5x5", [] { return make_convolution({9, 8, 3}, 5, 5, 4); }},
    {"convolution 5x5 of one channel", [] { return make_convolution({12, 12, 1}, 5, 5, 6); }},
    {"convolution 2x3", [] { return make_convolution({4, 7, 2}, 2, 3, 5); }},
    {"convolution 1x1", [] { return make_convolution({3, 5, 7}, 1, 1, 3); }},
    {"linear on an image", [] { return make_linear({4, 3, 5}, 7); }},
    {"linear on a vector", [] { return make_linear({1, 1, 19}, 10); }},
    {"relu", [] { return make_relu({5, 3, 2}); }},
    {"max pool", [] { return make_max_pool({6, 8, 3}); }},
    {"max pool of an odd size", [] { return make_max_pool({5, 7, 2}); }},
};

TEST_CASE("gradients of weights, biases and inputs agree with central differences", "[training]") {
  const size_t i = GENERATE(range(size_t{0}, std::size(kCases)));
  INFO(kCases[i].name);
  OneLayer one(kCases[i].make());
  std::vector<float> grad_input(one.input.size(), 7.f), grad_parameters(one.parameters.size(), 7.f);
  one.score();
  one.layer->backward({one.images, one.parameters, one.input.data(), one.output.data(), one.saved.data(), one.seed.data(),
                       grad_input.data(), grad_parameters});
  CHECK(one.error(one.input, grad_input) < 1e-3);
  if (!one.parameters.empty()) CHECK(one.error(one.parameters, grad_parameters) < 1e-3);
}

TEST_CASE("the first maximum of a window gets the gradient, also of negative ones", "[training]") {
  const auto pool = make_max_pool({2, 4, 1});
  const std::vector<float> input = {-3, -2, 5, 5, -2, -4, 5, 1};  // rows of 4
  std::vector<float> output(2), grad_input(8);
  pool->forward({1, {}, input.data(), output.data(), nullptr});
  CHECK(output == std::vector<float>{-2, 5});
  const std::vector<float> grad = {1, 10};
  pool->backward({1, {}, input.data(), output.data(), nullptr, grad.data(), grad_input.data(), {}});
  CHECK(grad_input == std::vector<float>{0, 1, 10, 0, 0, 0, 0, 0});
}

TEST_CASE("softmax cross-entropy: loss, hits and gradient", "[training]") {
  // softmax(0, ln 2, ln 5) = (1, 2, 5) / 8
  std::vector<float> logits = {0, std::log(2.f), std::log(5.f), 1000, 1000 + std::log(3.f), 0};
  const std::vector<uint8_t> labels = {1, 1};
  const Score score = softmax_cross_entropy(logits, labels, 0.5f);
  CHECK(score.loss == Catch::Approx(std::log(4.0) + std::log(4.0 / 3)));
  CHECK(score.correct == 1);
  const float expected[] = {1 / 16.f, -3 / 8.f, 5 / 16.f, 1 / 8.f, -1 / 8.f, 0};
  for (size_t i = 0; i < logits.size(); ++i) CHECK(logits[i] == Catch::Approx(expected[i]).margin(1e-5));
}

constexpr NetworkSize kSmall = {{16, 16, 2}, 3, 4, 6, 5};

// Loss summed over images, and its gradient.
double loss_and_gradient(Workspace& workspace, std::span<const float> input, std::span<const uint8_t> labels,
                         std::span<const float> parameters, std::span<float> gradient, float scale) {
  std::ranges::copy(input, workspace.input(labels.size()).begin());
  const double loss = softmax_cross_entropy(workspace.forward(labels.size(), parameters), labels, scale).loss;
  workspace.backward(labels.size(), parameters, gradient);
  return loss;
}

TEST_CASE("the gradient of the whole network agrees with central differences", "[training]") {
  const Network network(kSmall);
  Workspace workspace(network, 4);
  const std::vector<uint8_t> labels = {0, 3, 4};  // fewer than there is room for
  const std::vector<float> input = random_floats(labels.size() * network.input().size(), 5);
  std::vector<float> parameters = network.initial_parameters(3), gradient(parameters.size()), unused(parameters.size());
  loss_and_gradient(workspace, input, labels, parameters, gradient, 1);
  // Along random directions, since one weight alone hardly moves the loss in float32. Some units cross their kinks.
  for (unsigned seed = 0; seed < 8; ++seed) {
    const std::vector<float> direction = random_floats(parameters.size(), 10 + seed);
    constexpr float h = 1.f / 2048;
    const auto loss_at = [&](float step) {
      std::vector<float> moved = parameters;
      for (size_t i = 0; i < moved.size(); ++i) moved[i] += step * direction[i];
      return loss_and_gradient(workspace, input, labels, moved, unused, 1);
    };
    const double difference = (loss_at(h) - loss_at(-h)) / (2 * static_cast<double>(h));
    double product = 0;
    for (size_t i = 0; i < gradient.size(); ++i) product += static_cast<double>(gradient[i]) * direction[i];
    CHECK(product == Catch::Approx(difference).epsilon(2e-2).margin(1e-2));
  }
}

// Of PyTorch's arrays one a layer, weights [O, C, KH, KW] or [O, C * H * W], to the order used here and back.
std::vector<float> parameters_from(const Network& network, const std::string& folder) {
  std::vector<float> parameters(network.parameter_count());
  size_t number = 0;
  for (size_t i = 0; i < network.layers().size(); ++i) {
    const Layer& layer = *network.layers()[i];
    if (layer.weight_count() == 0) continue;
    const std::string name = "tests/reference/training/" + folder + "/layer" + std::to_string(number++);
    const auto weights = test::read_npy<float>(name + "_weight.npy").data,
               biases = test::read_npy<float>(name + "_bias.npy").data;
    const std::span<float> own = network.of_layer(i, std::span(parameters));
    REQUIRE(weights.size() + biases.size() == own.size());
    const size_t outputs = biases.size(), channels = static_cast<size_t>(layer.input().channels);
    const size_t taps = weights.size() / outputs / channels;
    for (size_t at = 0; at < weights.size(); ++at) {
      const size_t o = at / (channels * taps), c = at / taps % channels, t = at % taps;
      own[(t * channels + c) * outputs + o] = weights[at];
    }
    std::ranges::copy(biases, own.begin() + static_cast<ptrdiff_t>(weights.size()));
  }
  return parameters;
}

TEST_CASE("one step and three of Adam agree with PyTorch", "[training][reference]") {
  const Network network(kSmall);
  const auto images = test::read_npy<float>("tests/reference/training/input.npy");
  const auto labels = test::read_npy<uint8_t>("tests/reference/training/labels.npy").data;
  std::vector<float> input;
  for (size_t i = 0; i < labels.size(); ++i) {
    const auto image = std::span(images.data).subspan(i * network.input().size(), network.input().size());
    const std::vector<float> moved = test::channels_last(image, network.input());
    input.insert(input.end(), moved.begin(), moved.end());
  }
  std::vector<float> parameters = parameters_from(network, "first"), gradient(parameters.size());
  Workspace workspace(network, labels.size());
  Adam adam(parameters.size());
  const auto losses = test::read_npy<float>("tests/reference/training/losses.npy").data;
  for (size_t step = 0; step < losses.size(); ++step) {
    const float scale = 1.f / static_cast<float>(labels.size());
    const double loss = loss_and_gradient(workspace, input, labels, parameters, gradient, scale) * scale;
    CHECK(loss == Catch::Approx(losses[step]).epsilon(1e-5));
    if (step == 0) CHECK(test::relative_error(gradient, parameters_from(network, "gradient")) < 1e-5);
    const std::vector<float> before = parameters;
    adam.step(parameters, gradient, 0.01);
    const auto compare = [&](const std::string& folder) {
      std::vector<float> moved = parameters, expected = parameters_from(network, folder);
      const std::vector<float> first = parameters_from(network, "first");
      for (size_t i = 0; i < moved.size(); ++i) moved[i] -= first[i], expected[i] -= first[i];
      CHECK(test::relative_error(moved, expected) < 1e-3);  // of what the steps changed
    };
    if (step == 0) compare("after_1");
    if (step == 2) compare("after_3");
  }
}

}  // namespace
}  // namespace smoothgrad::training
