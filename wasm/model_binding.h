// A loaded model as JavaScript sees it: metadata, preprocessing, single passes.
#pragma once

#include <algorithm>
#include <cmath>

#include "core/attribution/class_scores.h"
#include "core/attribution/grad_cam.h"
#include "core/base/finite.h"
#include "core/image/resize.h"
#include "core/network/profile.h"
#include "core/network/workspace.h"
#include "wasm/preprocessing_binding.h"

namespace smoothgrad {

class Model {
 public:
  // files: {name: bytes} of those in which it keeps tensors; settings: {keepSoftmax, randomisedLayers, randomisationSeed,
  // output?, size?: [height, width], ending?}; preprocessing: see preprocessing_binding.h; packing: told (bytes packed, of
  // all).
  Model(const val& onnx, const val& files, const val& settings, const val& preprocessing, const val& packing)
      : keeps_softmax_(field(settings, "keepSoftmax").as<bool>()),
        network_(load_network(
            copy_in(onnx),
            {.keep_softmax = keeps_softmax_,
             .randomised_layers = field(settings, "randomisedLayers").as<int>(),
             .randomisation_seed = field(settings, "randomisationSeed").as<uint64_t>(),
             .output = read_output(field(settings, "output")),
             .size = read_size(field(settings, "size")),
             .ending = read_ending(field(settings, "ending"))},
            copy_in_by_name(files),
            [&packing](size_t packed, size_t total) { packing(static_cast<double>(packed), static_cast<double>(total)); })),
        preprocessing_(read_preprocessing(network_->metadata(), shape(), network_->input().levels)) {
    preprocessing_.resize = static_cast<int>(std::lround(preprocessing_.resize * network_->input().scale));
    override_preprocessing(preprocessing_, preprocessing, network_->input());
  }

  Shape shape() const { return network_->input_shape(); }
  const std::shared_ptr<const Network>& network() const { return network_; }
  const Preprocessing& preprocessing() const { return preprocessing_; }

  val info() const {
    Object info;
    const auto& metadata = network_->metadata();
    const auto title = metadata.find("smoothgrad.name");
    info.set("title", title == metadata.end() ? std::string() : title->second);
    info.set("inputShape", val::array(std::vector<int>{1, shape().channels, shape().height, shape().width}));
    const int classes = class_count(*network_);
    info.set("classes", classes);
    std::vector<std::string> notes = network_->input().notes, names = read_class_names(metadata);
    if (is_two_sided(*network_)) {
      notes.push_back("its one output is the probability of class 1; class 0 is the opposite");
      if (names.size() == 1) names.insert(names.begin(), "not " + names[0]);
    }
    if (!names.empty() && names.size() != static_cast<size_t>(classes)) {
      notes.push_back(
          join({"the file names ", names.size(), " classes, the network has ", classes, ": the names are left out"}));
      names.clear();
    }
    info.set("classNames", val::array(names));
    notes.insert(notes.end(), network_->notes().begin(), network_->notes().end());
    info.set("notes", val::array(notes));
    info.set("file", file_out());
    // Logits without an ending in the file are one class of many, as always.
    info.set("ending", keeps_softmax_ ? "none" : network_->ending() == Ending::kSigmoid ? "sigmoid" : "softmax");
    info.set("endingSource", network_->own_ending() != Ending::kNone ? "file"
                             : network_->ending() != Ending::kNone   ? "options"
                                                                     : "default");
    info.set("output", network_->output_name());
    info.set("outputs", val::array(network_->outputs()));
    info.set("preprocessing", preprocessing_out(preprocessing_));
    info.set("weightedLayers", network_->weighted_layers());
    info.set("gradCamLayers", grad_cam_rows());
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
    Object prepared;
    prepared.set("pixels", copy_out<uint8_t>(with_alpha(rgb)));
    prepared.set("input", channels_first(normalise(rgb, preprocessing_), shape()));
    return prepared;
  }

  // Of a class at [H, W, C], as wasm/js/api/scores.ts has it: softmax of the logits, the sigmoid of one alone, or the output
  // itself where the network ends in a Softmax that was kept.
  double probability(std::span<const float> input, size_t target) const {
    std::ranges::copy(input, workspace().input().begin());
    const std::vector<float> scores = class_scores(*network_, workspace().forward());
    if (keeps_softmax_) return scores[target];
    if (scores.size() == 1 || network_->ending() == Ending::kSigmoid) return 1 / (1.0 + std::exp(-scores[target]));
    double sum = 0;
    for (const float score : scores) sum += std::exp(score - scores[target]);
    return 1 / sum;
  }

  // {target?, versus?, rule} -> {logits, gradient?}
  val evaluate(const val& input, const val& evaluation) const {
    const std::vector<float> values = channels_last(input, shape());
    std::copy(values.begin(), values.end(), workspace().input().begin());
    Object result;
    const auto logits = workspace().forward();
    check_finite("the network's output: its logits", logits, ErrorCode::kBadModel);
    result.set("logits", copy_out<float>(class_scores(*network_, logits)));
    if (const auto target = optional_int(field(evaluation, "target"))) {
      const auto seed = score_weights(*network_, *target, optional_int(field(evaluation, "versus")));
      const auto gradient = workspace().backward(seed, find_rule(field(evaluation, "rule").as<std::string>()));
      check_finite("the network's gradient", gradient, ErrorCode::kBadModel);
      result.set("gradient", channels_first(gradient, shape()));
    }
    return result;
  }

  // One pass, step by step: [{name, kind, shape: [C, H, W] of its output, multiplyAdds: forward, savedBytes, forwardMs,
  // backwardMs}]
  val profile(const val& input, int target) const {
    const std::vector<float> values = channels_last(input, shape());
    std::copy(values.begin(), values.end(), workspace().input().begin());
    const std::vector<StepTime> times = profile_pass(workspace(), score_weights(*network_, target), Rule::kGradient);
    Array rows;
    for (size_t i = 0; i < times.size(); ++i) {
      const Layer& layer = *network_->steps()[i].layer;
      Object row;
      row.set("name", network_->steps()[i].name);
      row.set("kind", layer.kind());
      row.set("shape", shape_out(layer.output()));
      row.set("multiplyAdds", static_cast<double>(layer.multiply_adds()));
      row.set("savedBytes", static_cast<double>(layer.saved_bytes(1)));
      row.set("forwardMs", times[i].forward_ms);
      row.set("backwardMs", times[i].backward_ms);
      rows.push(row);
    }
    return rows;
  }

 private:
  // {producer, opset, operators: {name: count}, parameters, metadata: {key: value}}
  val file_out() const {
    const Summary& summary = network_->summary();
    Object operators, metadata, file;
    for (const auto& [name, count] : summary.operators) operators.set(name.c_str(), count);
    for (const auto& [key, value] : network_->metadata()) metadata.set(key.c_str(), value);
    file.set("metadata", metadata);
    file.set("producer", summary.producer);
    file.set("opset", static_cast<double>(summary.opset));
    file.set("operators", operators);
    file.set("parameters", static_cast<double>(summary.parameters));
    return file;
  }

  val grad_cam_rows() const {
    Array rows;
    for (const GradCamLayer& layer : grad_cam_layers(*network_)) {
      Object row;
      row.set("name", layer.name);
      row.set("shape", shape_out(layer.shape));
      rows.push(row);
    }
    return rows;
  }

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
