#include "core/network/profile.h"

#include <chrono>

namespace smoothgrad {
namespace {

template <typename Function>
double milliseconds(Function f) {
  const auto begin = std::chrono::steady_clock::now();
  f();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

std::vector<StepTime> profile_pass(Workspace& workspace, std::span<const float> seed, Rule rule) {
  std::vector<StepTime> times(workspace.network().steps().size());
  for (size_t i = 0; i < times.size(); ++i) times[i].forward_ms = milliseconds([&] { workspace.forward_step(i); });
  workspace.set_seed(seed);
  for (size_t i = times.size(); i-- > 0;) times[i].backward_ms = milliseconds([&] { workspace.backward_step(i, rule); });
  return times;
}

}  // namespace smoothgrad
