// A running explanation as JavaScript sees it.
#pragma once

#include "core/attribution/run.h"
#include "core/image/render.h"
#include "wasm/model_binding.h"

namespace smoothgrad {

inline ExplainOptions explain_options(const Model& model, const val& from) {
  ExplainOptions options;
  options.method = from["method"].as<std::string>();
  options.target = from["target"].as<int>();
  options.versus = optional_int(from["versus"]);
  options.noise = from["noise"].as<double>();
  options.samples = static_cast<int64_t>(from["samples"].as<double>());
  options.seed = from["seed"].as<uint64_t>();
  options.steps = from["steps"].as<int>();
  options.until_relative_error = from["untilRelativeError"].as<double>();
  options.expected_class = optional_int(from["expectedClass"]);
  options.lowest = model.level(0);
  options.highest = model.level(255);
  return options;
}

class BoundRun {
 public:
  BoundRun(const Model& model, const val& input, const val& options)
      : shape_(model.shape()), run_(model.network(), channels_last(input, shape_), explain_options(model, options)) {}

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

  val attribution() const {
    return guarded([&] { return channels_first(run_.attribution(), shape_); });
  }
  val standard_error() const {
    return guarded([&] { return channels_first(run_.standard_error(), shape_); });
  }
  val map(const std::string& channels) const {
    return guarded([&] { return copy_out<float>(reduced(find_channel_reduction(channels))); });
  }

  // pixels: RGBA of what the network saw, empty where it saw no photo -> RGBA
  val render(const val& pixels, const val& options) const {
    return guarded([&] {
      const smoothgrad::RenderOptions render_options{.channels = find_channel_reduction(options["channels"].as<std::string>()),
                                                     .view = find_view(options["view"].as<std::string>()),
                                                     .colours = options["colours"].as<std::string>(),
                                                     .percentile = options["percentile"].as<double>(),
                                                     .opacity = options["opacity"].as<double>()};
      const std::vector<float> map = reduced(render_options.channels);
      const auto photo = without_alpha(emscripten::convertJSArrayToNumberVector<uint8_t>(pixels));
      const Shape map_shape{shape_.height, shape_.width, 1};
      return copy_out<uint8_t>(smoothgrad::render({map.data(), map_shape}, photo, render_options));
    });
  }

 private:
  std::vector<float> reduced(ChannelReduction channels) const {
    const std::vector<float> attribution = run_.attribution();
    return reduce_channels({attribution.data(), shape_}, channels);
  }

  Shape shape_;
  Run run_;
};

}  // namespace smoothgrad
