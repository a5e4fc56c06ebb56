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
  struct Copy {  // of a view, in another order
    Value from, to;
    AxisOrder order;
  };

  // Before the first node, with the input as value 0. channels_last: the graph reads [N, H, W, C].
  BuildState(Graph& read, bool channels_last);

  Graph& graph;                             // its constants go as layers take them
  std::map<std::string, Value> values;      // by ONNX's name; several names may mean one step's output
  std::map<std::string, int> name_readers;  // nodes and graph outputs that read the name
  std::vector<Step> steps;                  // step i makes value i + 1
  std::vector<StridedView> made;            // what each step left, by id; all of its memory
  std::vector<int> readers;                 // of each value, by all its names together
  std::vector<Copy> copies;

  void name_value(const std::string& name, const Value& value) {
    values[name] = value;
    readers[static_cast<size_t>(value.id)] += name_readers[name];
  }
  Value add_value(StridedView view) {
    made.push_back(view);
    readers.push_back(0);
    return {static_cast<int>(made.size()) - 1, std::move(view)};
  }
  // The value in memory of its own, its axes in that order: itself where it lies so, else by a step that copies it.
  Value ordered(const Value& value, const AxisOrder& order, const std::string& name);
};

}  // namespace smoothgrad
