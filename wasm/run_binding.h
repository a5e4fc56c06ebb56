// A running explanation as JavaScript sees it.
#pragma once

#include "core/attribution/baseline.h"
#include "core/attribution/run.h"
#include "core/image/noise_aware.h"
#include "core/image/render.h"
#include "wasm/model_binding.h"

namespace smoothgrad {

inline std::optional<double> optional_double(const val& value) {
  return value.isUndefined() ? std::nullopt : std::optional(value.as<double>());
}

// input: [H, W, C], for the baselines that are made of it.
inline ExplainOptions explain_options(const Model& model, std::span<const float> input, const val& from) {
  ExplainOptions options;
  options.method = from["method"].as<std::string>();
  options.target = from["target"].as<int>();
  options.versus = optional_int(from["versus"]);
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
        times_input_(find_method(options["method"].as<std::string>()).times_input),
        run_(model.network(), input, explain_options(model, input, options)) {}

  void start(int threads) {
    guarded([&] { run_.start(threads); });
  }
  bool step() {
    return guarded([&] { return run_.step(); });
  }
  void stop() { run_.stop(); }
  void extend(double samples) {
    guarded([&] { run_.extend(static_cast<int64_t>(samples)); });
  }

  val progress() const {
    const RunProgress now = run_.progress();
    val progress = val::object();
    progress.set("done", now.state == RunState::kDone);
    progress.set("samples", static_cast<double>(now.samples));
    progress.set("goal", static_cast<double>(now.goal));
    progress.set("passes", static_cast<double>(now.passes));
    progress.set("relativeError", now.relative_error);
    progress.set("elapsedMs", now.elapsed_ms);
    progress.set("keepsClass", now.keeps_class);
    progress.set("outOfRange", now.out_of_range);
    return progress;
  }

  // reduction: a name, or undefined for the method's own.
  val attribution(const val& reduction) const {
    return guarded([&] { return channels_first(reduced_over_noise(reduction), shape_); });
  }
  val standard_error() const {
    return guarded([&] { return channels_first(run_.standard_error(), shape_); });
  }
  val half_mean(bool even) const {
    return guarded([&] { return channels_first(run_.half_mean(even), shape_); });
  }
  // {channels, magnitude, window, reduction?} -> [H, W]
  val map(const val& options) const {
    return guarded([&] { return copy_out<float>(make(options)); });
  }

  val save() const {
    return guarded([&] {
      const std::vector<std::byte> saved = run_.save();
      return copy_out<uint8_t>({reinterpret_cast<const uint8_t*>(saved.data()), saved.size()});
    });
  }
  void merge(const val& saved) {
    guarded([&] {
      const auto bytes = emscripten::convertJSArrayToNumberVector<uint8_t>(saved);
      run_.merge(std::as_bytes(std::span(bytes)));
    });
  }

  // pixels: RGBA of what the network saw, empty where it saw no photo; options: those of map(), view, colours, percentile,
  // fromLowest, opacity -> RGBA
  val render(const val& pixels, const val& options) const {
    return guarded([&] {
      const smoothgrad::RenderOptions render_options{.channels = find_channel_reduction(options["channels"].as<std::string>()),
                                                     .view = find_view(options["view"].as<std::string>()),
                                                     .colours = options["colours"].as<std::string>(),
                                                     .percentile = options["percentile"].as<double>(),
                                                     .from_lowest = options["fromLowest"].as<bool>(),
                                                     .opacity = options["opacity"].as<double>()};
      const std::vector<float> map = make(options);
      const auto photo = without_alpha(emscripten::convertJSArrayToNumberVector<uint8_t>(pixels));
      const Shape map_shape{shape_.height, shape_.width, 1};
      return copy_out<uint8_t>(smoothgrad::render({map.data(), map_shape}, photo, render_options));
    });
  }

 private:
  std::vector<float> reduced_over_noise(const val& reduction) const {
    return reduction.isUndefined() ? run_.attribution() : run_.attribution(find_reduction(reduction.as<std::string>()));
  }

  std::vector<float> make(const val& options) const {
    const MapOptions map_options{.channels = find_channel_reduction(options["channels"].as<std::string>()),
                                 .magnitude = find_magnitude(options["magnitude"].as<std::string>()),
                                 .window = options["window"].as<double>()};
    const bool plain = map_options.magnitude == Magnitude::kPlain;
    if (!plain && times_input_) {
      throw Error(ErrorCode::kBadOption, "a magnitude other than plain is for methods that are not multiplied by the input");
    }
    const std::vector<float> mean = plain ? reduced_over_noise(options["reduction"]) : run_.attribution(Reduction::kMean);
    const std::vector<float> error = plain ? std::vector<float>(mean.size()) : run_.standard_error();
    return make_map({mean.data(), shape_}, {error.data(), shape_}, run_.progress().samples, map_options);
  }

  Shape shape_;
  bool times_input_;
  Run run_;
};

}  // namespace smoothgrad
