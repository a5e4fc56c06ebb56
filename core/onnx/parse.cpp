#include "core/onnx/parse.h"

#include <bit>
#include <string_view>

#include "core/base/text.h"
#include "core/onnx/other_formats.h"
#include "core/onnx/sparse_tensor.h"
#include "core/onnx/wire.h"

namespace smoothgrad {
namespace {

using protozero::pbf_reader;

// ONNX's own domain has two names; it is the empty one here.
std::string own_domain(const std::string& domain) { return domain == "ai.onnx" ? std::string() : domain; }

void parse_graph(pbf_reader reader, Graph& graph, TensorSources& sources);

// The field in which ONNX's own operators have an attribute of this name; 0 where it is not read, or not always the same.
uint32_t field_of(std::string_view name) {
  constexpr std::pair<uint32_t, std::string_view> kFields[] = {
      {2, " alpha beta bias cubic_coeff_a epsilon gamma max min softcap "},
      {3,
       " align_corners allowzero antialias axis batch_dims block_size blocksize ceil_mode count_include_pad end "
       "exclude_outside "
       "fmod group is_causal is_test keepdims kv_num_heads noop_with_empty_axes num_groups num_outputs p q_num_heads size "
       "spatial "
       "stash_type start to training_mode transA transB "},
      {4,
       " approximate auto_pad coordinate_transformation_mode equation keep_aspect_ratio_policy mode nearest_mode "
       "padding_mode "},
      {8, " axes dilations ends kernel_shape output_padding output_shape pads perm shape split starts strides "}};
  const std::string word = join({" ", std::string(name), " "});
  for (const auto& [field, names] : kFields) {
    if (names.find(word) != names.npos) return field;
  }
  return 0;
}

// Of an attribute with these fields (bits): what is wrong, where its value is in another field than it should be.
std::string wrong_type(const std::string& name, uint32_t fields) {
  constexpr const char* kTypes[] = {"a float", "an integer",       "a string",           "a tensor",
                                    "a graph", "a list of floats", "a list of integers", "a list of strings"};
  const uint32_t right = field_of(name), values = fields >> 2;
  if (right == 0 || values == 0 || (fields >> right & 1)) return {};
  return join({"attribute '", name, "' is ", kTypes[std::countr_zero(values)], "; it must be ", kTypes[right - 2]});
}

// Field numbers are those of onnx.proto. wrong: gets what is wrong with its type.
std::pair<std::string, Attribute> parse_attribute(pbf_reader reader, TensorSources& sources, std::string* wrong = nullptr) {
  std::string name;
  Attribute attribute;
  uint32_t fields = 0;
  while (next_field(reader)) {
    if (reader.tag() < 10) fields |= 1u << reader.tag();
    switch (reader.tag()) {
      case 1: name = reader.get_string(); break;
      case 2: attribute.f = reader.get_float(); break;
      case 3: attribute.i = reader.get_int64(); break;
      case 4:
        attribute.s = reader.get_string();
        attribute.text = true;
        break;
      case 5: attribute.tensor = parse_tensor(reader.get_message(), sources).constant; break;
      case 6: {
        const auto graph = std::make_shared<Graph>();
        parse_graph(reader.get_message(), *graph, sources);
        attribute.graph = graph;
        break;
      }
      case 7: append_repeated(reader, attribute.floats, &pbf_reader::get_packed_float, &pbf_reader::get_float); break;
      case 8: append_repeated(reader, attribute.ints, &pbf_reader::get_packed_int64, &pbf_reader::get_int64); break;
      case 9:
        reader.skip();
        attribute.text = true;
        break;
      case 21: attribute.reference = reader.get_string(); break;
      case 22: attribute.tensor = parse_sparse_tensor(reader.get_message(), sources).constant; break;
      default: reader.skip();
    }
  }
  if (wrong && wrong->empty()) *wrong = wrong_type(name, fields);
  return {name, attribute};
}

Node parse_node(pbf_reader reader, size_t index, TensorSources& sources) {
  Node node;
  std::string wrong;
  while (next_field(reader)) {
    switch (reader.tag()) {
      case 1: node.inputs.push_back(reader.get_string()); break;
      case 2: node.outputs.push_back(reader.get_string()); break;
      case 3: node.name = reader.get_string(); break;
      case 4: node.op = reader.get_string(); break;
      case 5: node.attributes.insert(parse_attribute(reader.get_message(), sources, &wrong)); break;
      case 7: node.domain = own_domain(reader.get_string()); break;
      default: reader.skip();
    }
  }
  if (node.name.empty()) node.name = join({node.op, " #", index});
  if (!wrong.empty() && node.domain.empty()) refuse(ErrorCode::kBadModel, {"node '", node.name, "' (", node.op, "): ", wrong});
  return node;
}

// TensorShapeProto.Dimension: a number, or a name for an open dimension.
int64_t parse_dimension(pbf_reader reader) {
  int64_t dim = -1;
  while (next_field(reader)) {
    if (reader.tag() == 1)
      dim = reader.get_int64();
    else
      reader.skip();
  }
  return dim;
}

// ValueInfoProto.type.tensor_type, its elem_type and shape.dim: messages inside messages.
void parse_type(pbf_reader type, Graph::Port& port) {
  while (next_field(type, 1)) {
    pbf_reader tensor = type.get_message();
    while (next_field(tensor)) {
      if (tensor.tag() == 1) {
        port.type = tensor.get_int32();
      } else if (tensor.tag() == 2) {
        pbf_reader shape = tensor.get_message();
        while (next_field(shape, 1)) port.dims.push_back(parse_dimension(shape.get_message()));
      } else {
        tensor.skip();
      }
    }
  }
}

Graph::Port parse_port(pbf_reader reader) {
  Graph::Port port;
  while (next_field(reader)) {
    switch (reader.tag()) {
      case 1: port.name = reader.get_string(); break;
      case 2: parse_type(reader.get_message(), port); break;
      default: reader.skip();
    }
  }
  return port;
}

void add_initialiser(NamedConstant tensor, Graph& graph) {
  const bool first = graph.constants.try_emplace(tensor.name, std::move(tensor.constant)).second;
  if (!first && !tensor.name.empty()) refuse(ErrorCode::kBadModel, {"initialiser '", tensor.name, "' is there twice"});
}

void parse_graph(pbf_reader reader, Graph& graph, TensorSources& sources) {
  std::vector<Graph::Port> inputs;
  while (next_field(reader)) {
    switch (reader.tag()) {
      case 1: graph.nodes.push_back(parse_node(reader.get_message(), graph.nodes.size(), sources)); break;
      case 5: add_initialiser(parse_tensor(reader.get_message(), sources), graph); break;
      case 11: inputs.push_back(parse_port(reader.get_message())); break;
      case 12: graph.outputs.push_back(parse_port(reader.get_message())); break;
      case 15: add_initialiser(parse_sparse_tensor(reader.get_message(), sources), graph); break;
      default: reader.skip();
    }
  }
  // Old files list every initialiser among the inputs.
  for (Graph::Port& port : inputs) {
    if (!graph.constants.contains(port.name)) graph.inputs.push_back(std::move(port));
  }
}

std::pair<std::string, int64_t> parse_opset(pbf_reader reader) {
  std::string domain;
  int64_t version = 0;
  while (next_field(reader)) {
    switch (reader.tag()) {
      case 1: domain = reader.get_string(); break;
      case 2: version = reader.get_int64(); break;
      default: reader.skip();
    }
  }
  return {own_domain(domain), version};
}

// FunctionProto
Function parse_function(pbf_reader reader, TensorSources& sources) {
  Function function;
  while (next_field(reader)) {
    switch (reader.tag()) {
      case 1: function.name = reader.get_string(); break;
      case 4: function.inputs.push_back(reader.get_string()); break;
      case 5: function.outputs.push_back(reader.get_string()); break;
      case 7: function.nodes.push_back(parse_node(reader.get_message(), function.nodes.size(), sources)); break;
      case 9: {
        const auto [domain, version] = parse_opset(reader.get_message());
        if (domain.empty()) function.opset = version;
        break;
      }
      case 10: function.domain = own_domain(reader.get_string()); break;
      case 11: function.defaults.insert(parse_attribute(reader.get_message(), sources)); break;
      default: reader.skip();
    }
  }
  return function;
}

void parse_model(pbf_reader reader, Graph& graph, TensorSources& sources) {
  std::string producer, release;
  while (next_field(reader)) {
    switch (reader.tag()) {
      case 2: producer = reader.get_string(); break;
      case 3: release = reader.get_string(); break;
      case 7: parse_graph(reader.get_message(), graph, sources); break;
      case 8: {
        const auto [domain, version] = parse_opset(reader.get_message());
        (domain.empty() ? graph.opset : graph.opsets[domain]) = version;
        break;
      }
      case 14: read_entry(reader.get_message(), graph.metadata); break;
      case 25: graph.functions.push_back(parse_function(reader.get_message(), sources)); break;
      default: reader.skip();
    }
  }
  graph.producer = producer.empty() || release.empty() ? producer : join({producer, " ", release});
}

Graph parse(std::span<const std::byte> bytes, TensorSources& sources) {
  Graph graph;
  refuse_other_formats(bytes);
  try {
    parse_model(pbf_reader(reinterpret_cast<const char*>(bytes.data()), bytes.size()), graph, sources);
  } catch (const protozero::exception& error) {
    refuse(ErrorCode::kBadModel,
           {"not a complete ONNX file (", error.what(), "): it is truncated, damaged or of another format"});
  }
  if (graph.nodes.empty() || graph.inputs.empty() || graph.outputs.empty()) {
    refuse(ErrorCode::kBadModel, {"not an ONNX model: no graph with nodes, an input and an output was found"});
  }
  if (graph.opset < 1) refuse(ErrorCode::kBadModel, {"the ONNX file names no operator set (opset_import)"});
  constexpr int64_t kOldest = 7;  // before it, operands were spread by attributes (broadcast, axis)
  if (graph.opset < kOldest) {
    refuse(ErrorCode::kUnsupportedOperator, {"the ONNX file is of operator set ", graph.opset,
                                             "; 7 and later are supported: convert it (onnx.version_converter) or "
                                             "export it anew"});
  }
  return graph;
}

}  // namespace

Graph parse_onnx(std::span<const std::byte> bytes, const ExternalFiles& files) {
  TensorSources sources{files};
  return parse(bytes, sources);
}

std::vector<std::string> external_file_names(std::span<const std::byte> bytes) {
  const ExternalFiles none;
  TensorSources sources{none};
  parse(bytes, sources);
  return {sources.wanted.begin(), sources.wanted.end()};
}

}  // namespace smoothgrad
