// A whole training: the same weights for a seed and any number of threads, learning, stopping, noise, and the file it leaves.
#include "core/training/trainer.h"

#include <algorithm>
#include <catch_amalgamated.hpp>
#include <cmath>
#include <random>
#include <thread>

#include "core/base/error.h"
#include "core/image/resize.h"
#include "core/network/workspace.h"
#include "core/onnx/half.h"
#include "core/onnx/parse.h"
#include "core/training/write_onnx.h"
#include "tests/core/npy.h"

namespace smoothgrad::training {
namespace {

constexpr NetworkSize kSize = {{16, 18, 1}, 4, 6, 8, 3};

// A bar whose place says its class, on a noisy ground.
Digits bars(size_t count, unsigned seed) {
  Digits digits;
  digits.shape = kSize.image;
  std::mt19937 random(seed);
  for (size_t n = 0; n < count; ++n) {
    const size_t label = random() % 3;
    digits.labels.push_back(static_cast<uint8_t>(label));
    for (size_t y = 0; y < 16; ++y) {
      for (size_t x = 0; x < 18; ++x) {
        const bool bar = label == 0 ? x / 2 == 4 : label == 1 ? y / 2 == 4 : x / 2 == y / 2;
        digits.images.push_back(static_cast<uint8_t>((bar ? 150 : 0) + random() % 100));
      }
    }
  }
  return digits;
}

TrainingOptions options(uint64_t seed = 1, double noise = 0.1) {
  TrainingOptions options;
  options.noise = noise;
  options.epochs = 3;
  options.seed = seed;
  options.batch = 20;
  options.learning_rate = 3e-3;
  return options;
}

// 130 digits: batches of 20 and one of 10, and shards of uneven sizes. threads 0: on this one.
std::vector<float> train(const TrainingOptions& options, int threads) {
  Trainer trainer(bars(130, 1), bars(40, 2), options, kSize);
  if (threads == 0) {
    while (trainer.step()) {
    }
  } else {
    trainer.start(threads);
    trainer.wait();
  }
  CHECK(trainer.progress().done);
  return trainer.parameters();
}

TEST_CASE("the same seed gives the same weights, whatever the number of threads", "[training][threads]") {
  const std::vector<float> here = train(options(), 0);
#if !defined(__EMSCRIPTEN__) || defined(__EMSCRIPTEN_PTHREADS__)
  for (const int threads : {1, 2, 5}) CHECK(train(options(), threads) == here);
#endif
#if !defined(__EMSCRIPTEN__)
  CHECK(train(options(), 100'000) == here);  // no more start than have something to do
#endif
  CHECK(train(options(), 0) == here);
  CHECK(train(options(2), 0) != here);
  CHECK(train(options(1, 0.2), 0) != here);
}

TEST_CASE("a batch of more images than there are is all of them", "[training]") {
  TrainingOptions all = options(), more = options();
  all.batch = 130;
  more.batch = 2'000'000'000;
  CHECK(train(more, 0) == train(all, 0));
}

TEST_CASE("a training learns, and tells how far it is", "[training]") {
  TrainingOptions longer = options();
  longer.epochs = 12;
  longer.learning_rate = 0.01;
  Trainer trainer(bars(200, 1), bars(100, 2), longer, kSize);
  TrainingProgress progress = trainer.progress();
  CHECK(progress.step == 0);
  CHECK(progress.steps == 120);
  CHECK(!progress.test_accuracy);
  trainer.step();
  const double first_loss = trainer.progress().loss;
  CHECK(first_loss > 0.5);
  while (trainer.step()) {
  }
  progress = trainer.progress();
  CHECK(progress.done);
  CHECK(progress.step == 120);
  CHECK(progress.epoch == 12);
  CHECK(progress.loss < first_loss / 2);
  CHECK(progress.accuracy > 0.9);
  CHECK(progress.test_accuracy.value() > 0.9);
  CHECK(!trainer.step());
}

#if !defined(__EMSCRIPTEN__) || defined(__EMSCRIPTEN_PTHREADS__)
TEST_CASE("a training that was stopped goes on to the same weights", "[training][threads]") {
  Trainer trainer(bars(130, 1), bars(40, 2), options(), kSize);
  trainer.step();
  trainer.start(2);
  trainer.stop();
  const TrainingProgress stopped = trainer.progress();
  CHECK(stopped.step >= 1);
  CHECK(trainer.progress().elapsed_ms == stopped.elapsed_ms);
  CHECK(trainer.parameters().size() == trainer.network().parameter_count());
  trainer.start(3);
  trainer.wait();
  CHECK(trainer.progress().done);
  CHECK(trainer.parameters() == train(options(), 0));
}
#endif

TEST_CASE("what cannot be trained is refused by name", "[training]") {
  const auto refused = [](const Digits& digits, TrainingOptions wrong) -> std::string {
    try {
      Trainer trainer(digits, {.shape = kSize.image, .images = {}, .labels = {}}, wrong, kSize);
    } catch (const Error& error) {
      return error.what();
    }
    return "accepted";
  };
  const auto with = [&](auto change) {
    TrainingOptions wrong = options();
    change(wrong);
    return refused(bars(10, 1), wrong);
  };
  using Catch::Matchers::ContainsSubstring;
  CHECK_THAT(with([](auto& o) { o.noise = -0.1; }), ContainsSubstring("noise"));
  CHECK_THAT(with([](auto& o) { o.noise = std::nan(""); }), ContainsSubstring("noise"));
  CHECK_THAT(with([](auto& o) { o.epochs = 0; }), ContainsSubstring("epochs"));
  CHECK_THAT(with([](auto& o) { o.batch = 0; }), ContainsSubstring("batch"));
  CHECK_THAT(with([](auto& o) { o.learning_rate = 0; }), ContainsSubstring("learning rate"));
  Digits digits = bars(10, 1);
  digits.labels[4] = 3;
  CHECK_THAT(refused(digits, options()), ContainsSubstring("the training digits: label 4 is 3, not 0 to 2"));
  digits.labels.pop_back();
  CHECK_THAT(refused(digits, options()), ContainsSubstring("2880 bytes are not 9 images of 16 x 18"));
  digits = bars(10, 1);
  digits.shape = {18, 16, 1};
  CHECK_THAT(refused(digits, options()), ContainsSubstring("images of 18 x 16"));
  digits = bars(0, 1);
  CHECK_THAT(refused(digits, options()), ContainsSubstring("no training digits"));
}

// As a file keeps them: weights in half precision.
std::vector<float> rounded(const Network& network, std::vector<float> parameters) {
  for (size_t i = 0; i < network.layers().size(); ++i) {
    const size_t weights = network.layers()[i]->weight_count();
    for (float& weight : network.of_layer(i, std::span(parameters)).first(weights)) {
      weight = half_to_float(float_to_half(weight));
    }
  }
  return parameters;
}

TEST_CASE("the engine reads a trained file and gives the trainer's own logits", "[training]") {
  const Digits test_digits = bars(7, 3);
  Trainer trainer(bars(130, 1), {.shape = kSize.image, .images = {}, .labels = {}}, options(), kSize);
  while (trainer.step()) {
  }
  const std::vector<std::byte> onnx = write_onnx(trainer.network(), trainer.parameters(), {{"smoothgrad.noise", "0.1"}});
  const auto engine = load_network(onnx);
  CHECK(engine->input_shape() == kSize.image);
  CHECK(engine->metadata().at("smoothgrad.noise") == "0.1");
  CHECK(read_class_names(engine->metadata()) == std::vector<std::string>{"0", "1", "2"});
  const Preprocessing preprocessing = read_preprocessing(engine->metadata(), engine->input_shape());
  CHECK(preprocessing.mean == std::vector<float>{0});
  CHECK(preprocessing.std == std::vector<float>{255});

  smoothgrad::Workspace workspace(engine);
  Workspace own(trainer.network(), 1);
  for (size_t image = 0; image < test_digits.size(); ++image) {
    std::vector<float> input(kSize.image.size());
    for (size_t i = 0; i < input.size(); ++i) input[i] = static_cast<float>(test_digits.images[image * input.size() + i]) / 255;
    std::ranges::copy(input, workspace.input().begin());
    std::ranges::copy(input, own.input(1).begin());
    const auto logits = workspace.forward();
    CHECK(test::relative_error(logits, own.forward(1, rounded(trainer.network(), trainer.parameters()))) < 1e-5);
    CHECK(test::relative_error(logits, own.forward(1, trainer.parameters())) < 1e-2);
  }
}

TEST_CASE("half precision is rounded to the nearest, ties to even", "[training][onnx]") {
  for (uint32_t bits = 0; bits < 0x7c00; ++bits) {
    const uint16_t half = static_cast<uint16_t>(bits);
    const float value = half_to_float(half), next = half_to_float(static_cast<uint16_t>(half + 1));
    REQUIRE(float_to_half(value) == half);
    REQUIRE(float_to_half(-value) == (half | 0x8000));
    if (half + 1 == 0x7c00) continue;
    const float middle = value + (next - value) / 2;
    REQUIRE(float_to_half(middle) == half + half % 2);
    REQUIRE(float_to_half(std::nextafter(middle, 0.f)) == half);
    REQUIRE(float_to_half(std::nextafter(middle, 1e9f)) == half + 1);
  }
  CHECK(float_to_half(65519) == 0x7bff);
  CHECK(float_to_half(65520) == 0x7c00);
  CHECK(float_to_half(std::numeric_limits<float>::infinity()) == 0x7c00);
  CHECK(std::isnan(half_to_float(float_to_half(std::nanf("")))));
}

}  // namespace
}  // namespace smoothgrad::training
