#include "core/onnx/tensor_proto.h"

#include <bit>
#include <cstring>

#include "core/base/error.h"
#include "core/onnx/half.h"

namespace smoothgrad {
namespace {

using protozero::pbf_reader;

// TensorProto.DataType
enum DataType { kFloat = 1, kUint8 = 2, kInt8 = 3, kInt32 = 6, kInt64 = 7, kBool = 9, kFloat16 = 10, kDouble = 11 };

// What the fields of one TensorProto hold before its type says which of them counts.
struct Fields {
  std::string name;
  std::vector<int64_t> dims;
  int type = 0;
  std::vector<float> floats;
  std::vector<double> doubles;
  std::vector<int64_t> int32s, int64s;
  protozero::data_view raw;
  bool has_raw = false, external = false;
};

Fields read_fields(pbf_reader reader) {
  Fields fields;
  while (next_field(reader)) {
    switch (reader.tag()) {
      case 1: append_repeated(reader, fields.dims, &pbf_reader::get_packed_int64, &pbf_reader::get_int64); break;
      case 2: fields.type = reader.get_int32(); break;
      case 4: append_repeated(reader, fields.floats, &pbf_reader::get_packed_float, &pbf_reader::get_float); break;
      case 5: append_repeated(reader, fields.int32s, &pbf_reader::get_packed_int32, &pbf_reader::get_int32); break;
      case 7: append_repeated(reader, fields.int64s, &pbf_reader::get_packed_int64, &pbf_reader::get_int64); break;
      case 8: fields.name = reader.get_string(); break;
      case 9:
        fields.raw = reader.get_view();
        fields.has_raw = true;
        break;
      case 10: append_repeated(reader, fields.doubles, &pbf_reader::get_packed_double, &pbf_reader::get_double); break;
      case 14: fields.external = reader.get_enum() == 1; break;
      default: reader.skip();
    }
  }
  return fields;
}

// The raw bytes are little-endian whatever the machine; every machine that this is built for is.
template <typename Stored, typename Out, typename Convert>
void append_raw(const Fields& fields, std::vector<Out>& out, Convert convert) {
  static_assert(std::endian::native == std::endian::little);
  if (fields.raw.size() % sizeof(Stored) != 0) {
    throw Error(ErrorCode::kBadModel, "initialiser '" + fields.name + "': " + std::to_string(fields.raw.size()) +
                                          " raw bytes are not a whole number of elements");
  }
  const size_t count = fields.raw.size() / sizeof(Stored);
  out.resize(count);
  for (size_t i = 0; i < count; ++i) {
    Stored value;
    std::memcpy(&value, fields.raw.data() + i * sizeof(Stored), sizeof(Stored));
    out[i] = static_cast<Out>(convert(value));
  }
}

const auto kAsIs = [](auto value) { return value; };

void fill(const Fields& fields, Constant& constant) {
  const bool raw = fields.has_raw;
  constant.integer = fields.type != kFloat && fields.type != kFloat16 && fields.type != kDouble;
  switch (fields.type) {
    case kFloat:
      if (raw)
        append_raw<float>(fields, constant.floats, kAsIs);
      else
        constant.floats = fields.floats;
      return;
    case kFloat16:
      if (raw) return append_raw<uint16_t>(fields, constant.floats, half_to_float);
      for (int64_t bits : fields.int32s) constant.floats.push_back(half_to_float(static_cast<uint16_t>(bits)));
      return;
    case kDouble:
      if (raw)
        append_raw<double>(fields, constant.floats, kAsIs);
      else
        constant.floats.assign(fields.doubles.begin(), fields.doubles.end());
      return;
    case kInt64:
      if (raw)
        append_raw<int64_t>(fields, constant.ints, kAsIs);
      else
        constant.ints = fields.int64s;
      return;
    case kInt32:
      if (raw) return append_raw<int32_t>(fields, constant.ints, kAsIs);
      break;
    case kInt8:
      if (raw) return append_raw<int8_t>(fields, constant.ints, kAsIs);
      break;
    case kUint8:
    case kBool:
      if (raw) return append_raw<uint8_t>(fields, constant.ints, kAsIs);
      break;
    default:
      throw Error(ErrorCode::kUnsupportedOperator,
                  "initialiser '" + fields.name + "' has ONNX data type " + std::to_string(fields.type) +
                      "; supported are float32, float16, float64, int8, uint8, int32, int64 and bool");
  }
  constant.ints = fields.int32s;
}

}  // namespace

NamedConstant parse_tensor(pbf_reader reader) {
  Fields fields = read_fields(reader);
  if (fields.external) {
    throw Error(ErrorCode::kUnsupportedOperator,
                "initialiser '" + fields.name + "' is stored in another file; save the model with its weights inside");
  }
  NamedConstant result{fields.name, {}};
  fill(fields, result.constant);
  constexpr uint64_t kMostElements = 1u << 30;
  uint64_t expected = 1;
  for (int64_t dim : fields.dims) {
    if (dim < 0 || static_cast<uint64_t>(dim) > kMostElements || expected * static_cast<uint64_t>(dim) > kMostElements) {
      throw Error(ErrorCode::kBadModel, "initialiser '" + fields.name + "' has an impossible shape");
    }
    expected *= static_cast<uint64_t>(dim);
  }
  if (expected != result.constant.size()) {
    throw Error(ErrorCode::kBadModel, "initialiser '" + fields.name + "': its shape wants " + std::to_string(expected) +
                                          " elements, the file has " + std::to_string(result.constant.size()));
  }
  result.constant.dims = std::move(fields.dims);
  return result;
}

}  // namespace smoothgrad
