#include "core/onnx/parse.h"

#include "core/base/error.h"
#include "core/onnx/tensor_proto.h"
#include "core/onnx/wire.h"

namespace smoothgrad {
namespace {

using protozero::pbf_reader;

// Field numbers are those of onnx.proto.
std::pair<std::string, Attribute> parse_attribute(pbf_reader reader) {
  std::string name;
  Attribute attribute;
  while (next_field(reader)) {
    switch (reader.tag()) {
      case 1: name = reader.get_string(); break;
      case 2: attribute.f = reader.get_float(); break;
      case 3: attribute.i = reader.get_int64(); break;
      case 4: attribute.s = reader.get_string(); break;
      case 5: attribute.tensor = parse_tensor(reader.get_message()).constant; break;
      case 7: append_repeated(reader, attribute.floats, &pbf_reader::get_packed_float, &pbf_reader::get_float); break;
      case 8: append_repeated(reader, attribute.ints, &pbf_reader::get_packed_int64, &pbf_reader::get_int64); break;
      default: reader.skip();
    }
  }
  return {name, attribute};
}

Node parse_node(pbf_reader reader, size_t index) {
  Node node;
  while (next_field(reader)) {
    switch (reader.tag()) {
      case 1: node.inputs.push_back(reader.get_string()); break;
      case 2: node.outputs.push_back(reader.get_string()); break;
      case 3: node.name = reader.get_string(); break;
      case 4: node.op = reader.get_string(); break;
      case 5: node.attributes.insert(parse_attribute(reader.get_message())); break;
      default: reader.skip();
    }
  }
  if (node.name.empty()) node.name = node.op + " #" + std::to_string(index);
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

void parse_graph(pbf_reader reader, Graph& graph) {
  std::vector<Graph::Port> inputs;
  while (next_field(reader)) {
    switch (reader.tag()) {
      case 1: graph.nodes.push_back(parse_node(reader.get_message(), graph.nodes.size())); break;
      case 5: {
        NamedConstant tensor = parse_tensor(reader.get_message());
        graph.constants[tensor.name] = std::move(tensor.constant);
        break;
      }
      case 11: inputs.push_back(parse_port(reader.get_message())); break;
      case 12: graph.outputs.push_back(parse_port(reader.get_message())); break;
      default: reader.skip();
    }
  }
  // Old files list every initialiser among the inputs.
  for (Graph::Port& port : inputs) {
    if (!graph.constants.contains(port.name)) graph.inputs.push_back(std::move(port));
  }
}

void parse_opset(pbf_reader reader, Graph& graph) {
  std::string domain;
  int64_t version = 0;
  while (next_field(reader)) {
    switch (reader.tag()) {
      case 1: domain = reader.get_string(); break;
      case 2: version = reader.get_int64(); break;
      default: reader.skip();
    }
  }
  if (domain.empty() || domain == "ai.onnx") graph.opset = version;
}

void parse_metadata(pbf_reader reader, Graph& graph) {
  std::string key, value;
  while (next_field(reader)) {
    switch (reader.tag()) {
      case 1: key = reader.get_string(); break;
      case 2: value = reader.get_string(); break;
      default: reader.skip();
    }
  }
  graph.metadata[key] = value;
}

void parse_model(pbf_reader reader, Graph& graph) {
  while (next_field(reader)) {
    switch (reader.tag()) {
      case 7: parse_graph(reader.get_message(), graph); break;
      case 8: parse_opset(reader.get_message(), graph); break;
      case 14: parse_metadata(reader.get_message(), graph); break;
      default: reader.skip();
    }
  }
}

}  // namespace

Graph parse_onnx(std::span<const std::byte> bytes) {
  Graph graph;
  try {
    parse_model(pbf_reader(reinterpret_cast<const char*>(bytes.data()), bytes.size()), graph);
  } catch (const protozero::exception& error) {
    throw Error(ErrorCode::kBadModel,
                std::string("not a complete ONNX file (") + error.what() + "): it is truncated, damaged or of another format");
  }
  if (graph.nodes.empty() || graph.inputs.empty() || graph.outputs.empty()) {
    throw Error(ErrorCode::kBadModel, "not an ONNX model: no graph with nodes, an input and an output was found");
  }
  if (graph.opset < 1) throw Error(ErrorCode::kBadModel, "the ONNX file names no operator set (opset_import)");
  return graph;
}

}  // namespace smoothgrad
