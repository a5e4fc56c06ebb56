// Whole networks against tensors made by PyTorch and captum: logits, gradient, guided, deconvnet, Integrated Gradients.
#include <catch_amalgamated.hpp>

#include "core/attribution/lanes.h"
#include "core/network/workspace.h"
#include "tests/core/npy.h"

namespace smoothgrad {
namespace {

struct Case {
  std::string name, model;
  int target;
  double integrated_tolerance;
};

const Case kCases[] = {
    {"plain", "tests/reference/plain/model.onnx", 3, 1e-3},
    {"mobile", "tests/reference/mobile/model.onnx", 0, 1e-3},
    {"branches", "tests/reference/branches/model.onnx", 1, 1e-3},
    // Some of the 32 points lie beside kinks: PyTorch in float32 is 2e-3 from its own float64 here.
    {"efficientnet-lite0", "models/efficientnet-lite0.onnx", 282, 1e-2},
};

std::vector<float> reference(const Case& c, const std::string& what) {
  return test::read_npy<float>("tests/reference/" + c.name + "/" + what + ".npy").data;
}

std::vector<float> backward(Workspace& workspace, const std::vector<float>& input, int target, Rule rule) {
  std::ranges::copy(input, workspace.input().begin());
  workspace.forward();
  std::vector<float> seed(static_cast<size_t>(workspace.network().classes()), 0.f);
  seed[static_cast<size_t>(target)] = 1;
  const auto gradient = workspace.backward(seed, rule);
  return test::channels_first(gradient, workspace.network().input_shape());
}

TEST_CASE("whole networks agree with PyTorch", "[reference]") {
  const Case c = GENERATE(from_range(std::begin(kCases), std::end(kCases)));
  INFO(c.name);
  const auto network = load_network(test::read_bytes(c.model));
  const std::vector<float> input = test::channels_last(reference(c, "input"), network->input_shape());
  Workspace workspace(network);
  std::ranges::copy(input, workspace.input().begin());
  CHECK(test::relative_error(workspace.forward(), reference(c, "output")) < 1e-3);
  CHECK(test::relative_error(backward(workspace, input, c.target, Rule::kGradient), reference(c, "gradient")) < 1e-3);
  CHECK(test::relative_error(backward(workspace, input, c.target, Rule::kGuided), reference(c, "guided")) < 1e-3);
  CHECK(test::relative_error(backward(workspace, input, c.target, Rule::kDeconvnet), reference(c, "deconvnet")) < 1e-3);

  ExplainOptions options;
  options.method = "integrated-gradients";
  options.target = c.target;
  options.steps = 32;
  Lanes run(network, input, options);
  while (run.step()) {
  }
  CHECK(test::relative_error(test::channels_first(run.explanation()->attribution(), network->input_shape()),
                             reference(c, "integrated")) < c.integrated_tolerance);
}

TEST_CASE("the gradient of another class agrees too", "[reference]") {
  const Case c = kCases[3];
  const auto network = load_network(test::read_bytes(c.model));
  Workspace workspace(network);
  const std::vector<float> input = test::channels_last(reference(c, "input"), network->input_shape());
  CHECK(test::relative_error(backward(workspace, input, 285, Rule::kGradient), reference(c, "gradient_other")) < 1e-3);
}

}  // namespace
}  // namespace smoothgrad
