// Compiled for size.
#include "core/onnx/sparse_tensor.h"

#include "core/base/text.h"

namespace smoothgrad {
namespace {

using protozero::pbf_reader;

// Some bytes may stand for all of a weight, but not for more memory than any weight takes.
constexpr uint64_t kMostElements = 1u << 28;

// Where value i goes, by its number or by its index on each axis; past the end where there is no such place.
uint64_t place_of(const Constant& indices, size_t i, const std::vector<int64_t>& dims, uint64_t count) {
  if (indices.dims.size() == 1) return static_cast<uint64_t>(indices.ints[i]);
  uint64_t place = 0;
  for (size_t axis = 0; axis < dims.size(); ++axis) {
    const int64_t index = indices.ints[i * dims.size() + axis];
    if (index < 0 || index >= dims[axis]) return count;
    place = place * static_cast<uint64_t>(dims[axis]) + static_cast<uint64_t>(index);
  }
  return place;
}

void spread(Constant& constant, const Constant& indices, uint64_t count, std::initializer_list<MessagePart> what) {
  Constant dense;
  dense.type = constant.type;
  dense.integer = constant.integer;
  dense.dims = constant.dims;
  if (dense.integer)
    dense.ints.resize(static_cast<size_t>(count));
  else
    dense.floats.resize(static_cast<size_t>(count));
  uint64_t behind = 0;  // the places are in order
  for (size_t i = 0; i < constant.size(); ++i) {
    const uint64_t place = place_of(indices, i, constant.dims, count);
    if (place < behind || place >= count) refuse(ErrorCode::kBadModel, what);
    behind = place + 1;
    if (dense.integer)
      dense.ints[static_cast<size_t>(place)] = constant.ints[i];
    else
      dense.floats[static_cast<size_t>(place)] = constant.floats[i];
  }
  constant = std::move(dense);
}

}  // namespace

NamedConstant parse_sparse_tensor(pbf_reader reader, TensorSources& sources) {
  NamedConstant made, indices;
  std::vector<int64_t> dims;
  while (next_field(reader)) {
    switch (reader.tag()) {
      case 1: made = parse_tensor(reader.get_message(), sources); break;
      case 2: indices = parse_tensor(reader.get_message(), sources); break;
      case 3: append_repeated(reader, dims, &pbf_reader::get_packed_int64, &pbf_reader::get_int64); break;
      default: reader.skip();
    }
  }
  Constant &constant = made.constant, &places = indices.constant;
  if (constant.problem.empty()) constant.problem = places.problem;
  if (!constant.problem.empty()) return made;
  const std::initializer_list<MessagePart> wrong = {"sparse initialiser '", made.name, "': its indices do not fit its shape"};
  const uint64_t count = count_elements(made.name, dims, kMostElements);
  const int64_t values = static_cast<int64_t>(constant.size()), rank = static_cast<int64_t>(dims.size());
  const bool named = places.dims == std::vector{values} || places.dims == std::vector{values, rank};
  if (!places.integer || !named) refuse(ErrorCode::kBadModel, wrong);
  constant.dims = std::move(dims);
  spread(constant, places, count, wrong);
  return made;
}

}  // namespace smoothgrad
