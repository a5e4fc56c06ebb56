#include "core/attribution/grad_cam.h"

#include <algorithm>
#include <cmath>

#include "core/attribution/class_scores.h"
#include "core/attribution/explain_options.h"
#include "core/base/text.h"
#include "core/network/spatial.h"
#include "core/network/workspace.h"

namespace smoothgrad {
namespace {

// Pixel centres of both grids are at half pixels; beyond the outermost centres the border value holds.
std::vector<float> enlarge(std::span<const float> map, Shape from, Shape to) {
  std::vector<float> result(to.pixels());
  struct Place {
    size_t first, second;
    float share;  // of the second
  };
  const auto place = [](int at, int to_size, int from_size) {
    const float centre = (static_cast<float>(at) + 0.5f) * static_cast<float>(from_size) / static_cast<float>(to_size) - 0.5f;
    const float clamped = std::clamp(centre, 0.f, static_cast<float>(from_size - 1));
    const size_t first = static_cast<size_t>(clamped);
    return Place{first, std::min(first + 1, static_cast<size_t>(from_size - 1)), clamped - static_cast<float>(first)};
  };
  const size_t width = static_cast<size_t>(from.width);
  for (int y = 0; y < to.height; ++y) {
    const Place row = place(y, to.height, from.height);
    for (int x = 0; x < to.width; ++x) {
      const Place col = place(x, to.width, from.width);
      const auto along = [&](size_t r) {
        return std::lerp(map[r * width + col.first], map[r * width + col.second], col.share);
      };
      result[static_cast<size_t>(y) * static_cast<size_t>(to.width) + static_cast<size_t>(x)] =
          std::lerp(along(row.first), along(row.second), row.share);
    }
  }
  return result;
}

void check(const Network& network, std::span<const float> input, int target, std::optional<int> versus) {
  ExplainOptions options;
  options.method = "gradient";
  options.target = target;
  options.versus = versus;
  check_options(network, input, options);
}

// One piece: the map.
class GradCam final : public MapRun {
 public:
  GradCam(std::shared_ptr<const Network> network, std::vector<float> input, const MapRunOptions& options, int step)
      : network_(std::move(network)),
        input_(std::move(input)),
        target_(options.target),
        versus_(options.versus),
        step_(step),
        map_(network_->input_shape().pixels(), 0.f) {}

  bool step() override {
    if (!done_) map_ = grad_cam(network_, input_, target_, versus_, step_);
    done_ = true;
    return false;
  }
  int64_t done() const override { return done_; }
  int64_t goal() const override { return 1; }
  std::vector<float> map() const override { return map_; }
  bool is_signed() const override { return false; }

 private:
  std::shared_ptr<const Network> network_;
  std::vector<float> input_;
  int target_;
  std::optional<int> versus_;
  int step_;
  std::vector<float> map_;
  bool done_ = false;
};

}  // namespace

std::vector<GradCamLayer> grad_cam_layers(const Network& network) {
  std::vector<GradCamLayer> layers;
  for (const SpatialOutput& output : spatial_outputs(network)) {
    layers.push_back({output.step, network.steps()[static_cast<size_t>(output.step)].name, output.shape, output.first});
  }
  return layers;
}

std::vector<float> grad_cam(const std::shared_ptr<const Network>& network, std::span<const float> input, int target,
                            std::optional<int> versus, int step) {
  check(*network, input, target, versus);
  const std::vector<GradCamLayer> layers = grad_cam_layers(*network);
  const auto layer = std::ranges::find(layers, step, &GradCamLayer::step);
  if (layer == layers.end()) {
    refuse(ErrorCode::kBadOption,
           {"layer ", step, " has no image as its output: choose one of the ", layers.size(), " that have"});
  }
  Workspace workspace(network);
  workspace.keep(step);
  std::ranges::copy(input, workspace.input().begin());
  workspace.forward();
  workspace.backward(score_weights(*network, target, versus), Rule::kGradient);
  const size_t channels = static_cast<size_t>(layer->shape.channels), pixels = layer->shape.pixels();
  const auto gradient = workspace.kept_gradient().subspan(layer->first), output = workspace.kept_output().subspan(layer->first);
  std::vector<float> alpha(channels, 0.f), map(pixels, 0.f);
  for (size_t p = 0; p < pixels; ++p) {
    for (size_t c = 0; c < channels; ++c) alpha[c] += gradient[p * channels + c] / static_cast<float>(pixels);
  }
  for (size_t p = 0; p < pixels; ++p) {
    for (size_t c = 0; c < channels; ++c) map[p] += alpha[c] * output[p * channels + c];
    map[p] = std::max(map[p], 0.f);
  }
  return enlarge(map, layer->shape, network->input_shape());
}

std::unique_ptr<MapRun> make_grad_cam(std::shared_ptr<const Network> network, std::vector<float> input,
                                      const MapRunOptions& options) {
  check(*network, input, options.target, options.versus);
  const std::vector<GradCamLayer> layers = grad_cam_layers(*network);
  if (layers.empty()) {
    refuse(ErrorCode::kBadOption, {"Grad-CAM needs a layer whose output is an image: this model has none"});
  }
  const int last = static_cast<int>(layers.size()) - 1, layer = options.own[0].value_or(last);
  if (layer < 0 || layer > last) {
    refuse(ErrorCode::kBadOption, {"layer must be a whole number from 0 to ", last});
  }
  const int step = layers[static_cast<size_t>(layer)].step;
  return std::make_unique<GradCam>(std::move(network), std::move(input), options, step);
}

}  // namespace smoothgrad
