// The parameter-randomisation test (Adebayo et al. 2018): a method that explains the network must change when its weights do.
#pragma once

#include <cstdint>

#include "core/onnx/graph.h"

namespace smoothgrad {

// Layers of operators with weights (see registry.h), to be randomised from the last one down.
int count_weighted_layers(const Graph& graph);

// Gives the last `layers` of them new weights: normal numbers with the mean and deviation of the old ones, a pure function of
// the seed. 1 is the last layer only; more is the cascade. Throws Error(kBadOption) when there are not as many.
void randomise_weights(Graph& graph, int layers, uint64_t seed);

}  // namespace smoothgrad
