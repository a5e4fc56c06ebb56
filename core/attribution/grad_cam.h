// Grad-CAM (Selvaraju et al. 2017), a reference that does not use the input gradient: ReLU(sum_c alpha_c A_c), where A are the
// activations of a layer and alpha_c the mean over space of dS/dA_c; enlarged to the input by bilinear interpolation. Of a
// transformer, space is its tokens, without the one that stands for the whole.
#pragma once

#include <string>

#include "core/attribution/map_run.h"

namespace smoothgrad {

struct GradCamLayer {
  int step;
  std::string name;
  Shape shape;
  size_t first = 0;  // float of its output
};

// The layers whose output is an image or the tokens of one (core/network/spatial.h). The last is the usual choice.
std::vector<GradCamLayer> grad_cam_layers(const Network& network);

// input [H, W, C] -> map [H, W], >= 0. Throws Error(kBadOption) for a step that is none of the above, or no class.
std::vector<float> grad_cam(const std::shared_ptr<const Network>& network, std::span<const float> input, int target,
                            std::optional<int> versus, int step);

// The layer: its number among the above; the last where none is given.
inline constexpr OwnOption kGradCamOptions[] = {{"layer", std::nullopt}};

std::unique_ptr<MapRun> make_grad_cam(std::shared_ptr<const Network> network, std::vector<float> input,
                                      const MapRunOptions& options);

}  // namespace smoothgrad
