// Mutates an ONNX file field by field, so that most of what comes out gets past the parser: numbers to those at which rules
// change, names to other names of the file, operators and attributes to others that there are; fields left out, doubled, or
// taken from elsewhere in the file or from another one. One time in eight libFuzzer's own mutations have the bytes.
#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>
#include <random>

#include "core/layers/registry.h"
#include "core/onnx/wire.h"
// After wire.h, which says what its assertions do.
#include <protozero/buffer_string.hpp>

#include "tests/fuzz/onnx_fields.h"

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t most);

namespace smoothgrad::fuzz {
namespace {

using enum Message;
using Random = std::minstd_rand;

size_t below(Random& random, size_t count) { return random() % count; }

template <typename T>
const T& one_of(Random& random, const std::vector<T>& values) {
  return values[below(random, values.size())];
}

// A field and where it is.
struct Place {
  std::vector<Field>* fields;
  size_t index;

  Field& field() const { return (*fields)[index]; }
};

void collect(std::vector<Field>& fields, std::vector<Place>& places) {
  for (size_t i = 0; i < fields.size(); ++i) {
    places.push_back({&fields, i});
    collect(fields[i].fields, places);
  }
}

std::vector<Place> places_of(std::vector<Field>& fields) {
  std::vector<Place> places;
  collect(fields, places);
  return places;
}

// What a string is: strings of one sort may stand for each other.
enum class Sort { kOther, kValue, kOperator, kAttributeName };

Sort sort_of(const Field& field) {
  const auto is = [&field](Message in, uint32_t tag) { return field.in == in && field.tag == tag; };
  if (is(kNode, 1) || is(kNode, 2) || is(kPort, 1) || is(kTensor, 8) || is(kFunction, 4) || is(kFunction, 5))
    return Sort::kValue;
  if (is(kNode, 4)) return Sort::kOperator;
  return is(kAttribute, 1) ? Sort::kAttributeName : Sort::kOther;
}

const std::vector<std::string>& operator_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all = {"Shape",          "ConstantOfShape",  "Range", "If",  "Equal", "ScatterND", "NonZero",
                                    "QuantizeLinear", "DequantizeLinear", "Floor", "Mod", "Not"};
    for (const Operator& op : operators()) all.emplace_back(op.name);
    return all;
  }();
  return names;
}

const std::vector<std::string>& attribute_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const Operator& op : operators()) {
      for (std::string_view rest = op.attributes; !rest.empty();) {
        all.emplace_back(rest.substr(0, rest.find(' ')));
        rest.remove_prefix(std::min(all.back().size() + 1, rest.size()));
      }
    }
    return all;
  }();
  return names;
}

uint64_t other_number(uint64_t old, Random& random) {
  constexpr int64_t kNumbers[] = {-1,        -2,       -3,  0,    1,     2,         3,         4,
                                  5,         6,        7,   8,    9,     11,        16,        31,
                                  64,        255,      256, 1000, 65536, INT32_MAX, INT32_MIN, int64_t{1} << 32,
                                  INT64_MAX, INT64_MIN};
  switch (below(random, 4)) {
    case 0: return old + 1;
    case 1: return old - 1;
    case 2: return below(random, 10);
    default: return static_cast<uint64_t>(kNumbers[below(random, std::size(kNumbers))]);
  }
}

uint32_t other_float(uint32_t old, Random& random) {
  constexpr float kFloats[] = {0,     -0.f,   1,      -1,    0.5f,  2,      3,         6,          -0.75f,
                               1e-5f, 1e-38f, 1e-45f, 1e10f, 3e38f, -1e10f, HUGE_VALF, -HUGE_VALF, NAN};
  if (below(random, 3) == 0) return std::bit_cast<uint32_t>(-std::bit_cast<float>(old));
  return std::bit_cast<uint32_t>(kFloats[below(random, std::size(kFloats))]);
}

void mutate_bytes(std::string& bytes, Random& random) {
  const size_t size = bytes.size(), most = size + 1 + below(random, 8);
  bytes.resize(most);
  bytes.resize(LLVMFuzzerMutate(reinterpret_cast<uint8_t*>(bytes.data()), size, most));
}

// A list of numbers in one field.
void mutate_list(std::string& bytes, Random& random) {
  std::vector<uint64_t> numbers;
  const char* at = bytes.data();
  try {
    while (at != bytes.data() + bytes.size()) numbers.push_back(protozero::decode_varint(&at, bytes.data() + bytes.size()));
  } catch (const protozero::exception&) {
    return mutate_bytes(bytes, random);
  }
  const size_t place = below(random, numbers.size() + 1);
  const size_t way = below(random, 6);
  if (way == 0 || numbers.empty()) {
    numbers.insert(numbers.begin() + static_cast<ptrdiff_t>(place), other_number(0, random));
  } else if (way == 1) {
    numbers.erase(numbers.begin() + static_cast<ptrdiff_t>(place % numbers.size()));
  } else if (way == 2) {
    std::swap(numbers[place % numbers.size()], numbers[below(random, numbers.size())]);
  } else {
    numbers[place % numbers.size()] = other_number(numbers[place % numbers.size()], random);
  }
  bytes.clear();
  for (const uint64_t number : numbers) protozero::add_varint_to_buffer(&bytes, number);
}

void mutate_text(Field& field, const std::vector<Place>& places, Random& random) {
  const Sort sort = sort_of(field);
  if (sort == Sort::kOther || below(random, 10) == 0) return mutate_bytes(field.bytes, random);
  if (sort == Sort::kOperator && below(random, 2) == 0) field.bytes = one_of(random, operator_names());
  if (sort == Sort::kAttributeName && below(random, 2) == 0) field.bytes = one_of(random, attribute_names());
  std::vector<const Field*> others;
  for (const Place& place : places) {
    if (sort_of(place.field()) == sort) others.push_back(&place.field());
  }
  field.bytes = std::string(one_of(random, others)->bytes);
}

void mutate_value(Field& field, const std::vector<Place>& places, Random& random) {
  if (field.wire == 0) {
    field.number = other_number(field.number, random);
  } else if (field.wire == 5) {
    field.number = other_float(static_cast<uint32_t>(field.number), random);
  } else if (field.wire == 2 && field.message == kNone) {
    const bool list = (field.in == kAttribute && field.tag == 8) || (field.in == kTensor && (field.tag == 1 || field.tag == 7));
    list ? mutate_list(field.bytes, random) : mutate_text(field, places, random);
  }
}

// Where another field of the same kind is, in this file or in another.
const Field* another(const Field& field, const std::vector<Place>& places, Random& random) {
  std::vector<const Field*> found;
  for (const Place& place : places) {
    if (place.field().in == field.in && place.field().tag == field.tag) found.push_back(&place.field());
  }
  return found.empty() ? nullptr : one_of(random, found);
}

void mutate(std::vector<Field>& fields, std::vector<Field>& donor, Random& random) {
  const std::vector<Place> places = places_of(fields);
  if (places.empty()) return;
  const Place& place = one_of(random, places);
  const auto at = place.fields->begin() + static_cast<ptrdiff_t>(place.index);
  const size_t way = below(random, 12);
  if (way == 0) {
    place.fields->erase(at);
  } else if (way == 1) {
    const Field copy = *at;
    place.fields->insert(at, copy);
  } else if (way == 2) {
    std::swap(place.field(), (*place.fields)[below(random, place.fields->size())]);
  } else if (way < 5) {
    if (const Field* other = another(*at, places_of(donor), random)) {
      const Field copy = *other;
      way == 3 ? place.field() = copy : *place.fields->insert(at, copy);
    }
  } else {
    mutate_value(place.field(), places, random);
  }
}

// The numbers of a tensor as many as its shape wants, where that is not too many.
void fit_tensors(std::vector<Field>& fields) {
  for (Field& field : fields) {
    fit_tensors(field.fields);
    if (field.message != kTensor) continue;
    uint64_t size = 1, type = 0;
    std::string* raw = nullptr;
    for (Field& part : field.fields) {
      if (part.tag == 1 && part.wire == 0) size *= std::min<uint64_t>(part.number, 1 << 16);
      if (part.tag == 1 && part.wire == 2) {
        const char* dim = part.bytes.data();
        const char* const end = dim + part.bytes.size();
        while (dim != end) size *= std::min<uint64_t>(protozero::decode_varint(&dim, end), 1 << 16);
      }
      if (part.tag == 2) type = part.number;
      if (part.tag == 9 && part.wire == 2) raw = &part.bytes;
      size = std::min<uint64_t>(size, 1 << 16);
    }
    constexpr size_t kBytes[] = {4, 4, 1, 1, 2, 2, 4, 8, 1, 1, 2, 8, 4, 8, 4, 4, 2};
    const size_t wanted = static_cast<size_t>(size) * kBytes[std::min<uint64_t>(type, 16)];
    if (!raw || raw->empty() || wanted > 1 << 14) continue;
    const std::string pattern = *raw;
    while (raw->size() < wanted) raw->append(pattern);
    raw->resize(wanted);
  }
}

size_t mutated(uint8_t* data, size_t size, size_t most, const std::string& donor_bytes, unsigned seed) {
  Random random(seed);
  if (below(random, 8) == 0) return LLVMFuzzerMutate(data, size, most);
  try {
    std::vector<Field> fields = read_fields({reinterpret_cast<const char*>(data), size}), donor = read_fields(donor_bytes);
    for (size_t count = 1 + below(random, 3); count > 0; --count) mutate(fields, donor, random);
    if (below(random, 8) != 0) fit_tensors(fields);
    const std::string bytes = write_fields(fields);
    if (bytes.size() > most) return LLVMFuzzerMutate(data, size, most);
    std::memcpy(data, bytes.data(), bytes.size());
    return bytes.size();
  } catch (const protozero::exception&) {
    return LLVMFuzzerMutate(data, size, most);
  }
}

}  // namespace
}  // namespace smoothgrad::fuzz

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t most, unsigned seed) {
  return smoothgrad::fuzz::mutated(data, size, most, {reinterpret_cast<const char*>(data), size}, seed);
}

extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t* data, size_t size, const uint8_t* donor, size_t donor_size,
                                            uint8_t* out, size_t most, unsigned seed) {
  std::memcpy(out, data, std::min(size, most));
  return smoothgrad::fuzz::mutated(out, std::min(size, most), most, {reinterpret_cast<const char*>(donor), donor_size}, seed);
}
