// Occlusion by itself, until the TypeScript side has moved to makeRun() of any method.
#pragma once

#include "core/attribution/occlusion.h"
#include "core/image/baseline.h"
#include "wasm/model_binding.h"

namespace smoothgrad {

// input: [H, W, C]; from: {target, versus?, size, stride, baseline}
inline OcclusionOptions occlusion_options(const Model& model, std::span<const float> input, const val& from) {
  return {.target = field(from, "target").as<int>(),
          .versus = optional_int(field(from, "versus")),
          .size = field(from, "size").as<int>(),
          .stride = field(from, "stride").as<int>(),
          .baseline = make_baseline(field(from, "baseline").as<std::string>(), input, model.preprocessing())};
}

class BoundOcclusion {
 public:
  BoundOcclusion(const Model& model, const std::vector<float>& input, const val& options)
      : occlusion_(model.network(), input, occlusion_options(model, input, options)) {}

  bool step() {
    return guarded([&] { return occlusion_.step(); });
  }
  int squares() const { return static_cast<int>(occlusion_.goal()); }
  int done() const { return static_cast<int>(occlusion_.done()); }
  val map() const { return copy_out<float>(occlusion_.map()); }  // [H, W]

 private:
  Occlusion occlusion_;
};

}  // namespace smoothgrad
