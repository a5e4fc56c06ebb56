// The network while it is built, seen by NodeBuilder and Network only.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/layers/layer.h"
#include "core/layers/node_builder.h"
#include "core/onnx/graph.h"

namespace smoothgrad {

struct BuildState {
  struct Step {
    std::string name;
    std::unique_ptr<Layer> layer;
    std::vector<int> inputs;  // ids of values
  };

  int64_t opset = 0;
  std::map<std::string, Constant> constants;
  std::map<std::string, Value> values;      // by ONNX's name; several names may mean one value
  std::map<std::string, int> name_readers;  // nodes and graph outputs that read the name
  std::vector<Step> steps;                  // step i makes value i + 1
  std::vector<Value> made;                  // by id
  std::vector<int> readers;                 // of each value, by all its names together

  void name_value(const std::string& name, const Value& value) {
    values[name] = value;
    readers[static_cast<size_t>(value.id)] += name_readers[name];
  }
  Value add_value(Shape shape, int rank) {
    const Value value{static_cast<int>(made.size()), shape, rank};
    made.push_back(value);
    readers.push_back(0);
    return value;
  }
};

}  // namespace smoothgrad
