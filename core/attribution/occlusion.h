// Occlusion (Zeiler & Fergus 2014), a reference that uses no gradient: how much the score falls when a square of the input is
// replaced by the baseline. A pixel's value is the mean over the squares that cover it.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/network/workspace.h"

namespace smoothgrad {

struct OcclusionOptions {
  int target = 0;
  std::optional<int> versus;
  int size = 32;                // of the square, pixels
  int stride = 16;              // from one square to the next, pixels, at most `size`
  std::vector<float> baseline;  // [H, W, C]; empty: zeros
};

class Occlusion {
 public:
  // input: [H, W, C]. Throws Error(kBadOption) naming the option.
  Occlusion(std::shared_ptr<const Network> network, std::vector<float> input, OcclusionOptions options);

  bool step();  // one square; false when all are done
  int squares() const { return static_cast<int>(places_.size()); }
  int done() const { return done_; }
  std::vector<float> map() const;  // [H, W], signed; 0 where no square has been yet

 private:
  struct Place {
    int top, left;
  };
  double score();

  Workspace workspace_;
  std::vector<float> input_;
  OcclusionOptions options_;
  std::vector<Place> places_;
  double whole_score_;
  int done_ = 0;
  std::vector<double> sums_;
  std::vector<int> counts_;
};

}  // namespace smoothgrad
