#include "core/attribution/occlusion.h"

#include <algorithm>

#include "core/attribution/explain_options.h"
#include "core/base/text.h"

namespace smoothgrad {
namespace {

void check(const Network& network, std::span<const float> input, const OcclusionOptions& options) {
  ExplainOptions explain;
  explain.method = "gradient";
  explain.target = options.target;
  explain.versus = options.versus;
  explain.baseline = options.baseline;
  check_options(network, input, explain);
  const Shape shape = network.input_shape();
  const int largest = std::min(shape.height, shape.width);
  if (options.size < 1 || options.size > largest) {
    refuse(ErrorCode::kBadOption, {"size of the square must be a whole number from 1 to ", largest});
  }
  if (options.stride < 1 || options.stride > options.size) {
    refuse(ErrorCode::kBadOption,
           {"stride must be a whole number from 1 to the size of the square, so that no pixel is left out"});
  }
}

// 0, stride, 2 stride, ... and flush with the end.
std::vector<int> positions(int length, int size, int stride) {
  std::vector<int> result;
  for (int at = 0; at + size < length; at += stride) result.push_back(at);
  result.push_back(length - size);
  return result;
}

}  // namespace

Occlusion::Occlusion(std::shared_ptr<const Network> network, std::vector<float> input, OcclusionOptions options)
    : workspace_((check(*network, input, options), std::move(network))),
      input_(std::move(input)),
      options_(std::move(options)) {
  const Shape shape = workspace_.network().input_shape();
  options_.baseline.resize(input_.size(), 0.f);
  for (int top : positions(shape.height, options_.size, options_.stride)) {
    for (int left : positions(shape.width, options_.size, options_.stride)) places_.push_back({top, left});
  }
  sums_.assign(shape.pixels(), 0);
  counts_.assign(shape.pixels(), 0);
  std::ranges::copy(input_, workspace_.input().begin());
  whole_score_ = score();
}

double Occlusion::score() {
  const auto logits = workspace_.forward();
  const double target = logits[static_cast<size_t>(options_.target)];
  return options_.versus ? target - logits[static_cast<size_t>(*options_.versus)] : target;
}

bool Occlusion::step() {
  if (done_ == goal()) return false;
  const Place place = places_[static_cast<size_t>(done_)];
  const size_t channels = static_cast<size_t>(workspace_.network().input_shape().channels);
  const size_t width = static_cast<size_t>(workspace_.network().input_shape().width), size = static_cast<size_t>(options_.size);
  std::ranges::copy(input_, workspace_.input().begin());
  const auto first_pixel = [&](size_t row) {
    return (static_cast<size_t>(place.top) + row) * width + static_cast<size_t>(place.left);
  };
  for (size_t row = 0; row < size; ++row) {
    const size_t first = first_pixel(row) * channels;
    std::copy_n(options_.baseline.data() + first, size * channels, workspace_.input().data() + first);
  }
  const double fall = whole_score_ - score();
  for (size_t row = 0; row < size; ++row) {
    for (size_t col = 0; col < size; ++col) {
      sums_[first_pixel(row) + col] += fall;
      ++counts_[first_pixel(row) + col];
    }
  }
  return ++done_ < goal();
}

std::vector<float> Occlusion::map() const {
  std::vector<float> result(sums_.size(), 0.f);
  for (size_t i = 0; i < result.size(); ++i) {
    if (counts_[i] > 0) result[i] = static_cast<float>(sums_[i] / counts_[i]);
  }
  return result;
}

std::unique_ptr<MapRun> make_occlusion(std::shared_ptr<const Network> network, std::vector<float> input,
                                       const MapRunOptions& options) {
  const OcclusionOptions own{options.target, options.versus, *options.own[0], *options.own[1], options.baseline};
  return std::make_unique<Occlusion>(std::move(network), std::move(input), own);
}

}  // namespace smoothgrad
