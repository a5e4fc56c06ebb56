// A loaded model as JavaScript sees it: metadata, preprocessing, single passes.
#pragma once

#include <algorithm>
#include <cmath>

#include "core/image/resize.h"
#include "core/network/profile.h"
#include "core/network/workspace.h"
#include "wasm/convert.h"

namespace smoothgrad {

class Model {
 public:
  // preprocessing: {keepSoftmax?, resize?, mean?, std?}, which go before what the file says.
  Model(const std::vector<uint8_t>& onnx, const val& preprocessing)
      : keeps_softmax_(preprocessing["keepSoftmax"].isTrue()),
        network_(load_network(std::as_bytes(std::span(onnx)), {.keep_softmax = keeps_softmax_})),
        preprocessing_(read_preprocessing(network_->metadata(), shape())) {
    if (!preprocessing["resize"].isUndefined()) preprocessing_.resize = preprocessing["resize"].as<int>();
    for (auto [name, values] : {std::pair("mean", &preprocessing_.mean), std::pair("std", &preprocessing_.std)}) {
      if (preprocessing[name].isUndefined()) continue;
      *values = emscripten::convertJSArrayToNumberVector<float>(preprocessing[name]);
      if (values->size() == static_cast<size_t>(shape().channels)) continue;
      throw Error(ErrorCode::kBadOption, std::string(name) + " must have " + std::to_string(shape().channels) + " numbers, " +
                                             "one a channel, not " + std::to_string(values->size()));
    }
  }

  Shape shape() const { return network_->input_shape(); }
  const std::shared_ptr<const Network>& network() const { return network_; }
  const Preprocessing& preprocessing() const { return preprocessing_; }

  val info() const {
    val info = val::object();
    info.set("inputShape", val::array(std::vector<int>{1, shape().channels, shape().height, shape().width}));
    info.set("classes", network_->classes());
    info.set("classNames", val::array(read_class_names(network_->metadata())));
    info.set("weightBytes", static_cast<double>(network_->weight_bytes()));
    info.set("arenaBytes", static_cast<double>(workspace().arena_bytes()));
    return info;
  }

  // What a level (0 to 255) of a photo becomes, a channel.
  std::vector<float> level(float value) const {
    std::vector<float> normalised = preprocessing_.mean;
    for (size_t c = 0; c < normalised.size(); ++c) normalised[c] = (value - normalised[c]) / preprocessing_.std[c];
    return normalised;
  }

  // RGBA bytes -> {pixels: what the network sees, RGBA; input: [C, H, W]}
  val prepare(const val& rgba, int width, int height) const {
    const auto rgb = resize_and_crop(emscripten::convertJSArrayToNumberVector<uint8_t>(rgba), width, height, preprocessing_);
    val prepared = val::object();
    prepared.set("pixels", copy_out<uint8_t>(with_alpha(rgb)));
    prepared.set("input", channels_first(normalise(rgb, preprocessing_), shape()));
    return prepared;
  }

  // Of a class at [H, W, C]: softmax of the logits, or the output itself where the network ends in a Softmax that was kept.
  double probability(std::span<const float> input, size_t target) const {
    std::ranges::copy(input, workspace().input().begin());
    const std::span<const float> scores = workspace().forward();
    if (keeps_softmax_) return scores[target];
    double sum = 0;
    for (const float score : scores) sum += std::exp(double{score} - scores[target]);
    return 1 / sum;
  }

  // {target?, versus?, rule} -> {logits, gradient?}
  val evaluate(const val& input, const val& evaluation) const {
    const std::vector<float> values = channels_last(input, shape());
    std::copy(values.begin(), values.end(), workspace().input().begin());
    val result = val::object();
    result.set("logits", copy_out<float>(workspace().forward()));
    if (const auto target = optional_int(evaluation["target"])) {
      std::vector<float> seed(static_cast<size_t>(network_->classes()), 0.f);
      seed.at(static_cast<size_t>(*target)) += 1;
      if (const auto versus = optional_int(evaluation["versus"])) seed.at(static_cast<size_t>(*versus)) -= 1;
      const auto gradient = workspace().backward(seed, find_rule(evaluation["rule"].as<std::string>()));
      result.set("gradient", channels_first(gradient, shape()));
    }
    return result;
  }

  // One pass, step by step: [{name, kind, shape: [C, H, W] of its output, multiplyAdds: forward, forwardMs, backwardMs}]
  val profile(const val& input, int target) const {
    const std::vector<float> values = channels_last(input, shape());
    std::copy(values.begin(), values.end(), workspace().input().begin());
    std::vector<float> seed(static_cast<size_t>(network_->classes()), 0.f);
    seed.at(static_cast<size_t>(target)) = 1;
    const std::vector<StepTime> times = profile_pass(workspace(), seed, Rule::kGradient);
    val rows = val::array();
    for (size_t i = 0; i < times.size(); ++i) {
      const Layer& layer = *network_->steps()[i].layer;
      val row = val::object();
      row.set("name", network_->steps()[i].name);
      row.set("kind", std::string(layer.kind()));
      row.set("shape", val::array(std::vector<int>{layer.output().channels, layer.output().height, layer.output().width}));
      row.set("multiplyAdds", static_cast<double>(layer.multiply_adds()));
      row.set("forwardMs", times[i].forward_ms);
      row.set("backwardMs", times[i].backward_ms);
      rows.call<void>("push", row);
    }
    return rows;
  }

 private:
  Workspace& workspace() const {
    if (!workspace_) workspace_ = std::make_unique<Workspace>(network_);
    return *workspace_;
  }

  bool keeps_softmax_;
  std::shared_ptr<const Network> network_;
  Preprocessing preprocessing_;
  mutable std::unique_ptr<Workspace> workspace_;
};

}  // namespace smoothgrad
