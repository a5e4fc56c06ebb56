// protozero, with its assertions thrown: a field of the wrong wire type is damage of the file, not a mistake of ours. Include
// this in place of protozero's headers.
#pragma once

#include <exception>
#include <protozero/exception.hpp>

namespace smoothgrad {

struct WrongWireType : protozero::exception {
  const char* what() const noexcept override { return "a field of the wrong type"; }
};

}  // namespace smoothgrad

#define protozero_assert(condition) ((condition) ? void() : throw ::smoothgrad::WrongWireType())

#include <protozero/pbf_reader.hpp>
