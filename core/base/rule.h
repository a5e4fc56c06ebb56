// How a unit of the ReLU family (Relu, Clip, LeakyRelu, PRelu, ThresholdedRelu) passes the gradient g back.
#pragma once

#include "core/base/names.h"

namespace smoothgrad {

enum class Rule {
  kGradient,   // g where the unit is active
  kGuided,     // max(g, 0) where the unit is active (Springenberg et al. 2015)
  kDeconvnet,  // max(g, 0) whether active or not (Zeiler & Fergus 2014)
};

inline constexpr Named<Rule> kRules[] = {{"gradient", "Gradient", Rule::kGradient},
                                         {"guided", "Guided BackProp", Rule::kGuided},
                                         {"deconvnet", "DeconvNet", Rule::kDeconvnet}};

inline std::span<const Named<Rule>> rules() { return kRules; }
// Throws Error(kBadOption) that lists the names.
inline Rule find_rule(std::string_view name) { return find_named(rules(), name, "rule").value; }

}  // namespace smoothgrad
