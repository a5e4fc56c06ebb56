// TensorProto of onnx.proto -> Constant, from any of the ways in which the format stores numbers.
#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <string>

#include "core/onnx/parse.h"
#include "core/onnx/wire.h"

namespace smoothgrad {

// What reading a tensor needs beside its own bytes.
struct TensorSources {
  const ExternalFiles& files;
  std::set<std::string> wanted = {};  // names of files that tensors are in, handed in or not
};

struct NamedConstant {
  std::string name;
  Constant constant;
};

// Of the tensor with this name. Throws where a dimension is negative, or where there are more than `most` (below 2^32)
// elements.
uint64_t count_elements(const std::string& name, const std::vector<int64_t>& dims, uint64_t most);

NamedConstant parse_tensor(protozero::pbf_reader reader, TensorSources& sources);

// A repeated scalar is one packed field or many plain ones; writers use both.
template <typename T, typename Packed, typename Single>
void append_repeated(protozero::pbf_reader& reader, std::vector<T>& out, Packed packed, Single single) {
  if (reader.wire_type() == protozero::pbf_wire_type::length_delimited) {
    for (auto value : (reader.*packed)()) out.push_back(static_cast<T>(value));
  } else {
    out.push_back(static_cast<T>((reader.*single)()));
  }
}

}  // namespace smoothgrad
