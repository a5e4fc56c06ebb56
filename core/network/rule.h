// How a unit of the ReLU family (Relu, Clip, LeakyRelu, PRelu) passes the gradient g back.
#pragma once

namespace smoothgrad {

enum class Rule {
  kGradient,   // g where the unit is active
  kGuided,     // max(g, 0) where the unit is active (Springenberg et al. 2015)
  kDeconvnet,  // max(g, 0) whether active or not (Zeiler & Fergus 2014)
};

}  // namespace smoothgrad
