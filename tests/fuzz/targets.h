// What is fuzzed: a reader a target. Whatever the bytes are, a target reads them and uses what they hold, or catches the error
// that refuses them; it throws FaultFound, or a sanitizer stops it, where the engine is wrong.
#pragma once

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string_view>

namespace smoothgrad::fuzz {

struct FaultFound : std::logic_error {
  using std::logic_error::logic_error;
};

void read_onnx(std::span<const std::byte> bytes);
void read_run(std::span<const std::byte> bytes);
void read_digits(std::span<const std::byte> bytes);
void read_metadata(std::span<const std::byte> bytes);

struct Target {
  std::string_view name;  // of its corpus too
  void (*run)(std::span<const std::byte> bytes);
};

constexpr Target kTargets[] = {{"onnx", read_onnx}, {"run", read_run}, {"idx", read_digits}, {"metadata", read_metadata}};

}  // namespace smoothgrad::fuzz
