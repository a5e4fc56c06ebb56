// What a run does whatever it computes: any number of threads, stops, ends, merges; options are refused by name.
#include <algorithm>
#include <catch_amalgamated.hpp>
#include <cmath>
#include <limits>

#include "core/attribution/lanes.h"
#include "core/attribution/sampler.h"
#include "core/base/error.h"
#include "tests/core/npy.h"
#include "tests/core/smooth_network.h"

namespace smoothgrad {
namespace {

using namespace test;

TEST_CASE("1, 2 and 5 threads give the same bytes", "[run][threads]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  const char* method = GENERATE("smoothgrad", "integrated-gradients", "smoothgrad-integrated-gradients", "vargrad");
  ExplainOptions options = options_of(method, 2, 37);
  options.steps = 7;
  Lanes single(network, input, options);
  const std::vector<float> expected = finish(single);
#if defined(__EMSCRIPTEN__) && !defined(__EMSCRIPTEN_PTHREADS__)
  Lanes again(network, input, options);
  CHECK(finish(again) == expected);
#else
  for (int threads : {1, 2, 5}) {
    Lanes run(network, input, options);
    run.start(threads);
    run.wait();
    CHECK(run.explanation()->attribution() == expected);
    CHECK(run.explanation()->progress().relative_error == single.explanation()->progress().relative_error);
  }
#endif
}

TEST_CASE("samples that go through together give the same bytes as one by one", "[run]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  const char* method = GENERATE("smoothgrad", "smoothgrad-integrated-gradients");
  ExplainOptions options = options_of(method, 2, 11);
  options.versus = 1;
  options.difference = GENERATE(Difference::kGradient, Difference::kScaled);
  options.steps = 3;
  REQUIRE(Sampler(network, input, find_method("smoothgrad"), {}).batch() > 1);
  Lanes together(network, input, options), apart(network, input, options), mixed(network, input, options);
  while (apart.step_one()) {
  }
  mixed.step_one();
  CHECK(mixed.explanation()->progress().passes == (options.difference == Difference::kScaled ? 2 : 1));
  CHECK(finish(together) == apart.explanation()->attribution());
  CHECK(finish(mixed) == apart.explanation()->attribution());
  CHECK(together.explanation()->progress().keeps_class == apart.explanation()->progress().keeps_class);
}

TEST_CASE("a run stops, goes on and is extended", "[run][threads]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  Lanes whole(network, input, options_of("smoothgrad", 2, 60));
  const std::vector<float> expected = finish(whole);
  Lanes run(network, input, options_of("smoothgrad", 2, 10));
  CHECK(run.explanation()->progress().samples == 0);
#if defined(__EMSCRIPTEN__) && !defined(__EMSCRIPTEN_PTHREADS__)
  finish(run);
  run.extend(60);
  finish(run);
#else
  for (int i = 0; i < 3; ++i) {
    run.start(3);
    run.stop();
  }
  const double elapsed = run.elapsed_ms();
  run.start(3);
  run.wait();
  CHECK(run.elapsed_ms() >= elapsed);
  CHECK(run.explanation()->progress().samples == 10);
  run.extend(60);
  run.wait();
#endif
  CHECK(run.explanation()->progress().done);
  CHECK(run.explanation()->progress().samples == 60);
  CHECK(run.explanation()->attribution() == expected);
}

TEST_CASE("a run that is dropped stops its lanes", "[run][threads]") {
#if !defined(__EMSCRIPTEN__) || defined(__EMSCRIPTEN_PTHREADS__)
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  for (int i = 0; i < 20; ++i) {
    Lanes run(network, input, options_of("smoothgrad", 2, 1'000'000'000));
    run.start(2);
    if (i % 2) run.extend(2'000'000'000);
  }
#endif
  SUCCEED();
}

TEST_CASE("a run stops at a relative error, at the same sample for any number of threads", "[run][threads]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  ExplainOptions options = options_of("smoothgrad", 2, 100'000);
  options.until_relative_error = 0.02;
  Lanes run(network, input, options);
  finish(run);
  const int64_t samples = run.explanation()->progress().samples;
  CHECK(samples > 2);
  CHECK(samples < 100'000);
  CHECK(run.explanation()->progress().relative_error <= 0.02);
  ExplainOptions one_less = options_of("smoothgrad", 2, samples - 1);
  Lanes before(network, input, one_less);
  finish(before);
  CHECK(before.explanation()->progress().relative_error > 0.02);
#if !defined(__EMSCRIPTEN__) || defined(__EMSCRIPTEN_PTHREADS__)
  Lanes threaded(network, input, options);
  threaded.start(3);
  threaded.wait();
  CHECK(threaded.explanation()->progress().samples == samples);
#endif
}

TEST_CASE("runs over disjoint samples merge to one run", "[run]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  Lanes whole(network, input, options_of("smoothgrad", 2, 30));
  const std::vector<float> expected = finish(whole);
  ExplainOptions second = options_of("smoothgrad", 2, 20);
  second.first_sample = 10;
  Lanes rest(network, input, second);
  finish(rest);
  Lanes run(network, input, options_of("smoothgrad", 2, 10));
  run.explanation()->merge(rest.explanation()->save());
  finish(run);
  CHECK(run.explanation()->progress().samples == 30);
  CHECK(run.explanation()->progress().own_samples == 10);
  CHECK(relative_error(run.explanation()->attribution(), expected) < 1e-6);
  CHECK(relative_error(run.explanation()->standard_error(), whole.explanation()->standard_error()) < 1e-6);
  CHECK(run.explanation()->progress().relative_error ==
        Catch::Approx(whole.explanation()->progress().relative_error).epsilon(1e-6));
  CHECK_THROWS_WITH(run.explanation()->merge(rest.explanation()->save()),
                    Catch::Matchers::ContainsSubstring("merge disjoint samples"));
  CHECK_THROWS_WITH(run.extend(11), Catch::Matchers::ContainsSubstring("there already"));
  ExplainOptions other = options_of("smoothgrad", 1, 5);
  other.first_sample = 100;
  Lanes another(network, input, other);
  CHECK_THROWS_WITH(run.explanation()->merge(another.explanation()->save()),
                    Catch::Matchers::ContainsSubstring("another target: 1, here 2"));
  std::vector<std::byte> bytes = rest.explanation()->save();
  bytes.resize(bytes.size() - 1);
  CHECK_THROWS_WITH(run.explanation()->merge(bytes), Catch::Matchers::ContainsSubstring("no saved run"));
}

TEST_CASE("a saved run that contradicts itself is refused", "[run]") {
  SavedRun sound{{{"model", "m"}}, {{2, 4}}, Statistics(3)};
  for (const float value : {1.f, 2.f}) sound.statistics.add(std::vector<float>(3, value));
  CHECK(read_saved_run(write_saved_run(sound)).statistics.count() == 2);
  const auto refused = [](const SavedRun& run) {
    CHECK_THROWS_WITH(read_saved_run(write_saved_run(run)), Catch::Matchers::ContainsSubstring("no saved run"));
  };
  using Ranges = std::vector<SampleRange>;
  for (const Ranges& ranges : {Ranges{}, Ranges{{2, 5}}, Ranges{{4, 2}}, Ranges{{-1, 1}}, Ranges{{2, 4}, {3, 3}, {3, 4}},
                               Ranges{{INT64_MIN, INT64_MAX}}}) {
    SavedRun run = sound;
    run.ranges = ranges;
    refused(run);
  }
  const auto with = [&](auto change) {
    Statistics::State state = sound.statistics.state();
    change(state);
    SavedRun run = sound;
    run.statistics = Statistics(std::move(state));
    refused(run);
  };
  with([](Statistics::State& state) { state.count = -2; });
  with([](Statistics::State& state) { state.even_count = 3; });
  with([](Statistics::State& state) { state.even_count = -1; });
  with([](Statistics::State& state) { state.mean[1] = std::numeric_limits<double>::quiet_NaN(); });
  with([](Statistics::State& state) { state.m2[2] = -1; });
  with([](Statistics::State& state) { state.sum_even[0] = std::numeric_limits<double>::infinity(); });
}

TEST_CASE("options out of range are refused by name", "[run]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  struct Refusal {
    void (*change)(ExplainOptions&);
    const char* part;
  };
  const Refusal refusals[] = {
      {[](ExplainOptions& o) { o.method = "magic"; }, "method 'magic' is not known; there is gradient, smoothgrad"},
      {[](ExplainOptions& o) { o.target = 4; }, "target 4 is no class of the model: 0 to 3"},
      {[](ExplainOptions& o) { o.target = -1; }, "target -1"},
      {[](ExplainOptions& o) { o.versus = o.target; }, "versus"},
      {[](ExplainOptions& o) { o.difference = Difference::kScaled; }, "give versus"},
      {[](ExplainOptions& o) { o.noise = -1; }, "noise must be"},
      {[](ExplainOptions& o) { o.noise = NAN; }, "noise must be"},
      {[](ExplainOptions& o) { o.samples = 0; }, "samples must be"},
      {[](ExplainOptions& o) { o.steps = 0; }, "steps must be"},
      {[](ExplainOptions& o) { o.until_relative_error = NAN; }, "relative error"},
  };
  for (const Refusal& refusal : refusals) {
    ExplainOptions options;
    refusal.change(options);
    CHECK_THROWS_WITH(Lanes(network, input, options), Catch::Matchers::ContainsSubstring(refusal.part));
  }
  CHECK_THROWS_WITH(Lanes(network, {1, 2, 3}, ExplainOptions{}), Catch::Matchers::ContainsSubstring("3 elements"));
  std::vector<float> broken = input;
  broken[5] = NAN;
  CHECK_THROWS_WITH(Lanes(network, broken, ExplainOptions{}), Catch::Matchers::ContainsSubstring("element 5 is NaN"));
}

}  // namespace
}  // namespace smoothgrad
