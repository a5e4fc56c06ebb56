// Profiles: one time a step, and together no more than the pass took.
#include "core/network/profile.h"

#include <catch_amalgamated.hpp>
#include <chrono>

#include "core/kernels/peak.h"
#include "tests/core/npy.h"

namespace smoothgrad {
namespace {

TEST_CASE("the times of all steps fit into the time of the pass", "[profile]") {
  const auto network = load_network(test::read_bytes("tests/reference/mobile/model.onnx"));
  Workspace workspace(network);
  std::ranges::fill(workspace.input(), 0.5f);
  std::vector<float> seed(static_cast<size_t>(network->classes()), 0.f);
  seed[0] = 1;
  const auto begin = std::chrono::steady_clock::now();
  const std::vector<StepTime> times = profile_pass(workspace, seed, Rule::kGradient);
  const double whole = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  REQUIRE(times.size() == network->steps().size());
  double sum = 0;
  for (const StepTime& time : times) {
    CHECK(time.forward_ms >= 0);
    CHECK(time.backward_ms >= 0);
    sum += time.forward_ms + time.backward_ms;
  }
  CHECK(sum > 0);
  CHECK(sum <= whole);
}

TEST_CASE("peak_work counts two operations for each multiply-add of a lane", "[profile]") {
  CHECK(peak_work(10) == 10 * peak_work(1));
  CHECK(peak_work(1) == 2 * 4 * 13);
}

}  // namespace
}  // namespace smoothgrad
