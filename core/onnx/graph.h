// An ONNX model as plain data: what the file says, nothing inferred; the passes of core/onnx/passes rewrite it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/onnx/data_type.h"

namespace smoothgrad {

// A tensor of the file. Floating types are in `floats`, as float32; integer types and booleans in `ints`.
struct Constant {
  std::vector<int64_t> dims;
  std::vector<float> floats;
  std::vector<int64_t> ints;
  bool integer = false;
  int type = kUnknownType;  // that of the file; unknown is float32 or int64
  std::string problem;      // not empty: it cannot be had, and this says why; refused where a node that counts reads it

  size_t size() const { return integer ? ints.size() : floats.size(); }
};

struct Graph;

struct Attribute {
  int64_t i = 0;
  float f = 0;
  std::string s;
  std::vector<int64_t> ints;
  std::vector<float> floats;
  Constant tensor;
  std::shared_ptr<const Graph> graph;  // a branch of If, the body of Loop or Scan
  std::string reference;               // in a function: the function's attribute that stands for it
  bool text = false;                   // it holds a string, or several
};

struct Node {
  std::string name;  // never empty: nodes without a name are called "Conv #3"
  std::string op;
  std::vector<std::string> inputs;  // an empty name is an optional input left out
  std::vector<std::string> outputs;
  std::map<std::string, Attribute> attributes;
  std::string domain = {};  // empty: ONNX's own
};

// A function of the model: what a node of its domain and name stands for.
struct Function {
  std::string name, domain;
  std::vector<std::string> inputs, outputs;
  std::map<std::string, Attribute> defaults;  // of its attributes
  std::vector<Node> nodes;
  int64_t opset = 0;  // of ONNX's own operators in it; 0: it has none
};

struct Graph {
  struct Port {
    std::string name;
    std::vector<int64_t> dims;  // -1 where the file leaves a dimension open
    int type = kUnknownType;    // of its elements; unknown where the file does not say
  };

  std::string producer;                   // name and version of what wrote the file
  int64_t opset = 0;                      // of ONNX's own domain
  std::map<std::string, int64_t> opsets;  // of the other domains
  std::vector<Node> nodes;                // in the file's order, until they are sorted
  std::map<std::string, Constant> constants;
  std::vector<Port> inputs;  // without the initialisers
  std::vector<Port> outputs;
  std::vector<Function> functions;
  std::map<std::string, std::string> metadata;       // metadata_props
  std::map<std::string, std::vector<int64_t>> dims;  // of values, as far as a pass found them; a batch counts as 1
};

}  // namespace smoothgrad
