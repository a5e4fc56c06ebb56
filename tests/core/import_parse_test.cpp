// What is read of a file: element types, domains, functions, branches, tensors beside the model; and files that are no ONNX.
#include <algorithm>
#include <functional>

#include "core/network/workspace.h"
#include "core/onnx/half.h"
#include "core/onnx/parse.h"
#include "core/onnx/summary.h"
#include "tests/core/import_graph.h"
#include "tests/core/onnx_writer.h"

namespace smoothgrad {
namespace {

using namespace test;

Constant read_tensor(const std::string& tensor) {
  return parse_onnx(File{.nodes = {node_proto("Relu", {"x"}, {"y"})}, .tensors = {tensor}}.bytes()).constants.at("w");
}

TEST_CASE("every floating type is read from raw bytes", "[import]") {
  CHECK(read_tensor(raw_tensor("w", {2}, kFloat, raw_bytes<float>({1.5f, -2}))).floats == std::vector<float>{1.5f, -2});
  CHECK(read_tensor(raw_tensor("w", {2}, kDouble, raw_bytes<double>({1.5, -2}))).floats == std::vector<float>{1.5f, -2});
  const std::vector<uint16_t> halves = {float_to_half(1.5f), float_to_half(-2)}, brains = {0x3fc0, 0xc000};
  CHECK(read_tensor(raw_tensor("w", {2}, kFloat16, raw_bytes(halves))).floats == std::vector<float>{1.5f, -2});
  const Constant brain = read_tensor(raw_tensor("w", {2}, kBfloat16, raw_bytes(brains)));
  CHECK(brain.floats == std::vector<float>{1.5f, -2});
  CHECK(brain.type == kBfloat16);
  CHECK(!brain.integer);
}

TEST_CASE("every integer type is read from raw bytes", "[import]") {
  const auto ends = [](int type, const std::string& raw) { return read_tensor(raw_tensor("w", {2}, type, raw)).ints; };
  CHECK(ends(kInt8, raw_bytes<int8_t>({-128, 127})) == Dims64{-128, 127});
  CHECK(ends(kUint8, raw_bytes<uint8_t>({0, 255})) == Dims64{0, 255});
  CHECK(ends(kInt16, raw_bytes<int16_t>({-32768, 32767})) == Dims64{-32768, 32767});
  CHECK(ends(kUint16, raw_bytes<uint16_t>({0, 65535})) == Dims64{0, 65535});
  CHECK(ends(kInt32, raw_bytes<int32_t>({INT32_MIN, INT32_MAX})) == Dims64{INT32_MIN, INT32_MAX});
  CHECK(ends(kUint32, raw_bytes<uint32_t>({0, UINT32_MAX})) == Dims64{0, UINT32_MAX});
  CHECK(ends(kInt64, raw_bytes<int64_t>({INT64_MIN, INT64_MAX})) == Dims64{INT64_MIN, INT64_MAX});
  CHECK(ends(kUint64, raw_bytes<uint64_t>({0, 7})) == Dims64{0, 7});
  CHECK(ends(kBool, raw_bytes<uint8_t>({0, 1})) == Dims64{0, 1});
}

TEST_CASE("what a file is, in figures", "[import]") {
  Attribute pair;
  pair.tensor = floats({2}, {1, 2});
  Graph graph = graph_of({node("Conv", {"x", "w"}, {"a"}), node("Relu", {"a"}, {"b"}), node("Relu", {"b"}, {"y"}),
                          node("Constant", {}, {"c"}, {{"value", pair}})},
                         {{"w", floats({3}, {1, 2, 3})}, {"q", ints({4}, {1, 2, 3, 4}, kInt8)}, {"shape", ints({2}, {1, -1})}});
  graph.producer = "somebody 1.0";
  const Summary summary = summarise(graph);
  CHECK(summary.producer == "somebody 1.0");
  CHECK(summary.opset == 17);
  CHECK(summary.operators == std::map<std::string, int>{{"Constant", 1}, {"Conv", 1}, {"Relu", 2}});
  CHECK(summary.parameters == 9);
}

TEST_CASE("numbers in the fields for their type are read too", "[import]") {
  const auto with = [](int type, auto add) {
    std::string bytes = tensor("w", {2}, type);
    pbf_writer writer(bytes);
    add(writer);
    return read_tensor(bytes);
  };
  CHECK(with(kBfloat16, [](pbf_writer& w) { w.add_int32(5, 0x3fc0), w.add_int32(5, 0xc000); }).floats ==
        std::vector<float>{1.5f, -2});
  CHECK(with(kUint16, [](pbf_writer& w) { w.add_int32(5, 1), w.add_int32(5, 65535); }).ints == Dims64{1, 65535});
  CHECK(with(kUint32, [](pbf_writer& w) { w.add_uint64(11, 1), w.add_uint64(11, UINT32_MAX); }).ints == Dims64{1, UINT32_MAX});
  CHECK(with(kDouble, [](pbf_writer& w) { w.add_double(10, 1.5), w.add_double(10, -2); }).floats ==
        std::vector<float>{1.5f, -2});
}

std::string attribute_of(const std::string& name, const std::function<void(pbf_writer&)>& write) {
  std::string bytes;
  pbf_writer writer(bytes);
  writer.add_string(1, name);
  write(writer);
  return bytes;
}

TEST_CASE("an attribute of another type than its operator's is refused by name", "[import]") {
  const auto refused = [](const std::string& attribute) {
    return refusal_of([&] { parse_onnx(File{.nodes = {node_proto("Softmax", {"x"}, {"y"}, {attribute})}}.bytes()); });
  };
  const std::string text = attribute_of("axis", [](pbf_writer& w) { w.add_string(4, "1"); });
  CHECK(refused(text) == "node 'Softmax #0' (Softmax): attribute 'axis' is a string; it must be an integer");
  CHECK_THAT(refused(attribute_of("axis", [](pbf_writer& w) { w.add_float(2, 1); })), says("'axis' is a float;"));
  CHECK_THAT(refused(attribute_of("axis", [](pbf_writer& w) { w.add_int64(8, 1); })), says("'axis' is a list of integers;"));
  CHECK_THAT(refused(attribute_of("alpha", [](pbf_writer& w) { w.add_int64(3, 1); })),
             says("is an integer; it must be a float"));
  CHECK_THAT(refused(attribute_of("perm", [](pbf_writer& w) { w.add_int64(3, 1); })), says("it must be a list of integers"));
  CHECK_THAT(refused(attribute_of("mode", [](pbf_writer& w) { w.add_int64(3, 1); })), says("it must be a string"));

  const auto read = [](const std::string& attribute, const char* domain = "") {
    const File file = {.nodes = {node_proto("Softmax", {"x"}, {"y"}, {attribute}, domain)}};
    return parse_onnx(file.bytes()).nodes[0].attributes.begin()->second;
  };
  // Zero may be left out, and so may the elements of an empty list; some writers write every field.
  CHECK(read(attribute_of("axis", [](pbf_writer&) {})).i == 0);
  CHECK(read(attribute_of("axes", [](pbf_writer& w) { w.add_enum(20, 7); })).ints.empty());
  CHECK(read(attribute_of("axis", [](pbf_writer& w) { w.add_float(2, 0), w.add_int64(3, 1), w.add_string(4, ""); })).i == 1);
  // What others call so may be anything.
  CHECK(read(text, "com.example").s == "1");
  CHECK(read(attribute_of("of_nobody", [](pbf_writer& w) { w.add_string(4, "1"); })).s == "1");
}

TEST_CASE("domains, opsets and element types are kept", "[import]") {
  const File file = {
      .nodes = {node_proto("Gelu", {"x"}, {"g"}, {}, "com.microsoft"), node_proto("Relu", {"g"}, {"y"}, {}, "ai.onnx")},
      .inputs = {port("x", {-1, 3}, kUint8)},
      .outputs = {port("y", {-1, 3}, kInt64)},
      .opsets = {opset("com.microsoft", 1), opset("ai.onnx", 18)}};
  const Graph graph = parse_onnx(file.bytes());
  CHECK(graph.opset == 18);
  CHECK(graph.opsets.at("com.microsoft") == 1);
  CHECK(graph.nodes[0].domain == "com.microsoft");
  CHECK(graph.nodes[1].domain.empty());
  CHECK(graph.inputs[0].type == kUint8);
  CHECK(graph.inputs[0].dims == Dims64{-1, 3});
  CHECK(graph.outputs[0].type == kInt64);
  CHECK_THAT(refusal_of([&] { load_network(file.bytes()); }),
             says("node 'Gelu #0': operator com.microsoft.Gelu is not supported"));
}

TEST_CASE("functions and branches of a file are read", "[import]") {
  std::string function, reference;
  pbf_writer(function).add_string(1, "Twice");
  pbf_writer(function).add_string(4, "a");
  pbf_writer(function).add_string(5, "b");
  pbf_writer(reference).add_string(1, "alpha");
  pbf_writer(reference).add_string(21, "slope");
  pbf_writer(function).add_message(7, node_proto("LeakyRelu", {"a"}, {"b"}, {reference}));
  pbf_writer(function).add_message(9, opset("", 17));
  pbf_writer(function).add_string(10, "local");
  std::string slope;
  pbf_writer(slope).add_string(1, "slope");
  pbf_writer(slope).add_float(2, 0.5f);
  const File branch = {.nodes = {node_proto("Relu", {"x"}, {"t"})}, .inputs = {}, .outputs = {port("t", {})}};
  const File file = {.nodes = {node_proto("If", {"c"}, {"m"}, {attribute("then_branch", 6, branch.graph())}),
                               node_proto("Twice", {"m"}, {"y"}, {slope}, "local")},
                     .tensors = {raw_tensor("c", {}, kBool, raw_bytes<uint8_t>({1}))},
                     .functions = {function}};
  Graph graph = parse_onnx(file.bytes());
  prepare_graph(graph, {});
  CHECK(operators(graph) == Strings{"Relu", "Identity", "LeakyRelu"});
  CHECK(graph.nodes[2].attributes.at("alpha").f == 0.5f);
  const auto network = load_network(file.bytes());
  Workspace workspace(network);
  std::ranges::fill(workspace.input(), 1.f);
  CHECK(workspace.forward()[0] == 1);
}

const std::vector<float> kTwoRows = {9, 9, 1, 2, 3, 4, 5, 6};

std::vector<std::byte> file_of(const std::vector<float>& numbers) {
  const auto bytes = std::as_bytes(std::span(numbers));
  return {bytes.begin(), bytes.end()};
}

File with_external(const std::map<std::string, std::string>& place) {
  return {.nodes = {node_proto("MatMul", {"x", "w"}, {"y"})}, .tensors = {external_tensor("w", {3, 2}, kFloat, place)}};
}

TEST_CASE("tensors beside the model are read where they are", "[import]") {
  const std::vector<std::byte> data = file_of(kTwoRows);
  const File part = with_external({{"location", "m.onnx.data"}, {"offset", "8"}, {"length", "24"}}),
             rest = with_external({{"location", "./m.onnx.data"}, {"offset", "8"}});
  for (const File& file : {part, rest}) {
    CHECK(external_file_names(file.bytes()) == Strings{"m.onnx.data"});
    const auto network = load_network(file.bytes(), {}, {{"m.onnx.data", data}});
    Workspace workspace(network);
    std::ranges::fill(workspace.input(), 1.f);
    const std::span<const float> scores = workspace.forward();
    CHECK(scores[0] == 1 + 3 + 5);
    CHECK(scores[1] == 2 + 4 + 6);
  }
  std::vector<float> others = kTwoRows;
  others[3] = 0;
  const uint64_t one = load_network(part.bytes(), {}, {{"m.onnx.data", data}})->digest();
  const uint64_t other = load_network(part.bytes(), {}, {{"m.onnx.data", file_of(others)}})->digest();
  CHECK(one != other);
}

TEST_CASE("tensors beside the model that are not there are refused by name", "[import]") {
  const std::vector<std::byte> data = file_of(kTwoRows);
  const auto refused = [&](const std::map<std::string, std::string>& place) {
    return refusal_of([&] { load_network(with_external(place).bytes(), {}, {{"m.data", data}}); });
  };
  CHECK_THAT(refused({{"location", "n.data"}}), says("initialiser 'w' is stored in another file, 'n.data': give that file"));
  CHECK_THAT(refused({{"location", "m.data"}, {"offset", "12"}, {"length", "24"}}),
             says("initialiser 'w' is at bytes 12 to 36 of 'm.data', which has 32"));
  CHECK_THAT(refused({{"location", "m.data"}, {"offset", "99"}}), says("which has 32"));
  CHECK_THAT(refused({{"location", "m.data"}, {"length", "999999999999999999"}, {"offset", "8"}}), says("which has 32"));
  CHECK_THAT(refused({{"location", "m.data"}, {"length", "-8"}}), says("its length '-8' is no number"));
  CHECK_THAT(refused({{"location", "m.data"}}), says("its shape wants 6 elements, the file has 8"));
}

// SparseTensorProto of [3, 2]
std::string sparse_tensor(const std::string& values, const Dims64& indices_dims, const std::vector<int64_t>& indices,
                          const Dims64& dims = {3, 2}) {
  std::string bytes;
  pbf_writer writer(bytes);
  writer.add_message(1, values);
  writer.add_message(2, raw_tensor("", indices_dims, kInt64, raw_bytes(indices)));
  for (const int64_t dim : dims) writer.add_int64(3, dim);
  return bytes;
}

std::string two_values() { return raw_tensor("w", {2}, kFloat, raw_bytes<float>({5, 7})); }

TEST_CASE("sparse tensors are read as the dense ones that they stand for", "[import]") {
  const std::vector<float> dense = {0, 5, 0, 0, 7, 0};
  for (const std::string& sparse :
       {sparse_tensor(two_values(), {2}, {1, 4}), sparse_tensor(two_values(), {2, 2}, {0, 1, 2, 0})}) {
    const File file = {.nodes = {node_proto("MatMul", {"x", "w"}, {"y"})}, .sparse = {sparse}};
    const Graph graph = parse_onnx(file.bytes());
    CHECK(graph.constants.at("w").dims == Dims64{3, 2});
    CHECK(graph.constants.at("w").floats == dense);
    CHECK(load_network(file.bytes())->classes() == 2);
    const std::string constant = node_proto("Constant", {}, {"c"}, {attribute("sparse_value", 22, sparse)});
    const File in_node = {.nodes = {constant, node_proto("MatMul", {"x", "c"}, {"y"})}};
    CHECK(parse_onnx(in_node.bytes()).nodes[0].attributes.at("sparse_value").tensor.floats == dense);
    CHECK(load_network(in_node.bytes())->classes() == 2);
  }
  const std::string levels = raw_tensor("w", {2}, kInt8, raw_bytes<int8_t>({-3, 4}));
  const File integers = {.nodes = {node_proto("Relu", {"x"}, {"y"})}, .sparse = {sparse_tensor(levels, {2}, {0, 5})}};
  CHECK(parse_onnx(integers.bytes()).constants.at("w").ints == std::vector<int64_t>{-3, 0, 0, 0, 0, 4});
}

TEST_CASE("sparse tensors whose indices do not fit are refused", "[import]") {
  const auto refused = [](const std::string& sparse) {
    const File file = {.nodes = {node_proto("MatMul", {"x", "w"}, {"y"})}, .sparse = {sparse}};
    return refusal_of([&] { parse_onnx(file.bytes()); }, ErrorCode::kBadModel);
  };
  const std::string wrong = "sparse initialiser 'w': its indices do not fit its shape";
  CHECK_THAT(refused(sparse_tensor(two_values(), {2}, {1, 6})), says(wrong));
  CHECK_THAT(refused(sparse_tensor(two_values(), {2}, {-1, 4})), says(wrong));
  CHECK_THAT(refused(sparse_tensor(two_values(), {2}, {4, 1})), says(wrong));
  CHECK_THAT(refused(sparse_tensor(two_values(), {2}, {4, 4})), says(wrong));
  CHECK_THAT(refused(sparse_tensor(two_values(), {3}, {0, 1, 4})), says(wrong));
  CHECK_THAT(refused(sparse_tensor(two_values(), {2, 2}, {0, 1, 1, 2})), says(wrong));
  CHECK_THAT(refused(sparse_tensor(two_values(), {2, 3}, {0, 0, 1, 0, 0, 2})), says(wrong));
  CHECK_THAT(refused(sparse_tensor(two_values(), {2}, {1, 4}, {1 << 20, 1 << 20})), says("'w' has an impossible shape"));
  CHECK_THAT(refused(sparse_tensor(two_values(), {2}, {1, 4}, {-3, 2})), says("'w' has an impossible shape"));
}

TEST_CASE("tensors that cannot be had matter only where they are read", "[import]") {
  File file = {.nodes = {node_proto("MatMul", {"x", "w"}, {"y"})},
               .sparse = {sparse_tensor(external_tensor("w", {2}, kFloat, {{"location", "beside"}}), {2}, {1, 4})}};
  CHECK_THAT(refusal_of([&] { load_network(file.bytes()); }, ErrorCode::kUnsupportedOperator),
             says("initialiser 'w' is stored in another file"));
  file.nodes = {node_proto("Relu", {"x"}, {"y"})};
  CHECK(load_network(file.bytes())->classes() == 3);
  const File eight = {.nodes = {node_proto("MatMul", {"x", "w"}, {"y"})}, .tensors = {raw_tensor("w", {3, 2}, 17, "123456")}};
  CHECK_THAT(refusal_of([&] { load_network(eight.bytes()); }),
             says("initialiser 'w' has ONNX data type 17; supported are float32"));
}

TEST_CASE("weights that are listed as inputs are weights", "[import]") {
  const File file = {.nodes = {node_proto("MatMul", {"x", "w"}, {"y"})},
                     .tensors = {raw_tensor("w", {3, 2}, kFloat, raw_bytes<float>({1, 2, 3, 4, 5, 6}))},
                     .inputs = {port("w", {3, 2}), port("x", {1, 3})}};
  CHECK(load_network(file.bytes())->classes() == 2);
}

TEST_CASE("two initialisers of one name are refused", "[import]") {
  const std::string tensor = raw_tensor("w", {1}, kFloat, raw_bytes<float>({1}));
  const File file{.nodes = {node_proto("Mul", {"x", "w"}, {"y"})}, .tensors = {tensor, tensor}};
  CHECK_THROWS_WITH(parse_onnx(file.bytes()), "initialiser 'w' is there twice");
}

TEST_CASE("operator sets from 7 on are read", "[import]") {
  const auto of_opset = [](int64_t version) {
    const File file = {.nodes = {node_proto("Relu", {"x"}, {"y"})}, .opsets = {opset("", version)}};
    return refusal_of([&] { load_network(file.bytes()); });
  };
  CHECK(of_opset(7).empty());
  CHECK(of_opset(26).empty());
  CHECK_THAT(of_opset(6), says("operator set 6; 7 and later are supported"));
}

TEST_CASE("files that are no ONNX are named", "[import]") {
  using namespace std::string_literals;
  const std::pair<std::string, std::string> files[] = {
      {"PK\x03\x04 archive"s, "a zip archive"},
      {"\x80\x02}q"s, "a pickle, such as PyTorch writes; export the model with torch.onnx.export"},
      {"\x1c\0\0\0TFL3"s, "a TensorFlow Lite model"},
      {"\x28\0\0\0ORTM"s, "ONNX Runtime's own format"},
      {"\x89HDF\r\n"s, "HDF5"},
      {"version https://git-lfs.github.com/spec/v1\n"s,
       "a Git LFS pointer, not the model itself; fetch the file with \"git lfs pull\""},
      {"\x1f\x8b\x08"s, "compressed by gzip; unpack it first"},
      {"\xff\xd8\xff\xe0"s, "a JPEG"},
      {"\x89PNG\r\n"s, "a PNG"},
      {"\n <!DOCTYPE html>"s, "an HTML page"},
      {"{\"message\": \"Not Found\"}"s, "JSON"},
  };
  for (const auto& [text, name] : files) {
    const auto bytes = std::as_bytes(std::span(text));
    CHECK_THAT(refusal_of([&] { parse_onnx(bytes); }, ErrorCode::kBadModel), says("not a complete ONNX file: it is "));
    CHECK_THAT(refusal_of([&] { parse_onnx(bytes); }), says(name));
  }
}

}  // namespace
}  // namespace smoothgrad
