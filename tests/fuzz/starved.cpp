// Memory refused at the k-th allocation, for every k up to a whole load, a pass and a run: fuzz_starved MODEL.onnx... Each time
// there must be std::bad_alloc and nothing else, all memory given back, and the same bytes as ever at the next try.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "core/attribution/lanes.h"
#include "core/network/workspace.h"
#include "tests/fuzz/budget.h"

namespace smoothgrad::fuzz {
namespace {

// All that a page does with a model, on one thread: the bytes that come out.
std::vector<std::byte> use(const std::string& file) {
  const auto bytes = std::as_bytes(std::span(file));
  const std::shared_ptr<const Network> network = load_network({bytes.begin(), bytes.end()});
  std::vector<float> input(network->input_shape().size());
  for (size_t i = 0; i < input.size(); ++i) input[i] = static_cast<float>(i % 17) / 17;
  ExplainOptions options;
  options.samples = 6;
  Lanes first(network, input, options);
  while (first.step()) {
  }
  options.first_sample = 6;
  Lanes second(network, input, options);
  while (second.step()) {
  }
  first.explanation()->merge(second.explanation()->save());
  first.explanation()->standard_error();
  first.explanation()->kept_mean().denoised();
  return first.explanation()->save();
}

// What the k-th allocation being refused makes of it; true where there were so many.
bool starve(const std::string& file, int64_t k, const std::vector<std::byte>& right) {
  const int64_t held = budget.held;
  budget.calls = 0;
  budget.refused_call = k;
  bool refused = false;
  try {
    const std::vector<std::byte> made = use(file);
    budget.refused_call = -1;
    if (made != right) throw std::logic_error("other bytes came out");
  } catch (const std::bad_alloc&) {
    refused = true;
  }
  budget.refused_call = -1;
  if (budget.held != held) throw std::logic_error("memory was not given back");
  return refused;
}

int64_t check(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  const std::string file(std::istreambuf_iterator<char>(stream), {});
  const std::vector<std::byte> right = use(file);
  int64_t k = 0;
  while (starve(file, k, right)) ++k;
  if (starve(file, -1, right)) throw std::logic_error("it does not work any more");
  return k;
}

}  // namespace
}  // namespace smoothgrad::fuzz

int main(int count, char** words) {
  for (int i = 1; i < count; ++i) {
    std::printf("%s: ", words[i]);
    std::fflush(stdout);
    std::printf("%lld allocations refused\n", static_cast<long long>(smoothgrad::fuzz::check(words[i])));
  }
  std::printf("All models passed: %d\n", count - 1);
  return 0;
}
