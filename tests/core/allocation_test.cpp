// Nothing is allocated inside a sample: once a run has been through its slots, operator new is not called any more.
#include <atomic>
#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <new>

#include "core/attribution/lanes.h"
#include "tests/core/npy.h"
#include "tests/core/one_node.h"
#include "tests/core/smooth_network.h"

namespace {

std::atomic<int64_t> allocations = 0;

void* counted(void* memory) {
  ++allocations;
  if (!memory) throw std::bad_alloc();
  return memory;
}

}  // namespace

// Inlined, GCC would see a new beside a free() and warn of the mismatch.
[[gnu::noinline]] void* operator new(size_t size) { return counted(std::malloc(size)); }
[[gnu::noinline]] void* operator new[](size_t size) { return counted(std::malloc(size)); }
[[gnu::noinline]] void* operator new(size_t size, std::align_val_t alignment) {
  const size_t step = static_cast<size_t>(alignment);
  return counted(std::aligned_alloc(step, (size + step - 1) / step * step));
}
[[gnu::noinline]] void* operator new(size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, size_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete[](void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete[](void* memory, size_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, size_t, std::align_val_t) noexcept { std::free(memory); }

namespace smoothgrad {
namespace {

using namespace test;

int64_t allocations_of(Lanes& run, int passes) {
  run.step();
  const int64_t before = allocations;
  for (int pass = 0; pass < passes; ++pass) run.step();
  return allocations - before;
}

TEST_CASE("operator new is counted", "[run]") {
  const int64_t before = allocations;
  const auto made = std::make_unique<float[]>(1000);
  CHECK(made[999] == 0.f);
  CHECK(allocations > before);
}

TEST_CASE("nothing is allocated inside a sample", "[run]") {
  const char* method = GENERATE("smoothgrad", "smoothgrad-integrated-gradients", "smoothgrad-guided-backprop");
  const std::string model = GENERATE("tests/reference/plain/model.onnx", "tests/reference/mobile/model.onnx",
                                     "tests/reference/branches/model.onnx", "models/efficientnet-lite0.onnx");
  CAPTURE(method, model);
  const auto network = load_network(read_bytes(model));
  ExplainOptions options = options_of(method, 0, 200);
  options.steps = 3;
  Lanes run(network, random_floats(network->input_shape().size(), 9), options);
  CHECK(allocations_of(run, 3) == 0);
}

}  // namespace
}  // namespace smoothgrad
