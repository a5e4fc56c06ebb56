// An ONNX model as plain data: what the file says, nothing inferred.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace smoothgrad {

// A tensor of the file. Floating types (float32, float16, float64) are in `floats`, integer types and booleans in `ints`.
struct Constant {
  std::vector<int64_t> dims;
  std::vector<float> floats;
  std::vector<int64_t> ints;
  bool integer = false;

  size_t size() const { return integer ? ints.size() : floats.size(); }
};

struct Attribute {
  int64_t i = 0;
  float f = 0;
  std::string s;
  std::vector<int64_t> ints;
  std::vector<float> floats;
  Constant tensor;
};

struct Node {
  std::string name;  // never empty: nodes without a name are called "Conv #3"
  std::string op;
  std::vector<std::string> inputs;  // an empty name is an optional input left out
  std::vector<std::string> outputs;
  std::map<std::string, Attribute> attributes;
};

struct Graph {
  struct Port {
    std::string name;
    std::vector<int64_t> dims;  // -1 where the file leaves a dimension open
    int type = 0;               // of its elements, by TensorProto.DataType; 0 where the file does not say
  };

  int64_t opset = 0;
  std::vector<Node> nodes;  // in the file's order, which ONNX requires to be topological
  std::map<std::string, Constant> constants;
  std::vector<Port> inputs;  // without the initialisers
  std::vector<Port> outputs;
  std::map<std::string, std::string> metadata;  // metadata_props
};

}  // namespace smoothgrad
