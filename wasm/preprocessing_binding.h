// What a caller says of a model's photos, and what is done to them, as JavaScript has it.
#pragma once

#include <algorithm>

#include "core/image/resize.h"
#include "core/network/input.h"
#include "core/onnx/passes/prepared.h"
#include "wasm/convert.h"

namespace smoothgrad {

inline InputSize read_size(const val& size) {
  if (size.isUndefined()) return {};
  const auto sides = emscripten::convertJSArrayToNumberVector<int>(size);
  return {sides.at(0), sides.at(1)};
}

// A name or an index, as text.
inline std::string read_output(const val& output) { return output.isUndefined() ? std::string() : output.as<std::string>(); }

inline Ending read_ending(const val& ending) {
  if (ending.isUndefined()) return Ending::kNone;
  return ending.as<std::string>() == "sigmoid" ? Ending::kSigmoid : Ending::kSoftmax;
}

// given: {resize?, fit?, mean?, std?, channelOrder?, preset?}, which goes before what the file says. mean and std are one
// number a channel in the network's order; of a preset they are in that of RGB, or one for all.
inline void override_preprocessing(Preprocessing& preprocessing, const val& given, const InputForm& input) {
  const size_t channels = static_cast<size_t>(input.shape.channels);
  if (const val resize = field(given, "resize"); !resize.isUndefined()) preprocessing.resize = resize.as<int>();
  if (const val fit = field(given, "fit"); !fit.isUndefined()) preprocessing.stretch = fit.as<std::string>() == "stretch";
  if (const val order = field(given, "channelOrder"); !order.isUndefined()) {
    if (channels != 3) refuse(ErrorCode::kBadOption, {"channelOrder is for networks of 3 channels, this one has ", channels});
    preprocessing.bgr = order.as<std::string>() == "bgr";
  }
  const bool preset = field(given, "preset").isTrue();
  for (auto [name, values] : {std::pair("mean", &preprocessing.mean), std::pair("std", &preprocessing.std)}) {
    if (field(given, name).isUndefined()) continue;
    *values = emscripten::convertJSArrayToNumberVector<float>(field(given, name));
    if (preset && values->size() == 1) values->resize(channels, values->front());
    if (preset && preprocessing.bgr) std::ranges::reverse(*values);
    if (values->size() != channels) {
      refuse(ErrorCode::kBadOption,
             {preset ? "the preset's " : "", name, " must have ", channels, " numbers, one a channel, not ", values->size()});
    }
    preprocessing.source = "options";
  }
  const auto all = [](const std::vector<float>& values, float value) {
    return std::ranges::all_of(values, [value](float other) { return other == value; });
  };
  if (input.levels && !(all(preprocessing.mean, 0) && all(preprocessing.std, 1))) {
    refuse(ErrorCode::kBadOption, {"mean, std and preset are not for this model: its input is ", input.type,
                                   ", so it takes levels 0 to 255 and scales them inside"});
  }
}

inline val preprocessing_out(const Preprocessing& preprocessing) {
  Object out;
  out.set("resize", preprocessing.resize);
  out.set("fit", preprocessing.stretch ? "stretch" : "crop");
  out.set("size", val::array(std::vector<int>{preprocessing.crop.height, preprocessing.crop.width}));
  out.set("mean", val::array(preprocessing.mean));
  out.set("std", val::array(preprocessing.std));
  out.set("channelOrder", preprocessing.crop.channels == 1 ? "grey" : preprocessing.bgr ? "bgr" : "rgb");
  out.set("source", preprocessing.source);
  return out;
}

}  // namespace smoothgrad
