// A run that goes on from a saved one, after whatever computed it was lost.
#include <catch_amalgamated.hpp>

#include "core/attribution/lanes.h"
#include "tests/core/npy.h"
#include "tests/core/smooth_network.h"

namespace smoothgrad {
namespace {

using namespace test;

TEST_CASE("a run that goes on from a saved one is that without a break, to the bit", "[run]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  const char* method = GENERATE("smoothgrad", "integrated-gradients", "smoothgrad-integrated-gradients");
  ExplainOptions options = options_of(method, 2, 13);
  options.steps = 3;
  options.first_sample = GENERATE(0, 1, 4);
  options.antithetic = GENERATE(false, true);
  options.until_relative_error = GENERATE(0.0, 0.3);
  Lanes whole(network, input, options);
  finish(whole);
  const Progress expected = whole.explanation()->progress();
  Lanes broken(network, input, options);
  for (bool more = true; more;) {
    const std::vector<std::byte> saved = broken.explanation()->save();
    const int64_t samples = broken.explanation()->progress().samples;
    Lanes run(network, input, options);
    run.explanation()->resume(saved);
    CHECK(run.explanation()->progress().own_samples == samples);
    CHECK(run.explanation()->save() == saved);
    finish(run);
    const Progress progress = run.explanation()->progress();
    CHECK(run.explanation()->save() == whole.explanation()->save());
    CHECK(progress.own_samples == expected.own_samples);
    CHECK(progress.goal == expected.goal);
    CHECK(progress.relative_error == expected.relative_error);
    CHECK(progress.corrected_error == expected.corrected_error);
    more = broken.step_one();
  }
}

TEST_CASE("a run that was denoised until it was near enough ends there again", "[run]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  ExplainOptions options = options_of("smoothgrad", 2, 100'000);
  options.until_denoised_error = GENERATE(0.008, 0.004);
  Lanes whole(network, input, options), broken(network, input, options);
  finish(whole);
  const int64_t samples = whole.explanation()->progress().samples;
  CHECK(samples > kFewestToDenoise);
  INFO(samples);
  for (bool more = true; more;) {
    more = broken.step_one();
    if (more && broken.explanation()->progress().samples % 3 != 0) continue;
    Lanes run(network, input, options);
    run.explanation()->resume(broken.explanation()->save());
    finish(run);
    CHECK(run.explanation()->progress().samples == samples);
  }
}

TEST_CASE("a run goes on with what was merged, and only from one of its own", "[run]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  ExplainOptions later = options_of("smoothgrad", 2, 5);
  later.first_sample = 20;
  Lanes rest(network, input, later), whole(network, input, options_of("smoothgrad", 2, 10));
  finish(rest);
  for (int i = 0; i < 4; ++i) whole.step_one();
  whole.explanation()->merge(rest.explanation()->save());
  const std::vector<std::byte> saved = whole.explanation()->save();
  finish(whole);
  Lanes run(network, input, options_of("smoothgrad", 2, 10));
  run.explanation()->resume(saved);
  CHECK(run.explanation()->progress().samples == 9);
  CHECK(run.explanation()->progress().own_samples == 4);
  finish(run);
  CHECK(run.explanation()->save() == whole.explanation()->save());

  const auto refused = [&](ExplainOptions options, const char* why) {
    Lanes other(network, input, options);
    CHECK_THROWS_WITH(other.explanation()->resume(saved), Catch::Matchers::ContainsSubstring(why));
    CHECK(other.explanation()->progress().samples == 0);
  };
  refused(options_of("smoothgrad", 1, 10), "another target: 2, here 1");
  refused(options_of("smoothgrad", 2, 21), "there already");
  refused(later, "begins with sample 0, this one with 20");
  ExplainOptions clean = options_of("smoothgrad", 2, 10);
  clean.clean_last = true;
  refused(clean, "begin it anew");
}

}  // namespace
}  // namespace smoothgrad
