// ONNX to a network and passes through it. What is not in the file (options, batch, rule) follows from its digest, so that a
// file is all that a find needs. Two equal passes with another one between them must leave the same bytes: they would not if a
// layer read memory that it has not written.
#include <algorithm>
#include <new>
#include <vector>

#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/network/workspace.h"
#include "tests/fuzz/targets.h"

namespace smoothgrad::fuzz {
namespace {

constexpr size_t kLargestValue = 1 << 13;
constexpr int64_t kMostWork = 1 << 18;

// Of a batch: sound, but slow, where it is false.
bool is_small(const Network& network) {
  size_t largest = network.input_shape().size();
  int64_t work = 0;
  for (const Network::Step& step : network.steps()) {
    largest = std::max(largest, step.layer->output().size());
    work += step.layer->multiply_adds() + static_cast<int64_t>(step.layer->saved_bytes(1) + step.layer->scratch_bytes(1));
  }
  return largest <= kLargestValue && work <= kMostWork;
}

// Logits and gradient, one behind the other.
std::vector<float> pass(Workspace& workspace, uint32_t seed, Rule rule) {
  for (float& value : workspace.input()) {
    seed = seed * 1664525 + 1013904223;
    value = static_cast<float>(seed >> 8) * 0x1p-22f - 2;
  }
  const std::span<const float> logits = workspace.forward();
  std::vector<float> results(logits.begin(), logits.end());
  std::vector<float> weights(logits.size(), 0.25f);
  weights[0] = 1;
  const std::span<const float> gradient = workspace.backward(weights, rule);
  results.insert(results.end(), gradient.begin(), gradient.end());
  return results;
}

void run(const std::shared_ptr<const Network>& network, uint64_t choice) {
  constexpr Rule kRules[] = {Rule::kGradient, Rule::kGuided, Rule::kDeconvnet};
  const Rule rule = kRules[choice % 3];
  Workspace workspace(network, 1 + static_cast<int>(choice / 3 % 2));
  const std::vector<float> first = pass(workspace, 1, rule);
  pass(workspace, 2, rule);
  const std::vector<float> again = pass(workspace, 1, rule);
  if (!std::ranges::equal(std::as_bytes(std::span(first)), std::as_bytes(std::span(again)))) {
    throw FaultFound("the same input gave other numbers the second time");
  }
}

}  // namespace

void read_onnx(std::span<const std::byte> bytes) {
  const uint64_t choice = digest(bytes);
  try {
    const NetworkOptions options = {.keep_softmax = (choice >> 8) % 2 == 0,
                                    .fuse = (choice >> 9) % 4 != 0,
                                    .randomised_layers = (choice >> 11) % 8 == 0 ? 1 : 0};
    const auto network = load_network({bytes.begin(), bytes.end()}, options);
    if (is_small(*network)) run(network, choice >> 16);
  } catch (const Error&) {
  } catch (const std::bad_alloc&) {  // in JavaScript an error of its own
  }
}

}  // namespace smoothgrad::fuzz
