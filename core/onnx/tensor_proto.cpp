#include "core/onnx/tensor_proto.h"

#include <bit>
#include <cstring>
#include <string_view>

#include "core/base/text.h"
#include "core/onnx/half.h"

namespace smoothgrad {
namespace {

using protozero::pbf_reader;

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
  std::map<std::string, std::string> place;  // of an external tensor: location, offset, length
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
      case 11: append_repeated(reader, fields.int64s, &pbf_reader::get_packed_uint64, &pbf_reader::get_uint64); break;
      case 13: read_entry(reader.get_message(), fields.place); break;
      case 14: fields.external = reader.get_enum() == 1; break;
      default: reader.skip();
    }
  }
  return fields;
}

// bfloat16 is the upper half of a float32.
float bfloat16_to_float(uint16_t bits) { return std::bit_cast<float>(static_cast<uint32_t>(bits) << 16); }

size_t bytes_of_element(int type) {
  switch (type) {
    case kUint8:
    case kInt8:
    case kBool: return 1;
    case kUint16:
    case kInt16:
    case kFloat16:
    case kBfloat16: return 2;
    case kInt64:
    case kUint64:
    case kDouble: return 8;
    default: return 4;
  }
}

// The raw bytes are little-endian whatever the machine; every machine that this is built for is.
size_t raw_elements(const Fields& fields) {
  static_assert(std::endian::native == std::endian::little);
  const size_t bytes = fields.raw.size(), each = bytes_of_element(fields.type);
  if (bytes % each == 0) return bytes / each;
  refuse(ErrorCode::kBadModel, {"initialiser '", fields.name, "': ", bytes, " raw bytes are not a whole number of elements"});
}

template <typename T>
T raw_at(const Fields& fields, size_t i) {
  T value;
  std::memcpy(&value, fields.raw.data() + i * sizeof(T), sizeof(T));
  return value;
}

void fill_floats(Fields& fields, std::vector<float>& floats) {
  const auto widen = fields.type == kFloat16 ? half_to_float : bfloat16_to_float;
  const bool narrow = fields.type == kFloat16 || fields.type == kBfloat16;
  if (fields.has_raw) {
    floats.resize(raw_elements(fields));
    if (fields.type == kFloat && !floats.empty()) std::memcpy(floats.data(), fields.raw.data(), fields.raw.size());
    for (size_t i = 0; fields.type != kFloat && i < floats.size(); ++i) {
      floats[i] = narrow ? widen(raw_at<uint16_t>(fields, i)) : static_cast<float>(raw_at<double>(fields, i));
    }
    return;
  }
  floats = std::move(fields.floats);
  if (fields.type == kDouble) floats.assign(fields.doubles.begin(), fields.doubles.end());
  for (int64_t bits : fields.int32s) {
    if (narrow) floats.push_back(widen(static_cast<uint16_t>(bits)));
  }
}

// Shifted up and down again, which fills with the sign.
void fill_raw_integers(const Fields& fields, std::vector<int64_t>& ints) {
  ints.resize(raw_elements(fields));
  const size_t each = bytes_of_element(fields.type), shift = 64 - 8 * each;
  const bool has_sign = integer_range(fields.type).lowest < 0;
  for (size_t i = 0; i < ints.size(); ++i) {
    uint64_t bits = 0;
    std::memcpy(&bits, fields.raw.data() + i * each, each);
    ints[i] = has_sign ? static_cast<int64_t>(bits << shift) >> shift : static_cast<int64_t>(bits);
  }
}

void fill(Fields& fields, Constant& constant) {
  constant.type = fields.type;
  constant.integer = !is_floating(fields.type);
  if (!constant.integer) return fill_floats(fields, constant.floats);
  const bool known = fields.type >= kUint8 && fields.type <= kUint64 && fields.type != kString;
  if (!known) {
    constant.problem = join({"has ONNX data type ", fields.type, fields.type == kString ? " (text)" : "",
                             "; supported are float32, float16, bfloat16, float64, integers of 8 to 64 bits and bool"});
  } else if (fields.has_raw) {
    fill_raw_integers(fields, constant.ints);
  } else {
    const bool wide = fields.type == kInt64 || fields.type == kUint32 || fields.type == kUint64;
    constant.ints = wide ? fields.int64s : fields.int32s;
  }
}

uint64_t number_of_place(const Fields& fields, const char* key, uint64_t absent) {
  const auto found = fields.place.find(key);
  if (found == fields.place.end()) return absent;
  if (const auto number = whole_number(found->second)) return *number;
  refuse(ErrorCode::kBadModel, {"initialiser '", fields.name, "': its ", key, " '", found->second, "' is no number"});
}

// The tensor's bytes in the file beside the model; what is wrong, where it is not there.
std::string find_external(Fields& fields, TensorSources& sources) {
  std::string location = fields.place["location"];
  if (location.starts_with("./")) location.erase(0, 2);
  sources.wanted.insert(location);
  const auto file = sources.files.find(location);
  if (file == sources.files.end()) {
    return join({"is stored in another file, '", location,
                 "': give that file with the model, or save the model with its weights inside"});
  }
  const uint64_t size = file->second.size(), offset = number_of_place(fields, "offset", 0);
  const uint64_t length = number_of_place(fields, "length", offset < size ? size - offset : 0);
  if (offset > size || length > size - offset) {
    refuse(ErrorCode::kBadModel, {"initialiser '", fields.name, "' is at bytes ", offset, " to ", offset + length, " of '",
                                  location, "', which has ", size, ": it is another file or an incomplete one"});
  }
  fields.raw = {reinterpret_cast<const char*>(file->second.data()) + offset, static_cast<size_t>(length)};
  fields.has_raw = true;
  return {};
}

}  // namespace

uint64_t count_elements(const std::string& name, const std::vector<int64_t>& dims, uint64_t most) {
  uint64_t count = 1;
  for (int64_t dim : dims) {
    if (dim < 0 || static_cast<uint64_t>(dim) > most || count * static_cast<uint64_t>(dim) > most) {
      refuse(ErrorCode::kBadModel, {"initialiser '", name, "' has an impossible shape"});
    }
    count *= static_cast<uint64_t>(dim);
  }
  return count;
}

NamedConstant parse_tensor(pbf_reader reader, TensorSources& sources) {
  Fields fields = read_fields(reader);
  NamedConstant result{fields.name, {}};
  if (fields.external) result.constant.problem = find_external(fields, sources);
  if (result.constant.problem.empty()) fill(fields, result.constant);
  const uint64_t expected = count_elements(fields.name, fields.dims, 1u << 30);
  if (result.constant.problem.empty() && expected != result.constant.size()) {
    refuse(ErrorCode::kBadModel,
           {"initialiser '", fields.name, "': its shape wants ", expected, " elements, the file has ", result.constant.size()});
  }
  result.constant.dims = std::move(fields.dims);
  return result;
}

}  // namespace smoothgrad
