// Compiled for size.
#include "core/network/channels_last.h"

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace smoothgrad {
namespace {

using Names = std::map<std::string, std::string>;  // of values, and what they are called now; as metadata, so no new code

// Where they are followed by nothing but what knows no axes, and by the Transpose.
constexpr const char* kElementWise[] = {"Cast", "Identity", "Neg", "Clip", "Dropout"};
constexpr const char* kArithmetic[] = {"Add", "Sub", "Mul", "Div"};

bool is_one_of(const std::string& op, std::span<const char* const> ops) {
  return std::ranges::any_of(ops, [&op](const char* name) { return op == name; });
}

bool to_channels_first(const Node& node) {
  const auto perm = node.attributes.find("perm");
  return node.op == "Transpose" && perm != node.attributes.end() && perm->second.ints == std::vector<int64_t>{0, 3, 1, 2};
}

// One number for all, or one a channel and nothing along the other axes.
bool is_by_channel(const Constant& constant, int64_t channels) {
  if (constant.size() == 1) return true;
  return !constant.dims.empty() && constant.dims.size() <= 4 && constant.dims.back() == channels &&
         constant.size() == static_cast<size_t>(channels);
}

const Constant* constant_of(const Graph& graph, const std::string& name) {
  if (const auto found = graph.constants.find(name); found != graph.constants.end()) return &found->second;
  for (const Node& node : graph.nodes) {
    const auto value = node.attributes.find("value");
    if (node.op == "Constant" && !node.outputs.empty() && node.outputs[0] == name && value != node.attributes.end())
      return &value->second.tensor;
  }
  return nullptr;
}

bool reads(const Node& node, const Names& names) {
  return std::ranges::any_of(node.inputs, [&names](const std::string& name) { return names.contains(name); });
}

bool knows_no_axes(const Graph& graph, const Node& node, const Names& last, int64_t channels) {
  if (is_one_of(node.op, kElementWise)) return true;
  if (!is_one_of(node.op, kArithmetic)) return false;
  return std::ranges::all_of(node.inputs, [&](const std::string& name) {
    const Constant* constant = constant_of(graph, name);
    return last.contains(name) || (constant && is_by_channel(*constant, channels));
  });
}

struct Reading {
  Names last;                   // values that have their channels last
  const Node* other = nullptr;  // the first node that reads one and is none of those that can be told
  size_t transposes = 0;
};

Reading follow(const Graph& graph, int64_t channels) {
  Reading reading;
  reading.last[graph.inputs[0].name];
  for (const Node& node : graph.nodes) {
    if (!reads(node, reading.last)) continue;
    if (to_channels_first(node)) {
      ++reading.transposes;
    } else if (!node.outputs.empty() && knows_no_axes(graph, node, reading.last, channels)) {
      reading.last[node.outputs[0]];
    } else if (!reading.other) {
      reading.other = &node;
    }
  }
  return reading;
}

// A convolution that reads the input says itself how many channels that has.
bool is_convolved_so(const Graph& graph, int64_t channels) {
  return std::ranges::any_of(graph.nodes, [&](const Node& node) {
    if (node.op != "Conv" || node.inputs.size() < 2 || node.inputs[0] != graph.inputs[0].name) return false;
    const Constant* weights = constant_of(graph, node.inputs[1]);
    const auto group = node.attributes.find("group");
    const int64_t groups = group == node.attributes.end() ? 1 : group->second.i;
    return weights && weights->dims.size() > 1 && weights->dims[1] * groups == channels;
  });
}

void rewrite(Graph& graph, const Names& last, int64_t channels) {
  Names renamed;  // of what a Transpose made
  std::vector<Node> kept;
  for (Node& node : graph.nodes) {
    const bool affected = reads(node, last);
    if (affected && to_channels_first(node)) {
      renamed[node.outputs.at(0)] = node.inputs.at(0);
      continue;
    }
    for (std::string& name : node.inputs) {
      const Constant* constant = affected && !last.contains(name) ? constant_of(graph, name) : nullptr;
      if (constant && constant->size() > 1) {
        Constant moved = *constant;
        moved.dims = {1, channels, 1, 1};
        name += " (channels first)";
        graph.constants[name] = std::move(moved);
      }
    }
    kept.push_back(std::move(node));
  }
  for (Node& node : kept) {
    for (std::string& name : node.inputs) {
      if (const auto found = renamed.find(name); found != renamed.end()) name = found->second;
    }
  }
  graph.nodes = std::move(kept);
}

}  // namespace

bool put_channels_first(Graph& graph) {
  std::vector<int64_t>& dims = graph.inputs[0].dims;
  if (dims.size() != 4) return false;
  const int64_t channels = dims[3];
  const auto spatial = [&dims](int64_t least) {
    return std::all_of(dims.begin() + 1, dims.begin() + 3, [least](int64_t dim) { return dim <= 0 || dim >= least; });
  };
  constexpr int64_t kLeastTold = 5, kLeastShown = 16;  // pixels of a side: where nodes say so, and where only the dimensions do
  const bool like_channels = channels == 1 || channels == 3 || channels == 4;
  if (!like_channels || !spatial(kLeastTold)) return false;
  const Reading reading = follow(graph, channels);
  if (reading.transposes > 0 && !reading.other) {
    rewrite(graph, reading.last, channels);
    dims = {dims[0], channels, dims[1], dims[2]};
    return true;
  }
  if (!spatial(kLeastShown) || is_convolved_so(graph, dims[1])) return false;
  const std::string by =
      reading.other ? "node '" + reading.other->name + "' (" + reading.other->op + ") reads it so" : "is read so";
  throw Error(ErrorCode::kUnsupportedOperator,
              "input '" + graph.inputs[0].name + "' has its channels last ([N, H, W, C]) and " + by +
                  "; export it channels first (tf2onnx: --inputs-as-nchw " + graph.inputs[0].name +
                  "), or with a Transpose to [N, C, H, W] behind the input");
}

}  // namespace smoothgrad
