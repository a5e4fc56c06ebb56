// A running explanation as JavaScript sees it.
#pragma once

#include "core/attribution/lanes.h"
#include "core/image/class_difference.h"
#include "core/study/measures.h"
#include "wasm/run_binding.h"

namespace smoothgrad {

class SampledRun final : public BoundRun {
 public:
  SampledRun(const Model& model, const std::vector<float>& input, const ExplainOptions& options)
      : shape_(model.shape()), scaled_(options.difference == Difference::kScaled), run_(model.network(), input, options) {}

  void start(int threads) {
    guarded([&] { run_.start(threads); });
  }
  bool step() override {
    return guarded([&] { return run_.step(); });
  }
  bool step_one() {
    return guarded([&] { return run_.step_one(); });
  }
  void stop() override { run_.stop(); }
  void extend(double samples) {
    guarded([&] { run_.extend(static_cast<int64_t>(samples)); });
  }

  val progress() override {
    const Progress now = run_.explanation()->progress();
    Object progress;
    progress.set("done", now.done);
    progress.set("samples", static_cast<double>(now.samples));
    progress.set("ownSamples", static_cast<double>(now.own_samples));
    progress.set("goal", static_cast<double>(now.goal));
    progress.set("unit", run_.explanation()->method().unit);
    progress.set("passes", static_cast<double>(now.passes));
    progress.set("relativeError", now.relative_error);
    progress.set("correctedError", now.corrected_error);
    progress.set("elapsedMs", run_.elapsed_ms());
    progress.set("keepsClass", now.keeps_class);
    progress.set("outOfRange", now.out_of_range);
    if (now.completeness) {
      Object completeness;
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
    return guarded([&] { return copy_out<float>(half_magnitude(even)); });
  }
  // {samples, shapes, details, pixels}: expected correlations with the map of endless samples.
  val reliability() {
    return guarded([&]() -> val {
      denoise_now(false);
      const std::vector<float> even = half_magnitude(true), odd = half_magnitude(false);
      const auto over = [&](double window) {
        const auto pooled = [&](const std::vector<float>& map) {
          return pool_map({map.data(), {shape_.height, shape_.width, 1}}, window);
        };
        return smoothgrad::reliability(pooled(even), pooled(odd));
      };
      const double error = expected_error(), side = std::min(shape_.height, shape_.width);
      Object figures;
      figures.set("samples", static_cast<double>(denoised_samples_));
      figures.set("shapes", over(side / 28));
      figures.set("details", over(side / 112));
      figures.set("pixels", std::sqrt(1 - error * error));
      return figures;
    });
  }
  val map(const val& options) override {
    return guarded([&] { return copy_out<float>(make(options)); });
  }
  // {mean, variance}: of the denoised attribution, channels first.
  val denoised_tensors() {
    return guarded([&]() -> val {
      const std::vector<Denoised>& scores = denoise_now(false);
      std::vector<float> mean, variance;
      for (const Denoised& one : scores) {
        mean.insert(mean.end(), one.mean.begin(), one.mean.end());
        variance.insert(variance.end(), one.variance.begin(), one.variance.end());
      }
      Object tensors;
      tensors.set("mean", each_channels_first(mean));
      tensors.set("variance", each_channels_first(variance));
      return tensors;
    });
  }
  // {samples, expectedError, signal} of what was denoised last; undefined where nothing was.
  val denoised_figures() const {
    if (denoised_.empty()) return val::undefined();
    Object figures;
    figures.set("samples", static_cast<double>(denoised_samples_));
    figures.set("expectedError", expected_error());
    figures.set("signal", std::ranges::any_of(denoised_, &Denoised::signal));
    return figures;
  }
  bool is_signed(const val& options) const override {
    return guarded([&] { return scaled_ || has_signs(read_options<MapOptions>(options)); });
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
  void resume(const val& saved) {
    guarded([&] {
      const auto bytes = emscripten::convertJSArrayToNumberVector<uint8_t>(saved);
      run_.explanation()->resume(std::as_bytes(std::span(bytes)));
    });
  }

 private:
  // [H, W], sums of absolute values
  std::vector<float> half_magnitude(bool even) {
    const std::vector<float> mean = run_.explanation()->half_mean(even);
    return reduce_channels({mean.data(), shape_}, ChannelReduction::kSumAbs);
  }

  // Of what was denoised last: the larger one of two scores'.
  double expected_error() const {
    double error = 0;
    for (const Denoised& one : denoised_) error = std::max(error, one.expected_error);
    return error;
  }

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
    if (reduction.isUndefined()) return run_.explanation()->attribution();
    const Reduction chosen = find_reduction(reduction.as<std::string>());
    return run_.explanation()->attribution(chosen);
  }

  std::vector<float> make(const val& options) {
    const MapOptions map_options = read_options<MapOptions>(options);
    if (scaled_) check_scaled_difference(map_options);
    if (is_denoised(map_options.magnitude)) {
      const std::vector<Denoised>& scores = denoise_now(!field(options, "hurried").isUndefined());
      return of_scores([&](size_t score) { return denoised_map(scores[score], shape_, map_options); });
    }
    const bool plain = map_options.magnitude == Magnitude::kPlain;
    if (!plain && run_.explanation()->method().times_input) {
      refuse(ErrorCode::kBadOption, {"a magnitude other than plain is for methods that are not multiplied by the input"});
    }
    const std::vector<float> mean =
        plain ? reduced_over_noise(field(options, "reduction")) : run_.explanation()->attribution(Reduction::kMean);
    // A statement of its own: the explanation stays locked until its end, and make_map() asks it again.
    const std::vector<float> error = plain ? std::vector<float>(mean.size()) : run_.explanation()->standard_error();
    const int64_t samples = run_.explanation()->statistics().observations();
    return of_scores([&](size_t score) {
      const size_t first = score * shape_.size();
      return make_map({mean.data() + first, shape_}, {error.data() + first, shape_}, samples, map_options);
    });
  }

  // The one map, or the difference of both.
  template <typename MapOf>
  std::vector<float> of_scores(MapOf map_of) const {
    return scaled_ ? scaled_difference(map_of(0), map_of(1)) : map_of(0);
  }

  // Of all samples so far; hurried: what was denoised last will do, unless that is a while ago.
  const std::vector<Denoised>& denoise_now(bool hurried) {
    const int64_t samples = run_.explanation()->statistics().count();
    constexpr double kRest = 10;  // times what it cost
    const bool recent = since_denoised_.elapsed_ms() < kRest * denoise_ms_;
    if (!denoised_.empty() && (samples == denoised_samples_ || (hurried && recent))) return denoised_;
    Stopwatch stopwatch;
    stopwatch.start();
    const KeptMean kept = run_.explanation()->kept_mean();  // the explanation is locked for this statement alone
    denoised_ = kept.denoised();
    denoised_samples_ = kept.samples;
    denoise_ms_ = stopwatch.elapsed_ms();
    since_denoised_ = {};
    since_denoised_.start();
    return denoised_;
  }

  Shape shape_;
  bool scaled_;  // difference: attributions are of two classes
  Lanes run_;

  std::vector<Denoised> denoised_;  // a score each, of the samples when it was last asked for
  int64_t denoised_samples_ = 0;
  double denoise_ms_ = 0;
  Stopwatch since_denoised_;
};

// options: {method, target, ...}, of which each method reads its own.
inline std::unique_ptr<BoundRun> make_run(const Model& model, const val& input, const val& options) {
  return guarded([&]() -> std::unique_ptr<BoundRun> {
    std::vector<float> values = channels_last(input, model.shape());
    const ExplainOptions explain = read_explain_options(model, values, options);
    const Method& method = find_method(explain.method);
    if (method.sampled()) return std::make_unique<SampledRun>(model, values, explain);
    return std::make_unique<ReferenceRun>(model, std::move(values), method, options);
  });
}

}  // namespace smoothgrad
