// protozero, safe on any bytes: its assertions are thrown, since a field of the wrong wire type is damage of the file and not a
// mistake of ours; and the length of a field is checked here, since protozero 1.8 takes one of 2 GB or more for negative where
// pointers have 32 bits. Include this in place of protozero's headers, and call next_field() in place of next().
#pragma once

#include <exception>
#include <map>
#include <protozero/exception.hpp>
#include <string>

namespace smoothgrad {

struct WrongWireType : protozero::exception {
  const char* what() const noexcept override { return "a field of the wrong type"; }
};

}  // namespace smoothgrad

#define protozero_assert(condition) ((condition) ? void() : throw ::smoothgrad::WrongWireType())

#include <protozero/pbf_reader.hpp>

namespace smoothgrad {

// Goes to the next field; false at the end of the message. Throws protozero::exception where the field reaches beyond it.
inline bool next_field(protozero::pbf_reader& reader) {
  if (!reader.next()) return false;
  if (reader.has_wire_type(protozero::pbf_wire_type::length_delimited)) {
    const protozero::data_view rest = reader.data();
    const char* at = rest.data();
    const char* const end = at + rest.size();
    if (protozero::decode_varint(&at, end) > static_cast<uint64_t>(end - at)) throw protozero::end_of_buffer_exception{};
  }
  return true;
}

// Goes to the next field of that number, over others.
inline bool next_field(protozero::pbf_reader& reader, uint32_t tag) {
  while (next_field(reader)) {
    if (reader.tag() == tag) return true;
    reader.skip();
  }
  return false;
}

// StringStringEntryProto: key and value.
inline void read_entry(protozero::pbf_reader reader, std::map<std::string, std::string>& into) {
  std::string key, value;
  while (next_field(reader)) {
    switch (reader.tag()) {
      case 1: key = reader.get_string(); break;
      case 2: value = reader.get_string(); break;
      default: reader.skip();
    }
  }
  into[key] = value;
}

}  // namespace smoothgrad
