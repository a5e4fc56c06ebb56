// Compiled for size.
#include "core/network/input.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/base/decimal.h"
#include "core/base/text.h"
#include "core/layers/node_builder.h"

namespace smoothgrad {
namespace {

struct NumberType {
  int type;  // TensorProto.DataType
  const char* name;
  bool floating, levels;  // levels: holds 0 to 255
};

constexpr NumberType kTypes[] = {{1, "float32", true, false},  {2, "uint8", false, true},    {3, "int8", false, false},
                                 {4, "uint16", false, true},   {5, "int16", false, true},    {6, "int32", false, true},
                                 {7, "int64", false, true},    {8, "string", false, false},  {9, "bool", false, false},
                                 {10, "float16", true, false}, {11, "float64", true, false}, {12, "uint32", false, true},
                                 {13, "uint64", false, true},  {16, "bfloat16", true, false}};

const NumberType& type_of(const Graph::Port& port) {
  const auto found = std::ranges::find(kTypes, port.type == 0 ? 1 : port.type, &NumberType::type);
  if (found != std::end(kTypes) && (found->floating || found->levels)) return *found;
  const std::string called = found == std::end(kTypes) ? "ONNX data type " + std::to_string(port.type) : found->name;
  refuse(ErrorCode::kUnsupportedOperator,
         {"input '", port.name, "' is of ", called, ", which cannot hold the levels 0 to 255 of a photo; export it with a ",
          "float32 or uint8 input"});
}

constexpr int64_t kLargest = 1 << 14;

// "224" or "224 192": height and width.
InputSize read_size(const Graph& graph, const char* key) {
  const auto found = graph.metadata.find(key);
  if (found == graph.metadata.end()) return {};
  std::vector<int> sides;
  const char* at = found->second.c_str();
  for (at += std::strspn(at, " \t\r\n"); *at != 0; at += std::strspn(at, " \t\r\n")) {
    const double side = read_decimal(at).value_or(0);
    if (!(side >= 1 && side <= kLargest) || side != std::floor(side)) {
      sides.clear();
      break;
    }
    sides.push_back(static_cast<int>(side));
  }
  if (sides.empty() || sides.size() > 2) {
    refuse(ErrorCode::kBadModel, {"the model's metadata ", key, " is '", found->second,
                                  "', it must be one or two whole numbers of pixels from 1 to 16384"});
  }
  return {sides.front(), sides.back()};
}

bool to_channels_first(const Node& node) {
  const auto perm = node.attributes.find("perm");
  return node.op == "Transpose" && perm != node.attributes.end() && perm->second.ints == Dims{0, 3, 1, 2};
}

// A convolution that reads the input says itself how many channels that has.
bool is_convolved_channels_first(const Graph& graph) {
  const Graph::Port& port = graph.inputs[0];
  return std::ranges::any_of(graph.nodes, [&](const Node& node) {
    if (node.op != "Conv" || node.inputs.size() < 2 || node.inputs[0] != port.name) return false;
    const auto weights = graph.constants.find(node.inputs[1]);
    const auto group = node.attributes.find("group");
    const int64_t groups = group == node.attributes.end() ? 1 : group->second.i;
    return weights != graph.constants.end() && weights->second.dims.size() > 1 &&
           weights->second.dims[1] * groups == port.dims[1];
  });
}

// [N, H, W, C]: by the dimensions, where they leave no doubt or a node says so too.
bool has_channels_last(const Graph& graph) {
  const Dims& dims = graph.inputs[0].dims;
  if (dims.size() != 4) return false;
  const auto spatial = [&dims](int64_t least) {
    return std::all_of(dims.begin() + 1, dims.begin() + 3, [least](int64_t dim) { return dim <= 0 || dim >= least; });
  };
  constexpr int64_t kLeastTold = 5, kLeastShown = 16;  // pixels of a side: where nodes say so, and where only the dimensions do
  const bool like_channels = dims[3] == 1 || dims[3] == 3 || dims[3] == 4;
  const bool told = std::ranges::any_of(graph.nodes, to_channels_first);
  return like_channels && spatial(told ? kLeastTold : kLeastShown) && !is_convolved_channels_first(graph);
}

std::string shown(const Dims& dims) {
  std::string text;
  for (int64_t dim : dims) text += (text.empty() ? "" : ", ") + (dim > 0 ? std::to_string(dim) : "?");
  return "[" + text + "]";
}

// Another size than the file's. Its pads are for its own: they mean the same where all halvings on the way leave the same
// rests.
void change_size(Graph::Port& port, size_t first, InputSize size, InputForm& form) {
  int64_t &height = port.dims[first], &width = port.dims[first + 1];
  constexpr int64_t kHalvings = 32;
  if ((size.height - height) % kHalvings != 0 || (size.width - width) % kHalvings != 0) {
    refuse(ErrorCode::kBadOption,
           {"size is ", size.height, " x ", size.width, ", but the model's input is fixed at ", shown(port.dims),
            ": leave size out, or take one that is some times 32 pixels larger or smaller"});
  }
  form.notes.push_back(join({"the file is for photos of ", height, " x ", width, ": ", size.height, " x ", size.width,
                             " is used, at which its network was not trained"}));
  form.scale = static_cast<double>(std::min(size.height, size.width)) / static_cast<double>(std::min(height, width));
  height = size.height;
  width = size.width;
}

// Open height and width, which are the axes from `first` on.
void fix_size(Graph& graph, size_t first, InputSize size, InputForm& form) {
  Graph::Port& port = graph.inputs[0];
  int64_t &height = port.dims[first], &width = port.dims[first + 1];
  if (height > 0 && width > 0) {
    if (size.height > 0 && (height != size.height || width != size.width)) change_size(port, first, size, form);
    return;
  }
  if (size.height > 0 && ((height > 0 && height != size.height) || (width > 0 && width != size.width))) {
    refuse(ErrorCode::kBadOption,
           {"size is ", size.height, " x ", size.width, ", but the model's input is partly fixed, ", shown(port.dims)});
  }
  const std::string file = shown(port.dims);
  std::string from = "size";
  for (const char* key : {"smoothgrad.size", "smoothgrad.resize"}) {
    if (size.height == 0) size = read_size(graph, from.assign(key).c_str());
  }
  if (size.height == 0) {
    refuse(ErrorCode::kBadModel, {"input '", port.name, "' ", file,
                                  " leaves its height and width open: give the option size, such as size: 224 (on the ",
                                  "command line --input-size 224), or export the model for one size"});
  }
  if (height <= 0) height = size.height;
  if (width <= 0) width = size.width;
  form.notes.push_back(join({"the file leaves the size of its input open: ", height, " x ", width, " is used"}));
}

}  // namespace

InputForm read_input(Graph& graph, InputSize size) {
  if (graph.inputs.size() != 1) {
    refuse(ErrorCode::kUnsupportedOperator, {"the model has ", graph.inputs.size(), " inputs; one image input is supported"});
  }
  Graph::Port& port = graph.inputs[0];
  const NumberType& type = type_of(port);
  InputForm form{{}, type.levels, has_channels_last(graph), 1, type.name, {}};
  Dims& dims = port.dims;
  const std::string file = shown(dims);
  if (form.channels_last) {
    form.notes.push_back("the file's input " + file +
                         " has its channels last; tensors that go in and come out are channels first");
  }
  const bool image = dims.size() == 4, vector = dims.size() == 2;
  const size_t channels = form.channels_last ? 3 : 1, height = form.channels_last ? 1 : 2;
  if (image && dims[channels] > 0) fix_size(graph, height, size, form);
  if (!dims.empty()) dims[0] = 1;
  const bool fixed = std::ranges::all_of(dims, [](int64_t dim) { return dim > 0 && dim <= kLargest; });
  if (!(image || vector) || !fixed) {
    refuse(ErrorCode::kBadModel, {"input '", port.name, "' must be of fixed size [N, C, H, W] (each at most 16,384), not ",
                                  file, ": export the model for one size"});
  }
  if (form.levels) {
    form.notes.push_back(std::string("the input is ") + type.name +
                         ": levels 0 to 255 go in as they are, and the gradient is with "
                         "respect to them");
  }
  if (vector) {
    form.shape = {1, 1, static_cast<int>(dims[1])};
    return form;
  }
  form.shape = {static_cast<int>(dims[height]), static_cast<int>(dims[height + 1]), static_cast<int>(dims[channels])};
  if (too_large(form.shape)) refuse(ErrorCode::kBadModel, {"input '", port.name, "' has more than 67,108,864 elements"});
  return form;
}

}  // namespace smoothgrad
