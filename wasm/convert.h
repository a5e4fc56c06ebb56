// Between C++ and JavaScript: arrays, tensors and errors. Tensors cross the border channels first ([C, H, W], as in ONNX),
// every array that leaves is a copy, and every Error becomes a JavaScript error with its code.
#pragma once

#include <emscripten/val.h>

#include <map>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/finite.h"
#include "core/base/tensor.h"
#include "core/base/text.h"

namespace smoothgrad {

using emscripten::val;

// The JavaScript Error that says what was thrown: for a catch block.
[[gnu::noinline]] inline val caught_error() {
  std::string message;
  val code = val::undefined();
  try {
    throw;
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
  return error;
}

// Calls f. What it throws is thrown on as a JavaScript Error once the C++ exception has been disposed of.
template <typename Function>
auto guarded(Function f) -> decltype(f()) {
  val error = val::undefined();
  try {
    return f();
  } catch (const std::exception&) {
    error = caught_error();
  }
  error.throw_();
}

// object[name]. One function for all names, and not one for each length, as val's operator would be.
[[gnu::noinline]] inline val field(const val& object, const char* name) { return object[val(name)]; }

inline std::vector<std::byte> copy_in(const val& bytes) {
  std::vector<std::byte> copy(field(bytes, "length").as<size_t>());
  val(emscripten::typed_memory_view(copy.size(), reinterpret_cast<uint8_t*>(copy.data()))).call<void>("set", bytes);
  return copy;
}

// {name: bytes} on its way in.
inline std::map<std::string, std::vector<std::byte>> copy_in_by_name(const val& files) {
  std::map<std::string, std::vector<std::byte>> copies;
  for (const std::string& name : emscripten::vecFromJSArray<std::string>(val::global("Object").call<val>("keys", files))) {
    copies[name] = copy_in(field(files, name.c_str()));
  }
  return copies;
}

// An object on its way out. A function for each type, and not one for each name and type, as val::set() would be.
class Object {
 public:
  [[gnu::noinline]] void set(const char* name, const val& value) { object_.set(val(name), value); }
  [[gnu::noinline]] void set(const char* name, double value) { set(name, val(value)); }
  [[gnu::noinline]] void set(const char* name, bool value) { set(name, val(value)); }
  [[gnu::noinline]] void set(const char* name, const std::string& value) { set(name, val(value)); }
  void set(const char* name, int value) { set(name, static_cast<double>(value)); }
  void set(const char* name, std::string_view value) { set(name, std::string(value)); }
  void set(const char* name, const char* value) { set(name, std::string(value)); }
  operator const val&() const { return object_; }

 private:
  val object_ = val::object();
};

// An array on its way out.
class Array {
 public:
  [[gnu::noinline]] void push(const val& value) { array_.set(size_++, value); }
  operator const val&() const { return array_; }

 private:
  val array_ = val::array();
  int size_ = 0;
};

template <typename T>
val copy_out(std::span<const T> values) {
  return val(emscripten::typed_memory_view(values.size(), values.data())).template call<val>("slice");
}

// [rows, columns] -> [columns, rows]: with [C, H * W] to and from channels last.
inline std::vector<float> transposed(std::span<const float> matrix, size_t rows, size_t columns) {
  std::vector<float> result(matrix.size());
  for (size_t row = 0; row < rows; ++row) {
    for (size_t column = 0; column < columns; ++column) result[column * rows + row] = matrix[row * columns + column];
  }
  return result;
}

inline val channels_first(std::span<const float> tensor, Shape shape) {
  return copy_out<float>(transposed(tensor, shape.pixels(), static_cast<size_t>(shape.channels)));
}

inline std::vector<float> channels_last(const val& tensor, Shape shape) {
  const auto values = emscripten::convertJSArrayToNumberVector<float>(tensor);
  if (values.size() != shape.size()) {
    refuse(ErrorCode::kBadOption, {"the input has ", values.size(), " elements, the network wants ", shape.size()});
  }
  check_finite("the input", values, ErrorCode::kBadTensor);  // here its elements still have the caller's numbers
  return transposed(values, static_cast<size_t>(shape.channels), shape.pixels());
}

inline std::vector<uint8_t> without_alpha(const std::vector<uint8_t>& rgba) {
  std::vector<uint8_t> rgb(rgba.size() / 4 * 3);
  for (size_t i = 0; i < rgb.size(); ++i) rgb[i] = rgba[i / 3 * 4 + i % 3];
  return rgb;
}

inline std::vector<uint8_t> with_alpha(const std::vector<uint8_t>& rgb) {
  std::vector<uint8_t> rgba(rgb.size() / 3 * 4, 255);
  for (size_t i = 0; i < rgb.size(); ++i) rgba[i / 3 * 4 + i % 3] = rgb[i];
  return rgba;
}

// [C, H, W]
inline val shape_out(Shape shape) { return val::array(std::vector<int>{shape.channels, shape.height, shape.width}); }

inline std::optional<int> optional_int(const val& value) {
  return value.isUndefined() ? std::nullopt : std::optional(value.as<int>());
}

}  // namespace smoothgrad
