// ONNX files made field by field (numbers of onnx.proto), right or wrong as a test wants them.
#pragma once

#include <cstring>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/onnx/wire.h"
// After wire.h, which says what its assertions do.
#include <protozero/pbf_writer.hpp>

namespace smoothgrad::test {

using protozero::pbf_writer;
using Dims64 = std::vector<int64_t>;

template <typename T>
std::string raw_bytes(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

// A TensorProto without its numbers, to which a test adds them.
inline std::string tensor(const std::string& name, const Dims64& dims, int type) {
  std::string bytes;
  pbf_writer writer(bytes);
  for (const int64_t dim : dims) writer.add_int64(1, dim);
  writer.add_int32(2, type);
  writer.add_string(8, name);
  return bytes;
}

inline std::string raw_tensor(const std::string& name, const Dims64& dims, int type, const std::string& raw) {
  std::string bytes = tensor(name, dims, type);
  pbf_writer(bytes).add_bytes(9, raw);
  return bytes;
}

inline std::string string_entry(const std::string& key, const std::string& value) {
  std::string bytes;
  pbf_writer(bytes).add_string(1, key);
  pbf_writer(bytes).add_string(2, value);
  return bytes;
}

inline std::string external_tensor(const std::string& name, const Dims64& dims, int type,
                                   const std::map<std::string, std::string>& place) {
  std::string bytes = tensor(name, dims, type);
  for (const auto& [key, value] : place) pbf_writer(bytes).add_message(13, string_entry(key, value));
  pbf_writer(bytes).add_enum(14, 1);
  return bytes;
}

inline std::string port(const std::string& name, const Dims64& dims, int type = 1) {
  std::string shape, of_tensor, of_type, bytes;
  for (const int64_t dim : dims) {
    std::string dimension;
    if (dim < 0)
      pbf_writer(dimension).add_string(2, "open");
    else
      pbf_writer(dimension).add_int64(1, dim);
    pbf_writer(shape).add_message(1, dimension);
  }
  pbf_writer(of_tensor).add_int32(1, type);
  pbf_writer(of_tensor).add_message(2, shape);
  pbf_writer(of_type).add_message(1, of_tensor);
  pbf_writer(bytes).add_string(1, name);
  pbf_writer(bytes).add_message(2, of_type);
  return bytes;
}

// `attributes`: AttributeProtos, as `attribute` makes them.
inline std::string node_proto(const std::string& op, const std::vector<std::string>& inputs,
                              const std::vector<std::string>& outputs, const std::vector<std::string>& attributes = {},
                              const std::string& domain = "") {
  std::string bytes;
  pbf_writer writer(bytes);
  for (const std::string& name : inputs) writer.add_string(1, name);
  for (const std::string& name : outputs) writer.add_string(2, name);
  writer.add_string(4, op);
  for (const std::string& one : attributes) writer.add_message(5, one);
  if (!domain.empty()) writer.add_string(7, domain);
  return bytes;
}

inline std::string attribute(const std::string& name, uint32_t field, const std::string& message) {
  std::string bytes;
  pbf_writer(bytes).add_string(1, name);
  pbf_writer(bytes).add_bytes(field, message);
  return bytes;
}

inline std::string opset(const std::string& domain, int64_t version) {
  std::string bytes;
  pbf_writer(bytes).add_string(1, domain);
  pbf_writer(bytes).add_int64(2, version);
  return bytes;
}

struct File {
  std::vector<std::string> nodes, tensors = {}, inputs = {port("x", {1, 3})}, outputs = {port("y", {})};
  std::vector<std::string> functions = {}, sparse = {}, opsets = {opset("", 17)};

  std::string graph() const {
    std::string bytes;
    const auto add = [&bytes](uint32_t field, const std::vector<std::string>& messages) {
      for (const std::string& message : messages) pbf_writer(bytes).add_message(field, message);
    };
    add(1, nodes), add(5, tensors), add(11, inputs), add(12, outputs), add(15, sparse);
    return bytes;
  }

  std::vector<std::byte> bytes() const {
    std::string model;
    pbf_writer(model).add_int64(1, 8);
    pbf_writer(model).add_message(7, graph());
    for (const std::string& entry : opsets) pbf_writer(model).add_message(8, entry);
    for (const std::string& function : functions) pbf_writer(model).add_message(25, function);
    std::vector<std::byte> file(model.size());
    std::memcpy(file.data(), model.data(), model.size());
    return file;
  }
};

}  // namespace smoothgrad::test
