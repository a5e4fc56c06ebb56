// Where the time of one pass goes, step by step of the network.
#pragma once

#include <span>
#include <vector>

#include "core/network/workspace.h"

namespace smoothgrad {

struct StepTime {
  double forward_ms = 0;
  double backward_ms = 0;
};

// One forward and one backward pass on the input that is in the workspace; seed: [batch, classes]. One entry a step of the
// network. A clock of coarse resolution (a page that is not isolated: 0.1 ms) wants the mean of many passes.
std::vector<StepTime> profile_pass(Workspace& workspace, std::span<const float> seed, Rule rule);

}  // namespace smoothgrad
