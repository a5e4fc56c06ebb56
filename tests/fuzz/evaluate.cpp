// What the engine makes of the networks of a folder, for npm run fuzz -- networks: 0.onnx, 1.onnx, ... each with three inputs
// and weights of the scores of each (0.in, float32, in the file's order) -> 0.LABEL: the variants below, each its scores and
// gradients for all its images, then what is left of the inputs; or 0.LABEL.error, what was said.
//   fuzz_evaluate FOLDER COUNT LABEL
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <new>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/network/workspace.h"

namespace smoothgrad {
namespace {

struct Variant {
  bool fuse;
  int batch;
  Rule rule;
};

constexpr int kImages = 3;
constexpr Variant kVariants[] = {{true, kImages, Rule::kGradient},  {true, 1, Rule::kGradient},
                                 {false, kImages, Rule::kGradient}, {true, kImages, Rule::kGuided},
                                 {false, kImages, Rule::kGuided},   {true, kImages, Rule::kDeconvnet},
                                 {false, kImages, Rule::kDeconvnet}};

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// One image between the file's order and memory's, [H, W, C].
void move_image(const Network& network, bool into_memory, const float* from, float* to) {
  const Shape shape = network.input_shape();
  const size_t pixels = shape.pixels(), channels = static_cast<size_t>(shape.channels);
  if (network.input().channels_last) {
    std::memcpy(to, from, shape.size() * sizeof(float));
    return;
  }
  for (size_t p = 0; p < pixels; ++p) {
    for (size_t c = 0; c < channels; ++c) {
      const size_t first = c * pixels + p, last = p * channels + c;
      into_memory ? to[last] = from[first] : to[first] = from[last];
    }
  }
}

void append(std::string& bytes, std::span<const float> values) {
  bytes.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
}

void run(const std::shared_ptr<const Network>& network, const Variant& variant, const std::vector<float>& given,
         std::string& out) {
  const size_t size = network->input_shape().size(), classes = static_cast<size_t>(network->classes());
  const size_t batch = static_cast<size_t>(variant.batch);
  Workspace workspace(network, variant.batch);
  for (size_t b = 0; b < batch; ++b) move_image(*network, true, given.data() + b * size, workspace.input().data() + b * size);
  append(out, workspace.forward());
  const std::span<const float> weights = std::span(given).subspan(kImages * size, batch * classes);
  const std::span<const float> gradient = workspace.backward(weights, variant.rule);
  std::vector<float> moved(batch * size);
  for (size_t b = 0; b < batch; ++b) move_image(*network, false, gradient.data() + b * size, moved.data() + b * size);
  append(out, moved);
}

std::string evaluate(const std::string& name) {
  const std::string file = read_file(name + ".onnx"), input = read_file(name + ".in");
  const auto bytes = std::as_bytes(std::span(file));
  std::vector<float> given(input.size() / sizeof(float));
  std::memcpy(given.data(), input.data(), given.size() * sizeof(float));
  std::string out;
  for (const Variant& variant : kVariants) {
    const NetworkOptions options = {.keep_softmax = true, .fuse = variant.fuse};
    const auto network = load_network({bytes.begin(), bytes.end()}, options);
    const size_t wanted = kImages * (network->input_shape().size() + static_cast<size_t>(network->classes()));
    if (wanted != given.size()) throw Error(ErrorCode::kBadModel, "the network has another input or another number of scores");
    run(network, variant, given, out);
  }
  return out;
}

}  // namespace
}  // namespace smoothgrad

int main(int count, char** words) {
  if (count != 4) return 2;
  const std::string folder = words[1], label = words[3];
  for (int i = 0; i < std::atoi(words[2]); ++i) {
    const std::string name = folder + "/" + std::to_string(i);
    try {
      std::ofstream(name + "." + label, std::ios::binary) << smoothgrad::evaluate(name);
    } catch (const std::exception& error) {
      std::ofstream(name + "." + label + ".error") << error.what();
    }
  }
  return 0;
}
