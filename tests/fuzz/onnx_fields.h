// An ONNX file as a tree of its fields, whatever they hold: what a mutator changes and writes again, well-formed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace smoothgrad::fuzz {

// Messages of onnx.proto that have messages inside, or lists of numbers.
enum class Message {
  kNone,
  kModel,
  kGraph,
  kNode,
  kAttribute,
  kTensor,
  kPort,
  kType,
  kTensorType,
  kShape,
  kDim,
  kOpset,
  kFunction,
  kEntry,
  kSparse
};

struct Field {
  Message in;           // the message that has it
  uint32_t tag;         // its number there
  uint32_t wire;        // 0: number, 1: eight bytes, 2: bytes or a message, 5: four bytes
  uint64_t number = 0;  // of wires 0, 1 and 5
  std::string bytes;    // of wire 2, unless it is a message
  Message message = Message::kNone;
  std::vector<Field> fields = {};  // of a message
};

// Throws protozero::exception on bytes that are no fields.
std::vector<Field> read_fields(const std::string& bytes, Message of = Message::kModel);
std::string write_fields(const std::vector<Field>& fields);

}  // namespace smoothgrad::fuzz
