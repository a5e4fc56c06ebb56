// The whole C++ surface seen from JavaScript: declares and converts, nothing else. Tensors cross the border channels first
// ([C, H, W], as in ONNX), every array that leaves is a copy, and every Error becomes a JavaScript error with its code.
#include <emscripten/bind.h>
#include <emscripten/heap.h>
#include <malloc.h>

#include <new>
#include <optional>

#include "core/attribution/noise.h"
#include "core/attribution/run.h"
#include "core/error.h"
#include "core/image/render.h"
#include "core/image/resize.h"
#include "core/kernels/peak.h"
#include "core/network/profile.h"
#include "core/network/workspace.h"

namespace smoothgrad {
namespace {

using emscripten::val;

// Calls f. What it throws is thrown on as a JavaScript Error once the C++ exception has been disposed of.
template <typename Function>
auto guarded(Function f) -> decltype(f()) {
  std::string message;
  val code = val::undefined();
  try {
    return f();
  } catch (const Error& error) {
    message = error.what();
    code = val(error_code_name(error.code()));
  } catch (const std::bad_alloc&) {
    message = "the engine is out of memory: close models and explanations, or use fewer threads or a smaller photo";
    code = val("out-of-memory");
  } catch (const std::exception& error) {
    message = error.what();
  }
  val error = val::global("Error").new_(message);
  error.set("code", code);
  error.throw_();
}

template <typename T>
val copy_out(std::span<const T> values) {
  return val(emscripten::typed_memory_view(values.size(), values.data())).template call<val>("slice");
}

// [rows, columns] -> [columns, rows]: with [C, H * W] to and from channels last.
std::vector<float> transposed(std::span<const float> matrix, size_t rows, size_t columns) {
  std::vector<float> result(matrix.size());
  for (size_t row = 0; row < rows; ++row) {
    for (size_t column = 0; column < columns; ++column) result[column * rows + row] = matrix[row * columns + column];
  }
  return result;
}

val channels_first(std::span<const float> tensor, Shape shape) {
  return copy_out<float>(transposed(tensor, shape.pixels(), static_cast<size_t>(shape.channels)));
}

std::vector<float> channels_last(const val& tensor, Shape shape) {
  const auto values = emscripten::convertJSArrayToNumberVector<float>(tensor);
  if (values.size() != shape.size()) {
    throw Error(ErrorCode::kBadOption, "the input has " + std::to_string(values.size()) + " elements, the network wants " +
                                           std::to_string(shape.size()));
  }
  return transposed(values, static_cast<size_t>(shape.channels), shape.pixels());
}

std::vector<uint8_t> without_alpha(const std::vector<uint8_t>& rgba) {
  std::vector<uint8_t> rgb(rgba.size() / 4 * 3);
  for (size_t i = 0; i < rgb.size(); ++i) rgb[i] = rgba[i / 3 * 4 + i % 3];
  return rgb;
}

std::vector<uint8_t> with_alpha(const std::vector<uint8_t>& rgb) {
  std::vector<uint8_t> rgba(rgb.size() / 3 * 4, 255);
  for (size_t i = 0; i < rgb.size(); ++i) rgba[i / 3 * 4 + i % 3] = rgb[i];
  return rgba;
}

std::optional<int> optional_int(const val& value) {
  return value.isUndefined() ? std::nullopt : std::optional(value.as<int>());
}

Rule find_rule(const std::string& name) {
  return name == "guided" ? Rule::kGuided : name == "deconvnet" ? Rule::kDeconvnet : Rule::kGradient;
}

class Model {
 public:
  // preprocessing: {keepSoftmax?, resize?, mean?, std?}, which go before what the file says.
  Model(const std::vector<uint8_t>& onnx, const val& preprocessing)
      : network_(load_network(std::as_bytes(std::span(onnx)), {.keep_softmax = preprocessing["keepSoftmax"].isTrue()})),
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

  std::shared_ptr<const Network> network_;
  Preprocessing preprocessing_;
  mutable std::unique_ptr<Workspace> workspace_;
};

std::unique_ptr<Model> load_model(const val& onnx, const val& preprocessing) {
  return guarded(
      [&] { return std::make_unique<Model>(emscripten::convertJSArrayToNumberVector<uint8_t>(onnx), preprocessing); });
}

ExplainOptions explain_options(const Model& model, const val& from) {
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

std::unique_ptr<BoundRun> make_run(const Model& model, const val& input, const val& options) {
  return guarded([&] { return std::make_unique<BoundRun>(model, input, options); });
}

// Philox noise of one sample, element by element.
val noise(uint64_t seed, double sample, double size) {
  return guarded([&] {
    std::vector<float> values(static_cast<size_t>(size));
    standard_normal(seed, static_cast<uint64_t>(sample), values);
    return copy_out<float>(values);
  });
}

// [{name, title}]
template <typename Entry>
val table(std::span<const Entry> entries) {
  val rows = val::array();
  for (const Entry& entry : entries) {
    val row = val::object();
    row.set("name", std::string(entry.name));
    row.set("title", std::string(entry.title));
    rows.call<void>("push", row);
  }
  return rows;
}

val tables() {
  val tables = val::object();
  tables.set("methods", table(methods()));
  tables.set("views", table(views()));
  tables.set("colours", table(colour_maps()));
  tables.set("channels", table(channel_reductions()));
  return tables;
}

double peak(double rounds) { return peak_work(static_cast<int64_t>(rounds)); }
double heap_bytes() { return static_cast<double>(emscripten_get_heap_size()); }
double allocated_bytes() { return static_cast<double>(mallinfo().uordblks); }

EMSCRIPTEN_BINDINGS(smoothgrad) {
  emscripten::class_<Model>("Model")
      .function("info", emscripten::optional_override([](const Model& m) { return guarded([&] { return m.info(); }); }))
      .function("prepare", emscripten::optional_override([](const Model& m, const val& rgba, int width, int height) {
                  return guarded([&] { return m.prepare(rgba, width, height); });
                }))
      .function("evaluate", emscripten::optional_override([](const Model& m, const val& input, const val& evaluation) {
                  return guarded([&] { return m.evaluate(input, evaluation); });
                }))
      .function("profile", emscripten::optional_override([](const Model& m, const val& input, int target) {
                  return guarded([&] { return m.profile(input, target); });
                }));
  emscripten::class_<BoundRun>("Run")
      .function("start", &BoundRun::start)
      .function("step", &BoundRun::step)
      .function("stop", &BoundRun::stop)
      .function("extend", &BoundRun::extend)
      .function("progress", &BoundRun::progress)
      .function("attribution", &BoundRun::attribution)
      .function("standardError", &BoundRun::standard_error)
      .function("map", &BoundRun::map)
      .function("render", &BoundRun::render);
  emscripten::function("loadModel", &load_model);
  emscripten::function("makeRun", &make_run);
  emscripten::function("noise", &noise);
  emscripten::function("tables", &tables);
  emscripten::function("peakWork", &peak);
  emscripten::function("heapBytes", &heap_bytes);
  emscripten::function("allocatedBytes", &allocated_bytes);
}

}  // namespace
}  // namespace smoothgrad
