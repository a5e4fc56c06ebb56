// Dimensions that the import stage finds against those that the layers have, for every node of every case in
// tests/reference/operators, and so for every operator of the registry.
#include <catch_amalgamated.hpp>
#include <filesystem>

#include "core/layers/build_state.h"
#include "core/layers/registry.h"
#include "core/layers/value.h"
#include "core/network/input.h"
#include "core/onnx/parse.h"
#include "core/onnx/passes/prepare.h"
#include "tests/core/npy.h"

namespace smoothgrad {
namespace {

const std::string kFolder = "tests/reference/operators/";

// What is found, or not, in another way than the layers have it: a line each. compared: counts values.
std::string differences(const std::string& name, size_t& compared) {
  Graph graph = parse_onnx(test::read_bytes(kFolder + name + "/model.onnx"));
  const InputForm input = read_input(graph);
  prepare_graph(graph, {});
  const std::map<std::string, Dims> inferred = graph.dims;
  BuildState state(graph, input.channels_last);
  std::string lines;
  for (const Node& node : graph.nodes) {
    NodeBuilder builder(state, node);
    find_operator(node.op)->build(builder);
    for (const std::string& output : node.outputs) {
      const auto made = state.values.find(output);
      if (made == state.values.end()) continue;
      ++compared;
      const auto found = inferred.find(output);
      if (found != inferred.end() && found->second == made->second.dims()) continue;
      lines += name + ": " + node.op + " makes " + show(made->second.dims()) + ", found is " +
               (found == inferred.end() ? "nothing" : show(found->second)) + "\n";
    }
  }
  return lines;
}

TEST_CASE("dimensions are found for every operator as its layer has them", "[import]") {
  std::string lines;
  size_t compared = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test::source_path(kFolder))) {
    lines += differences(entry.path().filename().string(), compared);
  }
  CHECK(lines == "");
  CHECK(compared > 4000);
}

}  // namespace
}  // namespace smoothgrad
