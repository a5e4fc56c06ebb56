// Every operator against PyTorch: one small network a folder of tests/reference/operators (made by tests/reference/generate).
#include <algorithm>
#include <catch_amalgamated.hpp>
#include <filesystem>
#include <set>

#include "core/layers/registry.h"
#include "core/network/workspace.h"
#include "core/onnx/parse.h"
#include "tests/core/npy.h"

namespace smoothgrad {
namespace {

const std::string kFolder = "tests/reference/operators/";

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(test::source_path(kFolder))) {
    names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

// {"target": 1, "keep_softmax": false}
struct Explained {
  size_t target;
  bool keep_softmax;
};

Explained read_case(const std::string& folder) {
  const std::vector<std::byte> bytes = test::read_bytes(folder + "/case.json");
  const std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const std::string key = "\"target\": ";
  return {std::stoul(text.substr(text.find(key) + key.size())), text.find("\"keep_softmax\": true") != std::string::npos};
}

struct Oracle {
  std::string name;
  Rule rule;
};

const Oracle kOracles[] = {{"gradient", Rule::kGradient}, {"guided", Rule::kGuided}, {"deconvnet", Rule::kDeconvnet}};

// Where a network has no ReLU, the folder has only the gradient: the rules are the same.
std::vector<float> read_oracle(const std::string& folder, const std::string& name) {
  const std::string file = folder + "/" + name + ".npy";
  const bool own = std::filesystem::exists(test::source_path(file));
  return test::read_npy<float>(own ? file : folder + "/gradient.npy").data;
}

TEST_CASE("every operator agrees with PyTorch", "[operators]") {
  const std::vector<std::string> names = case_names();
  REQUIRE(names.size() >= 840);
  for (const std::string& name : names) {
    DYNAMIC_SECTION(name) {
      const std::string folder = kFolder + name;
      const Explained explained = read_case(folder);
      NetworkOptions options;
      options.keep_softmax = explained.keep_softmax;
      const auto network = load_network(test::read_bytes(folder + "/model.onnx"), options);
      const std::vector<float> image = test::read_npy<float>(folder + "/input.npy").data;
      const std::vector<float> input = test::channels_last(image, network->input_shape());
      std::vector<float> seed(static_cast<size_t>(network->classes()), 0.f);
      seed[explained.target] = 1;
      // The second image of the batch is the one that is compared: it must not depend on the first.
      Workspace workspace(network, 2);
      std::vector<float> seeds(seed.size(), 0.25f);
      seeds.insert(seeds.end(), seed.begin(), seed.end());
      for (const Oracle& oracle : kOracles) {
        INFO(oracle.name);
        std::ranges::fill(workspace.input(), 0.5f);
        std::ranges::copy(input, workspace.input().begin() + static_cast<std::ptrdiff_t>(input.size()));
        const std::span<const float> logits = workspace.forward().subspan(seed.size());
        CHECK(test::relative_error(logits, test::read_npy<float>(folder + "/output.npy").data) < 1e-5);
        const std::span<const float> gradient = workspace.backward(seeds, oracle.rule).subspan(input.size());
        const std::vector<float> moved = test::channels_first(gradient, network->input_shape());
        CHECK(test::relative_error(moved, read_oracle(folder, oracle.name)) < 1e-5);
      }
    }
  }
}

TEST_CASE("every operator of the registry has a case", "[operators]") {
  std::set<std::string> covered;
  for (const std::string& name : case_names()) {
    for (const Node& node : parse_onnx(test::read_bytes(kFolder + name + "/model.onnx")).nodes) covered.insert(node.op);
  }
  std::string without;
  for (const Operator& op : operators()) {
    if (!covered.contains(std::string(op.name))) without += ' ' + std::string(op.name);
  }
  CHECK(without.empty());
}

}  // namespace
}  // namespace smoothgrad
