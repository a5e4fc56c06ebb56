// The whole C++ surface seen from JavaScript: declares, and nothing else.
#include <emscripten/bind.h>
#include <emscripten/heap.h>
#include <malloc.h>

#include "core/base/noise.h"
#include "core/image/scale.h"
#include "core/kernels/peak.h"
#include "wasm/sampled_run_binding.h"
#include "wasm/study_binding.h"
#include "wasm/tables_binding.h"

namespace smoothgrad {
namespace {

std::unique_ptr<Model> load_model(const val& onnx, const val& files, const val& settings, const val& preprocessing,
                                  const val& packing) {
  return guarded([&] { return std::make_unique<Model>(onnx, files, settings, preprocessing, packing); });
}

// The names of the files in which a model keeps tensors.
val external_files(const val& onnx) {
  return guarded([&] { return val::array(external_file_names(copy_in(onnx))); });
}

// map: [H, W]; pixels: RGBA of the photo, empty where there is none; options: {signed, view, colours, percentile, fromLowest,
// opacity} -> {data: RGBA, low, high}: the values that the ends of the colours stand for
val render_map(const val& map, int width, int height, const val& pixels, const val& options) {
  return guarded([&] {
    const auto render_options = read_options<RenderOptions>(options);
    const auto values = emscripten::convertJSArrayToNumberVector<float>(map);
    const auto photo = without_alpha(emscripten::convertJSArrayToNumberVector<uint8_t>(pixels));
    const Scale scale = scale_of(values, render_options);
    val drawn = val::object();
    drawn.set("data", copy_out<uint8_t>(render({values.data(), {height, width, 1}}, photo, render_options, scale)));
    drawn.set("low", render_options.signed_map && scale.cap > 0 ? -scale.cap : scale.floor);
    drawn.set("high", scale.floor + scale.cap);
    return drawn;
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
                }));
  emscripten::class_<BoundRun>("Run")
      .function("step", &BoundRun::step)
      .function("stop", &BoundRun::stop)
      .function("progress", &BoundRun::progress)
      .function("map", &BoundRun::map)
      .function("isSigned", &BoundRun::is_signed);
  emscripten::class_<ReferenceRun, emscripten::base<BoundRun>>("ReferenceRun");
  emscripten::class_<SampledRun, emscripten::base<BoundRun>>("SampledRun")
      .function("start", &SampledRun::start)
      .function("stepOne", &SampledRun::step_one)
      .function("extend", &SampledRun::extend)
      .function("attribution", &SampledRun::attribution)
      .function("standardError", &SampledRun::standard_error)
      .function("halfMap", &SampledRun::half_map)
      .function("reliability", &SampledRun::reliability)
      .function("denoisedTensors", &SampledRun::denoised_tensors)
      .function("denoisedFigures", &SampledRun::denoised_figures)
      .function("save", &SampledRun::save)
      .function("merge", &SampledRun::merge)
      .function("resume", &SampledRun::resume);
  emscripten::function("measureMap", &measure_map);
  emscripten::function("compareMaps", &compare_maps);
  emscripten::function("signalToNoise", &signal_to_noise_ratio);
  emscripten::function("loadModel", &load_model);
  emscripten::function("externalFiles", &external_files);
  emscripten::function("makeRun", &make_run);
  emscripten::function("renderMap", &render_map);
  emscripten::function("noise", &noise);
  emscripten::function("tables", &tables);
  emscripten::function("defaults", &defaults);
  emscripten::function("peakWork", &peak);
  emscripten::function("heapBytes", &heap_bytes);
  emscripten::function("allocatedBytes", &allocated_bytes);
}

}  // namespace
}  // namespace smoothgrad
