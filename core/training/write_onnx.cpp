// Compiled for speed.
#include "core/training/write_onnx.h"

#include <cstdio>
#include <cstring>

#include "core/onnx/half.h"
#include "core/onnx/wire.h"
// After wire.h, which says what its assertions do.
#include <protozero/pbf_writer.hpp>

namespace smoothgrad::training {
namespace {

using protozero::pbf_writer;

enum DataType { kFloat = 1, kFloat16 = 10 };
enum AttributeType { kInt = 2, kInts = 7 };
constexpr int64_t kOpset = 13, kIrVersion = 8;

struct Attribute {
  std::string name;
  std::vector<int64_t> ints;  // one is written as an INT where `scalar`
  bool scalar = false;
};

// Nodes and initialisers, as they come; each method returns the name of the value that it makes.
class GraphWriter {
 public:
  std::string node(const std::string& op, const std::string& name, const std::vector<std::string>& inputs,
                   const std::vector<Attribute>& attributes = {}) {
    std::string bytes;
    pbf_writer writer(bytes);
    for (const std::string& input : inputs) writer.add_string(1, input);
    writer.add_string(2, name);
    writer.add_string(3, name);
    writer.add_string(4, op);
    for (const Attribute& attribute : attributes) writer.add_message(5, attribute_bytes(attribute));
    pbf_writer(nodes_).add_message(1, bytes);
    return name;
  }

  std::string half_weights(const std::string& name, const std::vector<int64_t>& dims, std::span<const float> weights) {
    std::vector<uint16_t> halves(weights.size());
    for (size_t i = 0; i < halves.size(); ++i) halves[i] = float_to_half(weights[i]);
    const std::string stored = initialiser(name + ".fp16", dims, kFloat16, std::as_bytes(std::span(halves)));
    return node("Cast", name, {stored}, {{"to", {kFloat}, true}});
  }

  std::string biases(const std::string& name, std::span<const float> values) {
    return initialiser(name, {static_cast<int64_t>(values.size())}, kFloat, std::as_bytes(values));
  }

  std::string graph(const std::string& input, const std::vector<int64_t>& input_dims, const std::string& output,
                    const std::vector<int64_t>& output_dims) const {
    std::string bytes = nodes_;
    pbf_writer writer(bytes);
    writer.add_string(2, "digits");
    bytes += initialisers_;
    writer.add_message(11, port(input, input_dims));
    writer.add_message(12, port(output, output_dims));
    return bytes;
  }

 private:
  static std::string attribute_bytes(const Attribute& attribute) {
    std::string bytes;
    pbf_writer writer(bytes);
    writer.add_string(1, attribute.name);
    if (attribute.scalar) {
      writer.add_int64(3, attribute.ints[0]);
    } else {
      for (const int64_t value : attribute.ints) writer.add_int64(8, value);
    }
    writer.add_enum(20, attribute.scalar ? kInt : kInts);
    return bytes;
  }

  std::string initialiser(const std::string& name, const std::vector<int64_t>& dims, DataType type,
                          std::span<const std::byte> raw) {
    std::string bytes;
    pbf_writer writer(bytes);
    for (const int64_t dim : dims) writer.add_int64(1, dim);
    writer.add_int32(2, type);
    writer.add_string(8, name);
    writer.add_bytes(9, reinterpret_cast<const char*>(raw.data()), raw.size());
    pbf_writer(initialisers_).add_message(5, bytes);
    return name;
  }

  static std::string port(const std::string& name, const std::vector<int64_t>& dims) {
    std::string shape, tensor, type, bytes;
    for (const int64_t dim : dims) {
      std::string dimension;
      pbf_writer(dimension).add_int64(1, dim);
      pbf_writer(shape).add_message(1, dimension);
    }
    pbf_writer(tensor).add_int32(1, kFloat);
    pbf_writer(tensor).add_message(2, shape);
    pbf_writer(type).add_message(1, tensor);
    pbf_writer(bytes).add_string(1, name);
    pbf_writer(bytes).add_message(2, type);
    return bytes;
  }

  std::string nodes_, initialisers_;
};

// [KH, KW, C, O] -> [O, C, KH, KW]
std::vector<float> outputs_first(std::span<const float> weights, size_t taps, size_t channels, size_t outputs) {
  std::vector<float> moved(weights.size());
  for (size_t t = 0; t < taps; ++t) {
    for (size_t c = 0; c < channels; ++c) {
      for (size_t o = 0; o < outputs; ++o) {
        moved[(o * channels + c) * taps + t] = weights[(t * channels + c) * outputs + o];
      }
    }
  }
  return moved;
}

// A convolution that leaves one pixel is written as a linear layer, behind a Flatten.
class LayerWriter {
 public:
  LayerWriter(GraphWriter& graph, std::string value) : graph_(graph), value_(std::move(value)) {}

  void write(const Layer& layer, std::span<const float> parameters) {
    switch (layer.kind()) {
      case LayerKind::kConvolution:
        ++weighted_;
        return layer.output().pixels() == 1 ? linear(layer, parameters) : convolution(layer, parameters);
      case LayerKind::kRelu: value_ = graph_.node("Relu", name("relu"), {value_}); return;
      case LayerKind::kMaxPool:
        value_ = graph_.node("MaxPool", name("pool"), {value_}, {{"kernel_shape", {2, 2}}, {"strides", {2, 2}}});
        return;
    }
  }

  const std::string& value() const { return value_; }

 private:
  std::string name(const std::string& part) const {
    return std::string(flat_ ? "dense" : "conv").append(std::to_string(weighted_)).append(".").append(part);
  }

  void convolution(const Layer& layer, std::span<const float> parameters) {
    const Shape in = layer.input(), out = layer.output();
    const int kernel_height = in.height - out.height + 1, kernel_width = in.width - out.width + 1;
    const std::string weights =
        graph_.half_weights(name("weight"), {out.channels, in.channels, kernel_height, kernel_width}, moved(layer, parameters));
    const std::string biases = graph_.biases(name("bias"), parameters.subspan(layer.weight_count()));
    value_ = graph_.node("Conv", name("conv"), {value_, weights, biases}, {{"kernel_shape", {kernel_height, kernel_width}}});
  }

  void linear(const Layer& layer, std::span<const float> parameters) {
    if (!flat_) value_ = graph_.node("Flatten", "flatten", {value_}, {{"axis", {1}, true}});
    flat_ = true;
    const std::string weights = graph_.half_weights(
        name("weight"), {layer.output().channels, static_cast<int64_t>(layer.input().size())}, moved(layer, parameters));
    const std::string biases = graph_.biases(name("bias"), parameters.subspan(layer.weight_count()));
    value_ = graph_.node("Gemm", name("gemm"), {value_, weights, biases}, {{"transB", {1}, true}});
  }

  static std::vector<float> moved(const Layer& layer, std::span<const float> parameters) {
    const size_t channels = static_cast<size_t>(layer.input().channels), outputs = layer.bias_count();
    return outputs_first(parameters.first(layer.weight_count()), layer.weight_count() / channels / outputs, channels, outputs);
  }

  GraphWriter& graph_;
  std::string value_;
  int weighted_ = 0;
  bool flat_ = false;
};

std::string class_names(int classes) {
  std::string names;
  for (int c = 0; c < classes; ++c) names.append(c ? "\n" : "").append(std::to_string(c));
  return names;
}

}  // namespace

std::vector<std::byte> write_onnx(const Network& network, std::span<const float> parameters,
                                  const std::map<std::string, std::string>& metadata) {
  const Shape in = network.input();
  GraphWriter graph;
  LayerWriter layers(graph, "image");
  for (size_t i = 0; i < network.layers().size(); ++i) layers.write(*network.layers()[i], network.of_layer(i, parameters));

  std::string opset, bytes;
  pbf_writer(opset).add_string(1, "");
  pbf_writer(opset).add_int64(2, kOpset);
  pbf_writer model(bytes);
  model.add_int64(1, kIrVersion);
  model.add_string(2, "smoothgrad");
  model.add_message(7, graph.graph("image", {1, in.channels, in.height, in.width}, layers.value(), {1, network.classes()}));
  model.add_message(8, opset);
  std::map<std::string, std::string> properties = {
      {"smoothgrad.mean", "0"}, {"smoothgrad.std", "255"}, {"smoothgrad.classes", class_names(network.classes())}};
  properties.insert(metadata.begin(), metadata.end());
  for (const auto& [key, value] : properties) {
    std::string entry;
    pbf_writer(entry).add_string(1, key);
    pbf_writer(entry).add_string(2, value);
    model.add_message(14, entry);
  }
  std::vector<std::byte> file(bytes.size());
  std::memcpy(file.data(), bytes.data(), bytes.size());
  return file;
}

std::map<std::string, std::string> training_metadata(const TrainingOptions& options, const std::string& title) {
  char noise[32];
  std::snprintf(noise, sizeof noise, "%g", options.noise);
  return {{"smoothgrad.name", title},
          {"smoothgrad.noise", noise},
          {"smoothgrad.epochs", std::to_string(options.epochs)},
          {"smoothgrad.seed", std::to_string(options.seed)},
          {"smoothgrad.source", "trained on MNIST (Yann LeCun, Corinna Cortes, Christopher J.C. Burges)"},
          {"smoothgrad.licence", "CC BY-SA 3.0"}};
}

}  // namespace smoothgrad::training
