// Occlusion as JavaScript sees it: a square a step.
#pragma once

#include "core/attribution/occlusion.h"
#include "core/image/baseline.h"
#include "wasm/model_binding.h"

namespace smoothgrad {

// input: [H, W, C]; from: {target, versus?, size, stride, baseline}
inline OcclusionOptions occlusion_options(const Model& model, std::span<const float> input, const val& from) {
  return {.target = from["target"].as<int>(),
          .versus = optional_int(from["versus"]),
          .size = from["size"].as<int>(),
          .stride = from["stride"].as<int>(),
          .baseline = make_baseline(from["baseline"].as<std::string>(), input, model.preprocessing())};
}

class BoundOcclusion {
 public:
  BoundOcclusion(const Model& model, const std::vector<float>& input, const val& options)
      : occlusion_(model.network(), input, occlusion_options(model, input, options)) {}

  bool step() {
    return guarded([&] { return occlusion_.step(); });
  }
  int squares() const { return occlusion_.squares(); }
  int done() const { return occlusion_.done(); }
  val map() const { return copy_out<float>(occlusion_.map()); }  // [H, W]

 private:
  Occlusion occlusion_;
};

}  // namespace smoothgrad
