#include "tests/fuzz/onnx_fields.h"

#include "core/onnx/wire.h"
// After wire.h, which says what its assertions do.
#include <protozero/pbf_writer.hpp>

namespace smoothgrad::fuzz {
namespace {

struct Inside {
  Message in;
  uint32_t tag;
  Message message;
};

using enum Message;
constexpr Inside kInside[] = {
    {kModel, 7, kGraph},     {kModel, 8, kOpset},       {kModel, 14, kEntry},   {kModel, 25, kFunction},
    {kGraph, 1, kNode},      {kGraph, 5, kTensor},      {kGraph, 11, kPort},    {kGraph, 12, kPort},
    {kGraph, 13, kPort},     {kGraph, 15, kSparse},     {kNode, 5, kAttribute}, {kAttribute, 5, kTensor},
    {kAttribute, 6, kGraph}, {kAttribute, 22, kSparse}, {kTensor, 13, kEntry},  {kPort, 2, kType},
    {kType, 1, kTensorType}, {kTensorType, 2, kShape},  {kShape, 1, kDim},      {kFunction, 7, kNode},
    {kFunction, 9, kOpset},  {kSparse, 1, kTensor},     {kSparse, 2, kTensor},  {kFunction, 11, kAttribute}};

Message message_of(Message in, uint32_t tag) {
  for (const Inside& row : kInside) {
    if (row.in == in && row.tag == tag) return row.message;
  }
  return kNone;
}

}  // namespace

std::vector<Field> read_fields(const std::string& bytes, Message of) {
  protozero::pbf_reader reader(bytes);
  std::vector<Field> fields;
  while (next_field(reader)) {
    Field field{of, reader.tag(), static_cast<uint32_t>(reader.wire_type()), 0, {}, kNone};
    switch (field.wire) {
      case 0: field.number = reader.get_uint64(); break;
      case 1: field.number = reader.get_fixed64(); break;
      case 5: field.number = reader.get_fixed32(); break;
      default: field.bytes = reader.get_bytes();
    }
    const Message message = message_of(of, field.tag);
    if (message != kNone && field.wire == 2) {
      try {
        field.fields = read_fields(field.bytes, message);
        field.message = message;
        field.bytes.clear();
      } catch (const protozero::exception&) {  // damage that is kept
      }
    }
    fields.push_back(std::move(field));
  }
  return fields;
}

std::string write_fields(const std::vector<Field>& fields) {
  std::string bytes;
  protozero::pbf_writer writer(bytes);
  for (const Field& field : fields) {
    switch (field.wire) {
      case 0: writer.add_uint64(field.tag, field.number); break;
      case 1: writer.add_fixed64(field.tag, field.number); break;
      case 5: writer.add_fixed32(field.tag, static_cast<uint32_t>(field.number)); break;
      default: writer.add_bytes(field.tag, field.message == kNone ? field.bytes : write_fields(field.fields));
    }
  }
  return bytes;
}

}  // namespace smoothgrad::fuzz
