// Measures of maps as JavaScript sees them. Maps are [H, W].
#pragma once

#include "core/image/baseline.h"
#include "core/study/edges.h"
#include "core/study/measures.h"
#include "core/study/perturbation.h"
#include "wasm/model_binding.h"

namespace smoothgrad {

// A map on its way in: owns its values.
class IncomingMap {
 public:
  IncomingMap(const val& values, int height, int width)
      : values_(emscripten::convertJSArrayToNumberVector<float>(values)), shape_{height, width, 1} {
    if (values_.size() == shape_.size() && !values_.empty()) return;
    refuse(ErrorCode::kBadOption, {"a map of ", height, " x ", width, " has ", shape_.size(), " values, not ", values_.size()});
  }

  ConstTensor tensor() const { return {values_.data(), shape_}; }
  std::span<const float> values() const { return values_; }
  // Over the 99th percentile, at most 1: what the eye compares.
  IncomingMap as_drawn() const {
    IncomingMap drawn = *this;
    drawn.values_ = levels(values_, false, false, 99);
    return drawn;
  }

 private:
  std::vector<float> values_;
  Shape shape_;
};

inline val measure_map(const val& values, int height, int width) {
  return guarded([&] {
    const IncomingMap map(values, height, width);
    Object measures;
    measures.set("totalVariation", total_variation(map.tensor()));
    measures.set("highFrequencyShare", high_frequency_share(map.tensor()));
    measures.set("sidedShare", sided_share(map.tensor()));
    return measures;
  });
}

inline val compare_maps(const val& first, const val& second, int height, int width) {
  return guarded([&] {
    const IncomingMap a(first, height, width), b(second, height, width);
    Object agreement;
    agreement.set("correlation", correlation(a.values(), b.values()));
    agreement.set("rankCorrelation", rank_correlation(a.values(), b.values()));
    agreement.set("structuralSimilarity", structural_similarity(a.as_drawn().tensor(), b.as_drawn().tensor(), 1));
    return agreement;
  });
}

inline double signal_to_noise_ratio(const val& mean, const val& standard_error) {
  return guarded([&] {
    return signal_to_noise(emscripten::convertJSArrayToNumberVector<float>(mean),
                           emscripten::convertJSArrayToNumberVector<float>(standard_error));
  });
}

inline val edge_map(const Model& model, const val& input) {
  return guarded([&] {
    const std::vector<float> image = channels_last(input, model.shape());
    return copy_out<float>(sobel({image.data(), model.shape()}));
  });
}

// {probabilities, area}
inline val curve_of(const std::vector<double>& probabilities) {
  Object curve;
  curve.set("probabilities", copy_out<double>(probabilities));
  curve.set("area", area_under(probabilities));
  return curve;
}

// {target, replacement, steps, pixels} -> {deletion, insertion}: curves of the target's probability.
inline val perturb(const Model& model, const val& input, const val& map, const val& options) {
  return guarded([&] {
    const std::vector<float> image = channels_last(input, model.shape());
    const std::vector<float> replacement =
        make_baseline(field(options, "replacement").as<std::string>(), image, model.preprocessing());
    const IncomingMap order(map, model.shape().height, model.shape().width);
    const size_t target = static_cast<size_t>(field(options, "target").as<int>());
    const auto score = [&](std::span<const float> values) { return model.probability(values, target); };
    const ConstTensor photo{image.data(), model.shape()}, without{replacement.data(), model.shape()};
    const int steps = field(options, "steps").as<int>();
    const size_t pixels = field(options, "pixels").as<size_t>();
    Object curves;
    curves.set("deletion", curve_of(perturbation_curve(score, photo, without, order.values(), steps, pixels)));
    curves.set("insertion", curve_of(perturbation_curve(score, without, photo, order.values(), steps, pixels)));
    return curves;
  });
}

}  // namespace smoothgrad
