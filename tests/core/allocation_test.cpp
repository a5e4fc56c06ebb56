// Nothing is allocated inside a sample: once a run has been through its slots, operator new is not called any more. And how
// much is held at once while a network is made.
#include <malloc.h>

#include <atomic>
#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <new>

#include "core/attribution/lanes.h"
#include "tests/core/npy.h"
#include "tests/core/one_node.h"
#include "tests/core/onnx_writer.h"
#include "tests/core/smooth_network.h"

namespace {

std::atomic<int64_t> allocations = 0, held = 0, most_held = 0;  // calls, bytes, and the most of these

void* counted(void* memory) {
  ++allocations;
  if (!memory) throw std::bad_alloc();
  held += static_cast<int64_t>(malloc_usable_size(memory));
  if (held > most_held) most_held = held.load();
  return memory;
}

void release(void* memory) {
  if (memory) held -= static_cast<int64_t>(malloc_usable_size(memory));
  std::free(memory);
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
  void* const memory = std::malloc(size);
  return memory ? counted(memory) : nullptr;
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { release(memory); }
[[gnu::noinline]] void operator delete(void* memory, size_t) noexcept { release(memory); }
[[gnu::noinline]] void operator delete[](void* memory) noexcept { release(memory); }
[[gnu::noinline]] void operator delete[](void* memory, size_t) noexcept { release(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t) noexcept { release(memory); }
[[gnu::noinline]] void operator delete(void* memory, size_t, std::align_val_t) noexcept { release(memory); }

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
  options.antithetic = true;  // the first of a pair is kept until the second comes
  Lanes run(network, random_floats(network->input_shape().size(), 9), options);
  CHECK(allocations_of(run, 3) == 0);
}

TEST_CASE("weights are not copied on their way from the file into the layer that packs them", "[network]") {
  constexpr int64_t kInputs = 3 * 4 * 5, kOutputs = 20'000;
  const int64_t bytes = kInputs * kOutputs * static_cast<int64_t>(sizeof(float));
  const bool outputs_first = GENERATE(true, false);
  const std::vector<int64_t> dims = outputs_first ? std::vector{kOutputs, kInputs} : std::vector{kInputs, kOutputs};
  std::map<std::string, Attribute> attributes;
  if (outputs_first) attributes["transB"] = number(1);
  Graph graph;
  graph.opset = 17;
  graph.nodes = {{"flat", "Flatten", {"x"}, {"f"}, {}}, {"linear", "Gemm", {"f", "w"}, {"y"}, attributes}};
  graph.constants["w"] = floats(dims, std::vector<float>(static_cast<size_t>(kInputs * kOutputs), 0.5f));
  graph.inputs = {{"x", {1, 3, 4, 5}}};
  graph.outputs = {{"y", {}}};
  const int64_t before = held;
  most_held = before;
  const Network network(std::move(graph));
  // Those of the file, and as they are packed for either direction.
  CHECK(most_held - before < bytes * 5 / 2);
  CHECK(held - before < bytes * 3 / 2);
  CHECK(network.weight_bytes() > static_cast<size_t>(bytes));
}

TEST_CASE("the bytes of a file beside the model are freed before weights are packed", "[network]") {
  constexpr int64_t kInputs = 3 * 4 * 5, kOutputs = 60'000;
  constexpr int64_t kBytes = kInputs * kOutputs * static_cast<int64_t>(sizeof(float));
  const File file = {.nodes = {node_proto("Flatten", {"x"}, {"f"}), node_proto("MatMul", {"f", "w"}, {"y"})},
                     .tensors = {external_tensor("w", {kInputs, kOutputs}, kFloat, {{"location", "m.data"}})},
                     .inputs = {port("x", {1, 3, 4, 5})}};
  const int64_t before = held;
  std::map<std::string, std::vector<std::byte>> files;
  files["m.data"].resize(kBytes);
  most_held = before;
  const auto network = load_network(file.bytes(), {}, std::move(files));
  CHECK(most_held - before < kBytes * 5 / 2);
  CHECK(held - before < kBytes * 3 / 2);
}

TEST_CASE("the largest layer is packed first", "[network]") {
  constexpr int64_t kInputs = 3 * 4 * 5, kHidden = 2000, kOutputs = 100, kFloat = sizeof(float);
  Graph graph;
  graph.opset = 17;
  graph.nodes = {{"flat", "Flatten", {"x"}, {"f"}, {}},
                 {"small", "MatMul", {"f", "v"}, {"h"}, {}},
                 {"large", "MatMul", {"h", "w"}, {"y"}, {}}};
  graph.constants["v"] = random_constant({kInputs, kHidden}, 1);
  graph.constants["w"] = random_constant({kHidden, kOutputs}, 2);
  graph.inputs = {{"x", {1, 3, 4, 5}}};
  graph.outputs = {{"y", {}}};
  const int64_t before = held;
  most_held = before;
  const Network network(std::move(graph));
  CHECK(most_held - before < kHidden * kOutputs * kFloat * 5 / 2);
}

}  // namespace
}  // namespace smoothgrad
