#include "core/network/randomise.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/base/noise.h"
#include "core/base/text.h"
#include "core/layers/registry.h"

namespace smoothgrad {
namespace {

// Names of the constants that hold weights, the last layer's first.
std::vector<std::string> weight_names(const Graph& graph) {
  std::vector<std::string> names;
  for (auto node = graph.nodes.rbegin(); node != graph.nodes.rend(); ++node) {
    const Operator* found = find_operator(node->op);
    if (!found || !found->weighted || node->inputs.size() < 2) continue;
    if (graph.constants.contains(node->inputs[1])) names.push_back(node->inputs[1]);
  }
  return names;
}

void redraw(std::vector<float>& weights, uint64_t seed, uint64_t layer) {
  if (weights.empty()) return;
  double sum = 0, squares = 0;
  for (float weight : weights) sum += weight;
  const double mean = sum / static_cast<double>(weights.size());
  for (float weight : weights) squares += (weight - mean) * (weight - mean);
  const double deviation = std::sqrt(squares / static_cast<double>(weights.size()));
  standard_normal(seed, layer, weights);
  for (float& weight : weights) weight = static_cast<float>(mean + deviation * weight);
}

}  // namespace

int count_weighted_layers(const Graph& graph) { return static_cast<int>(weight_names(graph).size()); }

void randomise_weights(Graph& graph, int layers, uint64_t seed) {
  const std::vector<std::string> names = weight_names(graph);
  if (layers < 0 || static_cast<size_t>(layers) > names.size()) {
    refuse(ErrorCode::kBadOption, {"randomised layers must be a whole number from 0 to ", names.size()});
  }
  for (size_t i = 0; i < static_cast<size_t>(layers); ++i) redraw(graph.constants.at(names[i]).floats, seed, i);
}

}  // namespace smoothgrad
