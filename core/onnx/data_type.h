// TensorProto.DataType: the element types of onnx.proto, with what the engine makes of them.
#pragma once

#include <cstdint>

namespace smoothgrad {

enum DataType : int {
  kUnknownType = 0,
  kFloat = 1,
  kUint8 = 2,
  kInt8 = 3,
  kUint16 = 4,
  kInt16 = 5,
  kInt32 = 6,
  kInt64 = 7,
  kString = 8,
  kBool = 9,
  kFloat16 = 10,
  kDouble = 11,
  kUint32 = 12,
  kUint64 = 13,
  kBfloat16 = 16
};

// Those that become float32 where they are read.
constexpr bool is_floating(int type) { return type == kFloat || type == kFloat16 || type == kDouble || type == kBfloat16; }

// The values that an integer type can have; all of int64 where it is none of the narrower ones.
struct IntegerRange {
  int64_t lowest, highest;
};

constexpr IntegerRange integer_range(int type) {
  switch (type) {
    case kUint8: return {0, 255};
    case kInt8: return {-128, 127};
    case kUint16: return {0, 65535};
    case kInt16: return {-32768, 32767};
    case kInt32: return {INT32_MIN, INT32_MAX};
    case kUint32: return {0, UINT32_MAX};
    case kBool: return {0, 1};
    default: return {INT64_MIN, INT64_MAX};
  }
}

}  // namespace smoothgrad
