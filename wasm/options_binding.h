// Options by their JavaScript names, in one list: read from an object, where what is missing keeps C++'s own default, and
// written into one, so that a test can compare those defaults with TypeScript's.
#pragma once

#include "core/attribution/explain_options.h"
#include "core/attribution/map_run.h"
#include "core/image/baseline.h"
#include "core/image/noise_aware.h"
#include "wasm/model_binding.h"

namespace smoothgrad {

template <typename Option>
void each_option(ExplainOptions& options, Option option) {
  option("method", options.method);
  option("rule", options.rule);
  option("timesInput", options.times_input);
  option("target", options.target);
  option("versus", options.versus);
  option("difference", options.difference);
  option("noise", options.noise);
  option("sigma", options.sigma);
  option("samples", options.samples);
  option("seed", options.seed);
  option("firstSample", options.first_sample);
  option("antithetic", options.antithetic);
  option("cleanLast", options.clean_last);
  option("steps", options.steps);
  option("untilRelativeError", options.until_relative_error);
  option("untilDenoisedError", options.until_denoised_error);
  option("untilMs", options.until_ms);
  option("expectedClass", options.expected_class);
}

template <typename Option>
void each_option(MapOptions& options, Option option) {
  option("channels", options.channels);
  option("magnitude", options.magnitude);
  option("window", options.window);
}

template <typename Option>
void each_option(RenderOptions& options, Option option) {
  option("signed", options.signed_map);
  option("view", options.view);
  option("colours", options.colours);
  option("percentile", options.percentile);
  option("fromLowest", options.from_lowest);
  option("opacity", options.opacity);
}

constexpr const char* kDefaultBaseline = "zero";

// From JavaScript and to it.
inline void read(const val& from, std::string& to) { to = from.as<std::string>(); }
inline void read(const val& from, double& to) { to = from.as<double>(); }
inline void read(const val& from, int& to) { to = from.as<int>(); }
inline void read(const val& from, bool& to) { to = from.as<bool>(); }
inline void read(const val& from, int64_t& to) { to = static_cast<int64_t>(from.as<double>()); }
inline void read(const val& from, uint64_t& to) { to = from.as<uint64_t>(); }
inline void read(const val& from, Rule& to) { to = find_rule(from.as<std::string>()); }
inline void read(const val& from, Difference& to) { to = find_difference(from.as<std::string>()); }
inline void read(const val& from, ChannelReduction& to) { to = find_channel_reduction(from.as<std::string>()); }
inline void read(const val& from, Magnitude& to) { to = find_magnitude(from.as<std::string>()); }
inline void read(const val& from, View& to) { to = find_view(from.as<std::string>()); }
template <typename T>
void read(const val& from, std::optional<T>& to) {
  read(from, to.emplace());
}

inline std::string_view written(Difference value) { return name_of(differences(), value); }
inline std::string_view written(ChannelReduction value) { return name_of(channel_reductions(), value); }
inline std::string_view written(Magnitude value) { return name_of(magnitudes(), value); }
inline std::string_view written(View value) { return name_of(views(), value); }
inline double written(int64_t value) { return static_cast<double>(value); }
inline double written(uint64_t value) { return static_cast<double>(value); }
template <typename T>
const T& written(const T& value) {
  return value;
}

template <typename Options>
Options read_options(const val& from) {
  Options options;
  each_option(options, [&from](const char* name, auto& to) {
    if (const val given = field(from, name); !given.isUndefined()) read(given, to);
  });
  return options;
}

struct WriteOption {
  Object& into;
  template <typename T>
  void operator()(const char* name, const T& value) {
    into.set(name, written(value));
  }
  template <typename T>
  void operator()(const char*, const std::optional<T>&) {}  // none has a default
};

// {name: value}, of all options of all methods.
inline val defaults() {
  Object all;
  ExplainOptions explain;
  MapOptions map;
  RenderOptions render;
  each_option(explain, WriteOption{all});
  each_option(map, WriteOption{all});
  each_option(render, WriteOption{all});
  all.set("baseline", kDefaultBaseline);
  for (const Method& method : references()) {
    for (const OwnOption& option : method.own_options) {
      if (option.value) all.set(option.name.data(), *option.value);
    }
  }
  return all;
}

// input: [H, W, C], for the baselines that are made of it.
inline std::vector<float> read_baseline(const Model& model, std::span<const float> input, const val& from) {
  std::string name = kDefaultBaseline;
  if (const val given = field(from, "baseline"); !given.isUndefined()) read(given, name);
  return make_baseline(name, input, model.preprocessing());
}

inline ExplainOptions read_explain_options(const Model& model, std::span<const float> input, const val& from) {
  ExplainOptions options = read_options<ExplainOptions>(from);
  options.baseline = read_baseline(model, input, from);
  options.lowest = model.level(0);
  options.highest = model.level(255);
  return options;
}

inline MapRunOptions read_map_run_options(const Model& model, std::span<const float> input, const Method& method,
                                          const val& from) {
  const ExplainOptions shared = read_options<ExplainOptions>(from);
  MapRunOptions options{shared.target, shared.versus, read_baseline(model, input, from), {}};
  for (const OwnOption& option : method.own_options) {
    const val given = field(from, option.name.data());
    options.own.push_back(given.isUndefined() ? option.value : given.as<int>());
  }
  return options;
}

}  // namespace smoothgrad
