// What libFuzzer calls: the target that the build names, SMOOTHGRAD_FUZZ_TARGET (a row of kTargets), within 512 MB and two
// seconds.
#include <cstdio>
#include <ctime>

#include "tests/fuzz/budget.h"
#include "tests/fuzz/targets.h"

namespace smoothgrad::fuzz {
namespace {

constexpr int64_t kMostMemory = int64_t{512} << 20;
constexpr double kMostSeconds = 2;

// Of the processor, which is not all ours.
double seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

const Target& target() {
  for (const Target& row : kTargets) {
    if (row.name == SMOOTHGRAD_FUZZ_TARGET) return row;
  }
  std::abort();
}

}  // namespace
}  // namespace smoothgrad::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace smoothgrad::fuzz;
  const double begin = seconds();
  const int64_t held = budget.held;
  budget.most = held + kMostMemory;
  target().run(std::as_bytes(std::span(data, size)));
  budget.most = INT64_MAX;
  if (budget.held != held) throw FaultFound("memory was not given back");
  if (seconds() - begin > kMostSeconds) throw FaultFound("it took more than two seconds");
  return 0;
}
