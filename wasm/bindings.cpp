// The whole C++ surface seen from JavaScript: declares, and nothing else.
#include <emscripten/bind.h>
#include <emscripten/heap.h>
#include <malloc.h>

#include <algorithm>

#include "core/attribution/convention.h"
#include "core/base/noise.h"
#include "core/image/colour_maps.h"
#include "core/kernels/peak.h"
#include "wasm/occlusion_binding.h"
#include "wasm/run_binding.h"
#include "wasm/study_binding.h"

namespace smoothgrad {
namespace {

std::unique_ptr<Model> load_model(const val& onnx, const val& settings, const val& preprocessing) {
  return guarded([&] { return std::make_unique<Model>(onnx, settings, preprocessing); });
}

std::unique_ptr<BoundRun> make_run(const Model& model, const val& input, const val& options) {
  return guarded([&] { return std::make_unique<BoundRun>(model, channels_last(input, model.shape()), options); });
}

std::unique_ptr<BoundOcclusion> make_occlusion(const Model& model, const val& input, const val& options) {
  return guarded([&] { return std::make_unique<BoundOcclusion>(model, channels_last(input, model.shape()), options); });
}

// map: [H, W]; pixels: RGBA of the photo, empty where there is none; options: {signed, view, colours, percentile, fromLowest,
// opacity} -> RGBA
val render_map(const val& map, int width, int height, const val& pixels, const val& options) {
  return guarded([&] {
    const smoothgrad::RenderOptions render_options{.signed_map = options["signed"].as<bool>(),
                                                   .view = find_view(options["view"].as<std::string>()),
                                                   .colours = options["colours"].as<std::string>(),
                                                   .percentile = options["percentile"].as<double>(),
                                                   .from_lowest = options["fromLowest"].as<bool>(),
                                                   .opacity = options["opacity"].as<double>()};
    const auto values = emscripten::convertJSArrayToNumberVector<float>(map);
    const auto photo = without_alpha(emscripten::convertJSArrayToNumberVector<uint8_t>(pixels));
    return copy_out<uint8_t>(render({values.data(), {height, width, 1}}, photo, render_options));
  });
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

val method_table() {
  val rows = table(methods());
  for (size_t i = 0; i < methods().size(); ++i) {
    const Method& method = methods()[i];
    val row = rows[i];
    row.set("path", std::string(method.path == Path::kLine ? "line" : "point"));
    row.set("noisy", method.noisy);
    row.set("rule", std::string(name_of(rules(), method.rule)));
    row.set("reduction", std::string(name_of(reductions(), method.reduction)));
    row.set("timesInput", method.times_input);
  }
  return rows;
}

val convention_table() {
  val rows = table(conventions());
  for (size_t i = 0; i < conventions().size(); ++i) {
    const Convention& convention = conventions()[i];
    val row = rows[i];
    row.set("samples", static_cast<double>(convention.samples));
    row.set("noise", convention.noise);
    row.set("sigma", convention.sigma ? val(*convention.sigma) : val::undefined());
    row.set("reduction", std::string(convention.reduction));
    row.set("cleanLast", convention.clean_last);
    row.set("channels", std::string(convention.channels));
    row.set("percentile", convention.percentile);
    row.set("fromLowest", convention.from_lowest);
  }
  return rows;
}

val tables() {
  val tables = val::object();
  tables.set("methods", method_table());
  tables.set("references", table(references()));
  tables.set("rules", table(rules()));
  tables.set("differences", table(differences()));
  tables.set("views", table(views()));
  tables.set("colours", table(colour_maps()));
  tables.set("channels", table(channel_reductions()));
  tables.set("reductions", table(reductions()));
  tables.set("magnitudes", table(magnitudes()));
  tables.set("baselines", table(baselines()));
  tables.set("conventions", convention_table());
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
      .function("edges", &edge_map)
      .function("perturb", &perturb)
      .function("profile", emscripten::optional_override([](const Model& m, const val& input, int target) {
                  return guarded([&] { return m.profile(input, target); });
                }))
      .function("gradCam", emscripten::optional_override([](const Model& m, const val& input, const val& options) {
                  return guarded([&] { return m.grad_cam(input, options); });
                }));
  emscripten::class_<BoundOcclusion>("Occlusion")
      .function("step", &BoundOcclusion::step)
      .function("squares", &BoundOcclusion::squares)
      .function("done", &BoundOcclusion::done)
      .function("map", &BoundOcclusion::map);
  emscripten::class_<BoundRun>("Run")
      .function("start", &BoundRun::start)
      .function("step", &BoundRun::step)
      .function("stepOne", &BoundRun::step_one)
      .function("stop", &BoundRun::stop)
      .function("extend", &BoundRun::extend)
      .function("progress", &BoundRun::progress)
      .function("attribution", &BoundRun::attribution)
      .function("standardError", &BoundRun::standard_error)
      .function("halfMap", &BoundRun::half_map)
      .function("map", &BoundRun::map)
      .function("save", &BoundRun::save)
      .function("merge", &BoundRun::merge);
  emscripten::function("measureMap", &measure_map);
  emscripten::function("compareMaps", &compare_maps);
  emscripten::function("signalToNoise", &signal_to_noise_ratio);
  emscripten::function("loadModel", &load_model);
  emscripten::function("makeRun", &make_run);
  emscripten::function("makeOcclusion", &make_occlusion);
  emscripten::function("renderMap", &render_map);
  emscripten::function("noise", &noise);
  emscripten::function("tables", &tables);
  emscripten::function("peakWork", &peak);
  emscripten::function("heapBytes", &heap_bytes);
  emscripten::function("allocatedBytes", &allocated_bytes);
}

}  // namespace
}  // namespace smoothgrad
