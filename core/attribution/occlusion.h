// Occlusion (Zeiler & Fergus 2014), a reference that uses no gradient: how much the score falls when a square of the input is
// replaced by the baseline. A pixel's value is the mean over the squares that cover it.
#pragma once

#include "core/attribution/map_run.h"
#include "core/network/workspace.h"

namespace smoothgrad {

inline constexpr OwnOption kOcclusionOptions[] = {{"size", 32}, {"stride", 16}};

struct OcclusionOptions {
  int target = 0;
  std::optional<int> versus;
  int size = *kOcclusionOptions[0].value;    // of the square, pixels
  int stride = *kOcclusionOptions[1].value;  // from one square to the next, pixels, at most `size`
  std::vector<float> baseline;               // [H, W, C]; empty: zeros
};

class Occlusion final : public MapRun {
 public:
  // input: [H, W, C]. Throws Error(kBadOption) naming the option.
  Occlusion(std::shared_ptr<const Network> network, std::vector<float> input, OcclusionOptions options);

  bool step() override;  // one square
  int64_t done() const override { return done_; }
  int64_t goal() const override { return static_cast<int64_t>(places_.size()); }
  std::vector<float> map() const override;  // 0 where no square has been yet
  bool is_signed() const override { return true; }

 private:
  struct Place {
    int top, left;
  };
  double score();

  Workspace workspace_;
  std::vector<float> input_;
  OcclusionOptions options_;
  std::vector<float> weights_;  // of the outputs in the score
  std::vector<Place> places_;
  double whole_score_;
  int64_t done_ = 0;
  std::vector<double> sums_;
  std::vector<int> counts_;
};

std::unique_ptr<MapRun> make_occlusion(std::shared_ptr<const Network> network, std::vector<float> input,
                                       const MapRunOptions& options);

}  // namespace smoothgrad
