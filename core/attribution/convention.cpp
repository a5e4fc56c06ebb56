#include "core/attribution/convention.h"

namespace smoothgrad {
namespace {

// pair: VisualizeImageGrayscale draws from the minimum to the percentile. captum: NoiseTunnel over Saliency, whose gradients
// are absolute. zennit adds the clean image as its last sample. tf-keras-vis takes absolute values before the mean, the largest
// channel, and scales from minimum to maximum. captum's and zennit's maps are drawn as the paper's.
constexpr Convention kConventions[] = {
    {"paper", "Smilkov et al. 2017", 50, 0.15, std::nullopt, "mean", false, "sum-abs", 99, false},
    {"pair", "PAIR saliency (smooth_grad with magnitude)", 25, 0.15, std::nullopt, "mean-square", false, "sum-abs", 99, true},
    {"captum", "captum NoiseTunnel(Saliency)", 5, 0, 1.0, "mean-absolute", false, "sum-abs", 99, false},
    {"zennit", "zennit SmoothGrad", 20, 0.1, std::nullopt, "mean", true, "sum-abs", 99, false},
    {"tf-keras-vis", "tf-keras-vis Saliency", 20, 0.2, std::nullopt, "mean-absolute", false, "max-abs", 100, true},
};

}  // namespace

std::span<const Convention> conventions() { return kConventions; }

}  // namespace smoothgrad
