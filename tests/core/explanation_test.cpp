// The door of an explanation: somebody outside takes tasks and delivers their terms, in any order, and the bits are those of
// our own lanes.
#include "core/attribution/explanation.h"

#include <algorithm>
#include <catch_amalgamated.hpp>

#include "core/attribution/lanes.h"
#include "tests/core/npy.h"
#include "tests/core/smooth_network.h"

namespace smoothgrad {
namespace {

using namespace test;

// Computes a task as another machine would: knowing its sample and step, and nothing of the explanation.
Term computed_outside(const Sampler& sampler, int64_t sample, int step) {
  const auto lane = sampler.make_lane();
  Term term;
  lane->tasks = {{sample, step, &term}};
  sampler.compute(*lane);
  return term;
}

ExplainOptions line_options(int64_t samples) {
  ExplainOptions options = options_of(GENERATE("smoothgrad", "smoothgrad-integrated-gradients"), 2, samples);
  options.antithetic = true;
  options.first_sample = 4;
  options.steps = 3;
  return options;
}

TEST_CASE("terms that come from outside, in scrambled order, give the same bytes", "[run]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  const ExplainOptions options = line_options(10);
  Lanes own(network, input, options);
  const std::vector<float> expected = finish(own);

  Explanation explanation(network, input, options);
  constexpr size_t kSlots = 7;
  explanation.set_slots(kSlots);
  std::vector<Sampler::Task> held, taken;
  uint64_t state = 1;
  size_t most_held = 0;
  while (!explanation.done()) {
    while (explanation.take(taken, 2)) held.insert(held.end(), taken.begin(), taken.end());
    REQUIRE(!held.empty());
    most_held = std::max(most_held, held.size());
    state = state * 6364136223846793005 + 1442695040888963407;
    const auto chosen = held.begin() + static_cast<ptrdiff_t>((state >> 33) % held.size());
    *chosen->term = computed_outside(explanation.sampler(), chosen->sample, chosen->step);
    explanation.deliver(*chosen);
    held.erase(chosen);
  }
  CHECK(most_held >= kSlots - 1);
  CHECK(explanation.attribution() == expected);
  CHECK(explanation.save() == own.explanation()->save());
  CHECK(explanation.progress().passes == own.explanation()->progress().passes);
}

TEST_CASE("somebody outside works beside the caller's own thread, and goes on where it stops", "[run]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  const ExplainOptions options = line_options(12);
  Lanes alone(network, input, options), shared(network, input, options);
  const std::vector<float> expected = finish(alone);
  shared.step_one();
  std::vector<Sampler::Task> taken;
  while (!shared.explanation()->done()) {
    const bool holds = shared.take(taken, 2);
    shared.step_one();  // is further than what is held outside
    if (!holds) continue;
    std::ranges::reverse(taken);
    for (const Sampler::Task& task : taken) {
      *task.term = computed_outside(shared.explanation()->sampler(), task.sample, task.step);
    }
    shared.deliver(taken);
  }
  CHECK(shared.explanation()->attribution() == expected);
  CHECK(shared.explanation()->save() == alone.explanation()->save());
}

TEST_CASE("an explanation ends with the sample that is being added, and can be extended", "[run]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  ExplainOptions options = options_of("smoothgrad-integrated-gradients", 2, 10);
  options.steps = 3;
  Lanes run(network, input, options);
  run.explanation()->end_with_sample();
  CHECK(run.explanation()->progress().goal == 10);  // nothing has been added yet
  for (int i = 0; i < 4; ++i) run.step_one();
  run.explanation()->end_with_sample();
  CHECK(run.explanation()->progress().goal == 2);
  while (run.step()) {
  }
  CHECK(run.explanation()->progress().samples == 2);
  run.extend(10);
  Lanes whole(network, input, options);
  CHECK(finish(run) == finish(whole));
}

TEST_CASE("a run stops after a time, with whole samples", "[run][threads]") {
  const auto network = smooth_network();
  const std::vector<float> input = random_floats(network->input_shape().size(), 9);
  ExplainOptions options = options_of("smoothgrad-integrated-gradients", 2, 1'000'000'000);
  options.steps = 3;
  options.until_ms = 5;
  Lanes run(network, input, options);
  finish(run);
  const Progress progress = run.explanation()->progress();
  CHECK(progress.done);
  CHECK(progress.samples >= 1);
  CHECK(progress.passes == 3 * progress.samples);
  CHECK(run.elapsed_ms() >= 5);
  run.extend(progress.samples + 2);  // no stop rule counts from then on
  finish(run);
  CHECK(run.explanation()->progress().samples == progress.samples + 2);
}

}  // namespace
}  // namespace smoothgrad
