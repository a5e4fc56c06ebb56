// A running explanation as JavaScript sees it.
#pragma once

#include "core/attribution/lanes.h"
#include "core/image/baseline.h"
#include "core/image/class_difference.h"
#include "wasm/model_binding.h"

namespace smoothgrad {

inline std::optional<double> optional_double(const val& value) {
  return value.isUndefined() ? std::nullopt : std::optional(value.as<double>());
}

// input: [H, W, C], for the baselines that are made of it.
inline ExplainOptions explain_options(const Model& model, std::span<const float> input, const val& from) {
  ExplainOptions options;
  options.method = from["method"].as<std::string>();
  if (const val rule = from["rule"]; !rule.isUndefined()) options.rule = find_rule(rule.as<std::string>());
  if (const val times_input = from["timesInput"]; !times_input.isUndefined()) options.times_input = times_input.as<bool>();
  options.target = from["target"].as<int>();
  options.versus = optional_int(from["versus"]);
  options.difference = find_difference(from["difference"].as<std::string>());
  options.noise = from["noise"].as<double>();
  options.sigma = optional_double(from["sigma"]);
  options.samples = static_cast<int64_t>(from["samples"].as<double>());
  options.seed = from["seed"].as<uint64_t>();
  options.first_sample = static_cast<int64_t>(from["firstSample"].as<double>());
  options.antithetic = from["antithetic"].as<bool>();
  options.clean_last = from["cleanLast"].as<bool>();
  options.steps = from["steps"].as<int>();
  options.baseline = make_baseline(from["baseline"].as<std::string>(), input, model.preprocessing());
  options.until_relative_error = from["untilRelativeError"].as<double>();
  options.until_ms = from["untilMs"].as<double>();
  options.expected_class = optional_int(from["expectedClass"]);
  options.lowest = model.level(0);
  options.highest = model.level(255);
  return options;
}

class BoundRun {
 public:
  BoundRun(const Model& model, const std::vector<float>& input, const val& options)
      : shape_(model.shape()),
        scaled_(options["difference"].as<std::string>() == "scaled"),
        run_(model.network(), input, explain_options(model, input, options)) {}

  void start(int threads) {
    guarded([&] { run_.start(threads); });
  }
  bool step() {
    return guarded([&] { return run_.step(); });
  }
  bool step_one() {
    return guarded([&] { return run_.step_one(); });
  }
  void stop() { run_.stop(); }
  void extend(double samples) {
    guarded([&] { run_.extend(static_cast<int64_t>(samples)); });
  }

  val progress() {
    const Progress now = run_.explanation()->progress();
    val progress = val::object();
    progress.set("done", now.done);
    progress.set("samples", static_cast<double>(now.samples));
    progress.set("ownSamples", static_cast<double>(now.own_samples));
    progress.set("goal", static_cast<double>(now.goal));
    progress.set("passes", static_cast<double>(now.passes));
    progress.set("relativeError", now.relative_error);
    progress.set("correctedError", now.corrected_error);
    progress.set("elapsedMs", run_.elapsed_ms());
    progress.set("keepsClass", now.keeps_class);
    progress.set("outOfRange", now.out_of_range);
    if (now.completeness) {
      val completeness = val::object();
      completeness.set("sum", now.completeness->sum);
      completeness.set("difference", now.completeness->difference);
      completeness.set("gap", now.completeness->sum - now.completeness->difference);
      progress.set("completeness", completeness);
    }
    return progress;
  }

  // reduction: a name, or undefined for the method's own.
  val attribution(const val& reduction) {
    return guarded([&] { return each_channels_first(reduced_over_noise(reduction)); });
  }
  val standard_error() {
    return guarded([&] { return each_channels_first(run_.explanation()->standard_error()); });
  }
  // The mean of every other sample -> [H, W], sums of absolute values
  val half_map(bool even) {
    return guarded([&] {
      const std::vector<float> mean = run_.explanation()->half_mean(even);
      return copy_out<float>(make_map(mean, std::vector<float>(mean.size()), {}));
    });
  }
  // {channels, magnitude, window, reduction?} -> [H, W]
  val map(const val& options) {
    return guarded([&] { return copy_out<float>(make(options)); });
  }

  val save() {
    return guarded([&] {
      const std::vector<std::byte> saved = run_.explanation()->save();
      return copy_out<uint8_t>({reinterpret_cast<const uint8_t*>(saved.data()), saved.size()});
    });
  }
  void merge(const val& saved) {
    guarded([&] {
      const auto bytes = emscripten::convertJSArrayToNumberVector<uint8_t>(saved);
      run_.explanation()->merge(std::as_bytes(std::span(bytes)));
    });
  }

 private:
  // [scores, H, W, C] -> [scores, C, H, W]
  val each_channels_first(std::span<const float> attributions) const {
    std::vector<float> moved;
    for (size_t first = 0; first < attributions.size(); first += shape_.size()) {
      const auto one =
          transposed(attributions.subspan(first, shape_.size()), shape_.pixels(), static_cast<size_t>(shape_.channels));
      moved.insert(moved.end(), one.begin(), one.end());
    }
    return copy_out<float>(moved);
  }

  std::vector<float> reduced_over_noise(const val& reduction) {
    return reduction.isUndefined() ? run_.explanation()->attribution()
                                   : run_.explanation()->attribution(find_reduction(reduction.as<std::string>()));
  }

  std::vector<float> make(const val& options) {
    const MapOptions map_options{.channels = find_channel_reduction(options["channels"].as<std::string>()),
                                 .magnitude = find_magnitude(options["magnitude"].as<std::string>()),
                                 .window = options["window"].as<double>()};
    const bool plain = map_options.magnitude == Magnitude::kPlain;
    if (!plain && run_.explanation()->method().times_input) {
      throw Error(ErrorCode::kBadOption, "a magnitude other than plain is for methods that are not multiplied by the input");
    }
    const std::vector<float> mean =
        plain ? reduced_over_noise(options["reduction"]) : run_.explanation()->attribution(Reduction::kMean);
    return make_map(mean, plain ? std::vector<float>(mean.size()) : run_.explanation()->standard_error(), map_options);
  }

  std::vector<float> make_map(std::span<const float> mean, std::span<const float> error, const MapOptions& options) {
    const int64_t samples = run_.explanation()->statistics().observations();
    if (scaled_) return make_difference_map(mean, error, shape_, samples, options);
    return smoothgrad::make_map({mean.data(), shape_}, {error.data(), shape_}, samples, options);
  }

  Shape shape_;
  bool scaled_;  // difference: attributions are of two classes
  Lanes run_;
};

}  // namespace smoothgrad
