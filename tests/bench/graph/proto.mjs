// ONNX's protobuf messages, as far as the benchmark reads and writes them (field numbers: onnx/onnx.proto of ONNX 1.16).
import protobuf from 'protobufjs';

const schema = `
syntax = "proto2";
message Attribute {
  optional string name = 1;
  optional float f = 2;
  optional int64 i = 3;
  optional bytes s = 4;
  optional Tensor t = 5;
  repeated float floats = 7;
  repeated int64 ints = 8;
  optional int32 type = 20;
}
message Node {
  repeated string input = 1;
  repeated string output = 2;
  optional string name = 3;
  optional string op_type = 4;
  repeated Attribute attribute = 5;
}
message Tensor {
  repeated int64 dims = 1;
  optional int32 data_type = 2;
  optional string name = 8;
  optional bytes raw_data = 9;
  repeated Entry external_data = 13;
  optional int32 data_location = 14;
}
message Entry {
  optional string key = 1;
  optional string value = 2;
}
message Dimension { optional int64 dim_value = 1; }
message Shape { repeated Dimension dim = 1; }
message TensorType { optional int32 elem_type = 1; optional Shape shape = 2; }
message Type { optional TensorType tensor_type = 1; }
message Value { optional string name = 1; optional Type type = 2; }
message Graph {
  repeated Node node = 1;
  optional string name = 2;
  repeated Tensor initializer = 5;
  repeated Value input = 11;
  repeated Value output = 12;
}
message OperatorSet { optional string domain = 1; optional int64 version = 2; }
message Model {
  optional int64 ir_version = 1;
  optional string producer_name = 2;
  optional Graph graph = 7;
  repeated OperatorSet opset_import = 8;
}`;

const { root } = protobuf.parse(schema, { keepCase: true });
const Model = root.lookupType('Model');

/** Bytes of an .onnx file -> plain objects; int64 fields as numbers, absent repeated fields as []. */
export function decodeModel(bytes) {
  return Model.toObject(Model.decode(bytes), { longs: Number, arrays: true });
}

export function encodeModel(model) {
  const wrong = Model.verify(model);
  if (wrong) throw new Error(`not an ONNX model: ${wrong}`);
  return Model.encode(Model.fromObject(model)).finish();
}
